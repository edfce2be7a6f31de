import { useEffect, useRef, useState } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { groupState, type Selection, selectableCount } from '../../domain/pdex/selection'
import { Button } from '../../ui'
import { RecordRow } from './RecordRow'
import { TriBox } from './TriBox'
import type { Judged } from './use-judgement'
import { groupTitles, type VerdictRecords } from './verdict-groups'

interface Props {
  readonly group: VerdictRecords
  /** The section's name. */
  readonly name: string
  readonly payerName: string
  /** The only group of its section needs no heading of its own, unless it is one of those that say something. */
  readonly isLone: boolean
  readonly judged: Judged | undefined
  readonly selection: Selection
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
}

const FIRST_ROWS = 50
const MORE_ROWS = 200

/** The records of one verdict, in parts so that a thousand stay quick. What is the same is folded with its count (U11). */
export function VerdictGroup(props: Props) {
  const { group, name, isLone } = props
  const { kind, records } = group
  const title = groupTitles[kind]
  const [open, setOpen] = useState(false)
  const list = <Rows {...props} label={isLone ? name : `${name}, ${title.toLowerCase()}`} />
  if (kind === 'same')
    return (
      <details className="mh-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
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

/** A group of its own choice, below the section's. */
function GroupBox({ group, name, selection, onToggleGroup }: Props) {
  const count = selectableCount(group.records)
  if (count === 0) return null
  const title = groupTitles[group.kind].toLowerCase()
  return (
    <div className="mh-subgroup">
      <TriBox state={groupState(selection, group.records)} onToggle={() => onToggleGroup(group.records)}>
        All {count} {title} <span className="visually-hidden">of {name}</span>
      </TriBox>
    </div>
  )
}

function Rows({ group, label, payerName, judged, selection, onToggle }: Props & { readonly label: string }) {
  const { records } = group
  const [limit, setLimit] = useState(FIRST_ROWS)
  const list = useRef<HTMLUListElement>(null)
  const focusFrom = useRef<number>(undefined)
  const shown = records.slice(0, limit)
  const left = records.length - shown.length

  // "Show more" moves down or away: focus goes to the first row that came.
  useEffect(() => {
    const row = focusFrom.current
    focusFrom.current = undefined
    if (row !== undefined && row < limit) list.current?.children[row]?.querySelector('input')?.focus()
  }, [limit])

  return (
    <>
      <ul className="mh-list" ref={list} aria-label={label}>
        {shown.map((record) => (
          <RecordRow
            key={record.key}
            record={record}
            judgement={judged?.judgements.get(record.key)}
            payerName={payerName}
            chosen={selection.has(record.key)}
            onToggle={onToggle}
          />
        ))}
      </ul>
      {left > 0 && (
        <div className="mh-more">
          <Button
            variant="quiet"
            onClick={() => {
              focusFrom.current = shown.length
              setLimit(limit + MORE_ROWS)
            }}
          >
            Show {Math.min(left, MORE_ROWS)} more <span className="visually-hidden">of {label}</span>
          </Button>{' '}
          <span className="soft small">{left} not shown yet</span>
        </div>
      )}
    </>
  )
}
