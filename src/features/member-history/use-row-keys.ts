import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useState } from 'react'

/**
 * Arrow keys, Home and End lead from a row's checkbox to that of another row of the list. `wanted`: the row that was asked for, so
 * that it is put into the page where it was not. `goTo`: puts the focus on a row as a key would.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, rows: number) {
  const [wanted, setWanted] = useState<{ readonly index: number }>()
  useLayoutEffect(() => {
    if (wanted !== undefined) boxOf(list.current, wanted.index)?.focus()
  }, [list, wanted])
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const row =
        event.target instanceof HTMLInputElement ? event.target.closest<HTMLElement>('[data-index]') : null
      const to = row === null ? undefined : aim(event.key, Number(row.dataset.index), rows)
      if (to === undefined) return
      event.preventDefault()
      setWanted({ index: to })
    },
    [rows],
  )
  const goTo = useCallback((index: number): void => setWanted({ index }), [])
  return { wanted: wanted?.index, goTo, onKeyDown }
}

const boxOf = (list: HTMLElement | null, index: number): HTMLElement | null | undefined =>
  list?.querySelector<HTMLElement>(`:scope > [data-index="${index}"] input[type="checkbox"]`)

/** The row that a key leads to; undefined where it leads nowhere, and the browser does what it does. */
function aim(key: string, from: number, rows: number): number | undefined {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: rows - 1 }[key]
  return to === undefined || to === from || to < 0 || to >= rows ? undefined : to
}
