import { memo, useId, useMemo } from 'react'
import type { References } from '../../domain/fhir/references'
import type { TimelineEntry } from '../../domain/pdex/events-timeline'
import { whose } from '../../domain/pdex/events-whose'
import type { Party } from '../../domain/pdex/reconcile-parties'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { groupState, type Selection, selectableCount } from '../../domain/pdex/selection'
import { RecordRow } from './RecordRow'
import { TriBox } from './TriBox'
import { type EventWords, EventWordsContext } from './timeline-context'
import { eventDates, eventPeople, kindWords, whoseWords } from './timeline-words'
import type { Judged } from './use-judgement'
import { groupTitles } from './verdict-groups'
import { plural } from './words'

interface Props {
  readonly entry: TimelineEntry
  /** The user's organization; empty where it is not known. */
  readonly own: readonly Party[]
  readonly references: References
  readonly payerName: string
  readonly judged: Judged | undefined
  readonly selection: Selection
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
}

/** One event: when, what and whose at its side; its records as they stand in the list, each with why it belongs here. */
export const EventBlock = memo(function EventBlock(props: Props) {
  const { entry, own, references, judged, selection } = props
  const { event, members } = entry
  const headingId = useId()
  const place = useMemo(() => whose(event, own, references), [event, own, references])
  const isOne = event.members.length === 1
  const told = useMemo(
    () =>
      new Map(
        members.map(({ record, reason }): [RecordKey, EventWords] => {
          const verdict = judged?.judgements.get(record.key)?.verdict
          return [
            record.key,
            { ...(reason && { reason }), ...(verdict && { verdict: groupTitles[verdict] }) },
          ]
        }),
      ),
    [members, judged],
  )
  return (
    <div className="tl-event" data-whose={place}>
      <div className="tl-rail">
        <p className="tl-date num">{eventDates(event)}</p>
        <p>{kindWords(event)}</p>
        {place !== undefined && <p className="soft">{whoseWords[place]}</p>}
      </div>
      <div>
        {!isOne && <WholeEvent {...props} headingId={headingId} />}
        <EventWordsContext value={told}>
          <ul
            className="mh-list"
            aria-label={isOne ? event.lead.display.what : undefined}
            aria-labelledby={isOne ? undefined : headingId}
          >
            {members.map(({ record }) => (
              <RecordRow
                key={record.key}
                record={record}
                judgement={judged?.judgements.get(record.key)}
                payerName={props.payerName}
                chosen={selection.has(record.key)}
                onToggle={props.onToggle}
              />
            ))}
          </ul>
        </EventWordsContext>
      </div>
    </div>
  )
})

/** Its name, who took part, and all of it at once but what is held back or in the chart already (U12). */
function WholeEvent({
  entry: { event, members, hidden },
  headingId,
  judged,
  selection,
  onToggleGroup,
}: Props & { readonly headingId: string }) {
  const title = event.lead.display.what
  const records = useMemo(() => members.map(({ record }) => record), [members])
  const fresh = useMemo(
    () => records.filter(({ key }) => judged?.judgements.get(key)?.verdict !== 'same'),
    [records, judged],
  )
  const count = selectableCount(fresh)
  const people = eventPeople(event)
  return (
    <div className="tl-whole">
      <h4 id={headingId}>{title}</h4>
      <p className="soft small">
        {people !== undefined && `${people} · `}
        {plural(event.members.length, 'record')}
        {hidden > 0 && `, ${hidden} of them hidden by the filter`}
      </p>
      {count > 0 && (
        <TriBox state={groupState(selection, fresh)} onToggle={() => onToggleGroup(fresh)}>
          Select all {count} <span className="visually-hidden">of {title}</span>
          <LeftOut held={fresh.length - count} same={records.length - fresh.length} />
        </TriBox>
      )}
    </div>
  )
}

function LeftOut({ held, same }: { readonly held: number; readonly same: number }) {
  const is = (count: number): string => (count === 1 ? 'is' : 'are')
  const left = [
    held > 0 && `${held} with a warning ${is(held)} left out`,
    same > 0 && `${same} the same as in the chart ${is(same)} left out`,
  ].filter(Boolean)
  return left.length === 0 ? null : <span className="soft">({left.join('; ')})</span>
}
