import type { Ref } from 'react'
import { fullName } from '../../domain/fhir/person'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { Member } from '../../domain/pdex/member-match'
import type { HistoryRecord } from '../../domain/pdex/record'
import type { Selection } from '../../domain/pdex/selection'
import { latePart } from './late-part'
import type { RecordFilter } from './record-filter'
import type { OnSearch } from './use-history'
import { usePacedAnnounce } from './use-paced-announce'
import { plural } from './words'

export interface RecordsProps {
  readonly member: Member
  readonly snapshot: HistorySnapshot
  readonly selection: Selection
  readonly filter: RecordFilter
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
  readonly onFilter: (filter: RecordFilter) => void
  readonly onStop: () => void
  readonly onContinue: () => void
  /** Asks too for what was left out. */
  readonly onWiden: () => void
  readonly onSearch: OnSearch
  readonly onReview: () => void
}

const RecordsBody = latePart(() => import('./RecordsBody'), { name: 'The list of records', lines: 6 })

/** Second step: reading and choosing. Its heading stands at once, so that focus has a place; the list is loaded with it. */
export function RecordsStep({
  headingRef,
  ...props
}: RecordsProps & { readonly headingRef: Ref<HTMLHeadingElement> }) {
  const { member, snapshot } = props
  const { records, running } = snapshot
  usePacedAnnounce(
    running
      ? `${plural(records.length, 'record')} read so far.`
      : `Reading ended. ${plural(records.length, 'record')}.`,
    running,
  )
  return (
    <div className="stack">
      <div>
        <h1 ref={headingRef} tabIndex={-1}>
          {member.payer.name} {running ? 'has sent' : 'sent'} {plural(records.length, 'record')}
          {running && ' so far'} for {fullName(member.patient)}
        </h1>
        <p className="soft">
          Payer records can be late or incomplete. A bill can name a diagnosis that was only looked into; a
          fill is not proof of use.
        </p>
      </div>
      <RecordsBody {...props} />
    </div>
  )
}
