import { memo, useEffect, useId, useRef, useState } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { groupState, type Selection, selectableCount, type TriState } from '../../domain/pdex/selection'
import { Button, Panel } from '../../ui'
import { RecordRow } from './RecordRow'

interface Props {
  readonly name: string
  /** Those that pass the filter. */
  readonly records: readonly HistoryRecord[]
  readonly total: number
  /** Said where there is no row: none recorded, not shared, not read yet and hidden by the filter are different things. */
  readonly empty: string
  readonly selection: Selection
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
}

const FIRST_ROWS = 50
const MORE_ROWS = 200

/** One clinical section, folded beyond 50 rows so that a thousand records stay quick. */
export const RecordSection = memo(function RecordSection(props: Props) {
  const { name, records, total, empty, selection, onToggle, onToggleGroup } = props
  const [limit, setLimit] = useState(FIRST_ROWS)
  const list = useRef<HTMLUListElement>(null)
  const focusFrom = useRef<number>(undefined)
  const shown = records.slice(0, limit)
  const left = records.length - shown.length
  const chosen = records.filter((record) => selection.has(record.key)).length

  // "Show more" moves down or away: focus goes to the first row that came.
  useEffect(() => {
    const row = focusFrom.current
    focusFrom.current = undefined
    if (row !== undefined && row < limit) list.current?.children[row]?.querySelector('input')?.focus()
  }, [limit])

  return (
    <div className="mh-section">
      <Panel
        title={name}
        aside={
          <span className="soft small">
            {records.length === total ? total : `${records.length} of ${total} shown`}
            {chosen > 0 && ` · ${chosen} selected`}
          </span>
        }
      >
        {records.length === 0 && <p className="mh-empty soft">{empty}</p>}
        {selectableCount(records) > 0 && (
          <GroupChoice
            name={name}
            count={selectableCount(records)}
            held={records.length - selectableCount(records)}
            state={groupState(selection, records)}
            canReview={selection.size > 0}
            onToggle={() => onToggleGroup(records)}
          />
        )}
        {records.length > 0 && (
          <ul className="mh-list" ref={list}>
            {shown.map((record) => (
              <RecordRow
                key={record.key}
                record={record}
                chosen={selection.has(record.key)}
                onToggle={onToggle}
              />
            ))}
          </ul>
        )}
        {left > 0 && (
          <div className="mh-more">
            <Button
              variant="quiet"
              onClick={() => {
                focusFrom.current = shown.length
                setLimit(limit + MORE_ROWS)
              }}
            >
              Show {Math.min(left, MORE_ROWS)} more <span className="visually-hidden">of {name}</span>
            </Button>{' '}
            <span className="soft small">{left} not shown yet</span>
          </div>
        )}
      </Panel>
    </div>
  )
})

interface GroupProps {
  readonly name: string
  readonly count: number
  /** Those that are chosen on purpose only. */
  readonly held: number
  readonly state: TriState
  readonly canReview: boolean
  readonly onToggle: () => void
}

/** Tri-state over all records that pass the filter, also those further down (U12). */
function GroupChoice({ name, count, held, state, canReview, onToggle }: GroupProps) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = state === 'some'
  }, [state])
  return (
    <div className="mh-group">
      <label className="check" htmlFor={id}>
        <input id={id} ref={box} type="checkbox" checked={state === 'all'} onChange={onToggle} />
        <span>
          Select all {count} <span className="visually-hidden">of {name}</span>
          {held > 0 && (
            <span className="soft">
              ({held} with a warning {held === 1 ? 'is' : 'are'} left out)
            </span>
          )}
        </span>
      </label>
      {canReview && (
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
    </div>
  )
}
