import { useLayoutEffect, useRef, useState } from 'react'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { groupState, type Selection, selectableCount } from '../../domain/pdex/selection'
import { RecordRow } from './RecordRow'
import { TriBox } from './TriBox'
import type { Judged } from './use-judgement'
import { groupTitles, type VerdictRecords } from './verdict-groups'
import { RowList } from './virtual-list'

interface Props {
  readonly group: VerdictRecords
  /** The section's name. */
  readonly name: string
  readonly payerName: string
  /** The only group of its section needs no heading of its own, unless it is one of those that say something. */
  readonly isLone: boolean
  readonly judged: Judged | undefined
  readonly selection: Selection
  /** The record whose row the focus goes to. */
  readonly at: { readonly key: RecordKey } | undefined
  /** Told which row has the focus. */
  readonly onRow: (key: RecordKey | undefined) => void
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
}

/** The records of one verdict. What is the same is folded with its count (U11). */
export function VerdictGroup(props: Props) {
  const { group, name, isLone } = props
  const { kind, records } = group
  const title = groupTitles[kind]
  const [open, setOpen] = useState(false)
  const summary = useRef<HTMLElement>(null)
  const { at } = props
  useLayoutEffect(() => {
    // Folded away: its name says where the row went.
    if (at !== undefined && !open && records.some(({ key }) => key === at.key)) summary.current?.focus()
  }, [at, open, records])
  const list = <Rows {...props} label={isLone ? name : `${name}, ${title.toLowerCase()}`} />
  if (kind === 'same')
    return (
      <details className="mh-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary ref={summary}>
          {title} <span className="soft">{records.length}</span>
        </summary>
        {open && (
          <>
            <GroupBox {...props} />
            {list}
          </>
        )}
      </details>
    )
  if (isLone && (kind === 'unjudged' || props.judged === undefined)) return list
  return (
    <>
      <div className="mh-verdict" data-verdict={kind}>
        <h3>
          {title} <span className="soft">{records.length}</span>
        </h3>
        {!isLone && <GroupBox {...props} />}
      </div>
      {list}
    </>
  )
}

/** A group of its own choice, below the section's. One record has its own box. */
function GroupBox({ group, name, selection, onToggleGroup }: Props) {
  const count = selectableCount(group.records)
  if (count === 0 || group.records.length === 1) return null
  const title = groupTitles[group.kind].toLowerCase()
  return (
    <div className="mh-subgroup">
      <TriBox state={groupState(selection, group.records)} onToggle={() => onToggleGroup(group.records)}>
        All {count} {title} <span className="visually-hidden">of {name}</span>
      </TriBox>
    </div>
  )
}

const keyOf = ({ key }: HistoryRecord): RecordKey => key

function Rows({
  group,
  label,
  payerName,
  judged,
  selection,
  at,
  onRow,
  onToggle,
}: Props & { readonly label: string }) {
  return (
    <RowList
      label={label}
      items={group.records}
      keyOf={keyOf}
      at={at}
      onRow={onRow}
      row={(record, place) => (
        <RecordRow
          key={record.key}
          place={place}
          record={record}
          judgement={judged?.judgements.get(record.key)}
          payerName={payerName}
          chosen={selection.has(record.key)}
          onToggle={onToggle}
        />
      )}
    />
  )
}
