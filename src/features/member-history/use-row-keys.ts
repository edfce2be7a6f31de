import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useState } from 'react'

/**
 * Arrow keys, Home and End lead from a row's checkbox, or from its first part to unfold where it has none, to that of another row of
 * the list. `wanted`: the row that was asked for, so that it is put into the page where it was not. `goTo`: puts the focus on a row as
 * a key would.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, rows: number) {
  const [wanted, setWanted] = useState<{ readonly index: number }>()
  useLayoutEffect(() => {
    if (wanted !== undefined) handleOf(list.current, wanted.index)?.focus()
  }, [list, wanted])
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
      const from = Number(row?.dataset.index ?? -1)
      const to = event.target === handleOf(list.current, from) ? aim(event.key, from, rows) : undefined
      if (to === undefined) return
      event.preventDefault()
      setWanted({ index: to })
    },
    [list, rows],
  )
  const goTo = useCallback((index: number): void => setWanted({ index }), [])
  return { wanted: wanted?.index, goTo, onKeyDown }
}

const handleOf = (list: HTMLElement | null, index: number): HTMLElement | null | undefined =>
  list
    ?.querySelector(`:scope > [data-index="${index}"]`)
    ?.querySelector<HTMLElement>('input[type="checkbox"], summary')

/** The row that a key leads to; undefined where it leads nowhere, and the browser does what it does. */
function aim(key: string, from: number, rows: number): number | undefined {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: rows - 1 }[key]
  return to === undefined || to === from || to < 0 || to >= rows ? undefined : to
}
