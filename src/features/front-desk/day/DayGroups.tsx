import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { RowGroup, StandingRow } from '../../../domain/front-desk/day-rows'
import { groupWords } from '../../../domain/front-desk/day-words'
import { DayRowItem } from './DayRowItem'
import { groupId } from './status-words'

/** Rows below one heading; `all`: in the order of the clock. */
export interface ShownGroup {
  readonly group: RowGroup | 'all'
  readonly rows: readonly StandingRow[]
}

interface Props {
  readonly groups: readonly ShownGroup[]
  readonly isGoing: boolean
  readonly onAsk: (questions: readonly string[]) => void
}

/** The rows by what they ask of the desk. */
export function DayGroups({ groups, isGoing, onAsk }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    (key: string) =>
      setOpened((last) =>
        last.has(key) ? new Set([...last].filter((each) => each !== key)) : new Set([...last, key]),
      ),
    [],
  )
  // A row that moves to another place takes the focus along. React tells of no blur where it moved the row itself.
  const focused = useRef<string>(undefined)
  const places = groups.map(({ group, rows }) => `${group} ${rows.map(({ row }) => row.key)}`).join('|')
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever rows have moved
  useLayoutEffect(() => {
    if (focused.current !== undefined && document.activeElement === document.body)
      document.getElementById(focused.current)?.focus()
  }, [places])
  return groups.map(({ group, rows }) => (
    <section
      key={group}
      className="panel fd-day-group"
      aria-labelledby={groupId(group)}
      onFocus={({ target }) => {
        focused.current = target.id
      }}
      onBlur={() => {
        focused.current = undefined
      }}
    >
      <div className="panel-head">
        <h2 id={groupId(group)} tabIndex={-1}>
          {headingOf(group, isGoing)}
        </h2>
        <span className="soft small num">{rows.length}</span>
      </div>
      <ul className="plain">
        {rows.map(({ row, standing }) => (
          <DayRowItem
            key={row.key}
            row={row}
            kind={standing.kind}
            answer={standing.kind === 'answered' ? standing.answer : undefined}
            isOpen={opened.has(row.key)}
            onToggle={toggle}
            onAsk={onAsk}
          />
        ))}
      </ul>
    </section>
  ))
}

function headingOf(group: ShownGroup['group'], isGoing: boolean): string {
  if (group === 'all') return 'By time'
  // Rows keep their place while they are asked.
  return group === 'unasked' && isGoing ? 'Asked now' : groupWords[group]
}
