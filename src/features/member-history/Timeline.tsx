import { type ReactNode, useMemo } from 'react'
import {
  type TimelineEntry,
  type Timeline as TimelineRows,
  timeline,
} from '../../domain/pdex/events-timeline'
import type { RecordKey } from '../../domain/pdex/record'
import { formatDate, Panel, Skeleton } from '../../ui'
import './timeline.css'
import { EventBlock } from './EventBlock'
import type { SectionListProps } from './SectionList'
import { monthsWords, monthWords, yearWords } from './timeline-words'
import type { KnownEvents } from './use-events'
import { useOwnOrganization } from './use-own-organization'
import { RowList } from './virtual-list'
import { placeAttributes } from './virtual-place'
import { plural } from './words'

interface Props extends SectionListProps {
  readonly events: KnownEvents | undefined
  /** Day of the patient's last visit here. */
  readonly lastVisit: string | undefined
  /** The event that was asked for. */
  readonly at: { readonly key: RecordKey } | undefined
}

const NOBODY: readonly never[] = []
const keyOf = ({ event }: TimelineEntry): RecordKey => event.key

/** The same records by event, newest first: what is since the last visit here, what is older, and where there is a gap (PDex facts 9). */
export default function Timeline({ events, lastVisit, at, member, snapshot, sections, ...rest }: Props) {
  const own = useOwnOrganization(true)
  const parties = own.kind === 'known' ? own.own.parties : NOBODY
  const shown = useMemo(() => new Set(sections.flatMap((s) => s.shown.map(({ key }) => key))), [sections])
  const rows = useMemo(() => timeline(events?.all ?? [], shown, lastVisit), [events, shown, lastVisit])
  if (events === undefined) return <Skeleton lines={6} label="Putting the records in the order of time" />
  const { entries, visitAt } = rows
  const isPart = shown.size < snapshot.records.length
  const payerName = member.payer.name
  return (
    <div className="mh-section">
      <Panel title="Timeline" aside={<span className="soft small">{plural(entries.length, 'event')}</span>}>
        <p className="tl-intro soft small">
          Newest first. Records that tell of one event stand together, each with the reason; nothing is put
          together by name alone.
          {own.kind === 'known' &&
            ` Own organization: ${parties.flatMap(({ label }) => label ?? []).join(', ')}.`}
          {snapshot.running && ' More records are being read.'}
        </p>
        {rest.selection.size > 0 && (
          // By keyboard the bar at the foot lies behind every row.
          <button
            type="button"
            className="button mh-skip"
            data-variant="quiet"
            onClick={() => document.getElementById('mh-review')?.focus()}
          >
            Skip to review
          </button>
        )}
        {entries.length === 0 && (
          <p className="mh-empty soft">
            {isPart
              ? `No record matches the filter; ${snapshot.records.length} hidden.`
              : 'No records to show.'}
          </p>
        )}
        <RowList
          label="Timeline"
          items={entries}
          keyOf={keyOf}
          isWhole
          at={at}
          row={(entry, place) => (
            <li key={entry.event.key} {...placeAttributes(place)}>
              <Above entry={entry} isPart={isPart} payerName={payerName} undated={rows.undated}>
                {place.index === visitAt && <VisitLine rows={rows} day={lastVisit} />}
              </Above>
              <EventBlock
                {...rest}
                entry={entry}
                payerName={payerName}
                own={parties}
                references={snapshot.references}
              />
            </li>
          )}
        />
        {visitAt === entries.length && entries.length > 0 && <VisitLine rows={rows} day={lastVisit} />}
      </Panel>
    </div>
  )
}

interface AboveProps {
  readonly entry: TimelineEntry
  readonly isPart: boolean
  readonly payerName: string
  /** How many events have no date. */
  readonly undated: number
  readonly children: ReactNode
}

/** What stands between two events: a gap, the last visit, a new year or month. */
function Above({ entry: { gap, year, month }, isPart, payerName, undated, children }: AboveProps) {
  return (
    <>
      {gap !== undefined && (
        <p className="tl-gap">
          {monthsWords(gap)} with no record from {payerName}
          {isPart && ' that matches the filter'}
        </p>
      )}
      {children}
      {year !== undefined && <h3 className="tl-year">{yearWords(year, undated)}</h3>}
      {month !== undefined && <p className="tl-month small">{monthWords(month)}</p>}
    </>
  )
}

function VisitLine({ rows, day }: { readonly rows: TimelineRows; readonly day: string | undefined }) {
  const newer = rows.visitAt ?? 0
  return (
    <p className="tl-marker">
      <strong>Since last visit · {formatDate(day)}</strong>{' '}
      <span className="soft">
        {newer === 0 ? 'nothing newer' : `${plural(newer, 'newer event')} above this line`}
      </span>
    </p>
  )
}
