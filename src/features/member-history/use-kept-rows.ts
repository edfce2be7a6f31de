import { type FocusEvent, type SyntheticEvent, useRef } from 'react'

/**
 * Rows that stay in the page though they are scrolled out of it: the one with the focus, which would be lost, and those whose details
 * are open, which would close. By key: rows are numbered anew whenever some come or go. `keys` of the rows, in their order; `onRow` is
 * told which of them has the focus.
 */
export function useKeptRows(keys: readonly string[], onRow?: (key: string | undefined) => void) {
  const focused = useRef<string>(undefined)
  const unfolded = useRef<ReadonlySet<string>>(new Set())
  return {
    /** The numbers of those that are still in the list. */
    kept: (): readonly number[] =>
      [...unfolded.current, focused.current]
        .map((key) => (key === undefined ? -1 : keys.indexOf(key)))
        .filter((index) => index >= 0),
    handlers: {
      onFocus: (event: FocusEvent<HTMLElement>): void => {
        focused.current = keys[numberOf(rowOf(event.target))]
        onRow?.(focused.current)
      },
      onBlur: (): void => {
        focused.current = undefined
        onRow?.(undefined)
      },
      // `toggle` does not bubble.
      onToggleCapture: (event: SyntheticEvent<HTMLElement>): void => {
        const row = rowOf(event.target)
        const key = keys[numberOf(row)]
        if (key === undefined) return
        const next = new Set(unfolded.current)
        if (row?.querySelector('details[open]') === null) next.delete(key)
        else next.add(key)
        unfolded.current = next
      },
    },
  }
}

const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null

const numberOf = (row: HTMLElement | null): number => Number(row?.dataset.index ?? -1)
