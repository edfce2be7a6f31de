import { observeWindowOffset, type Virtualizer } from '@tanstack/react-virtual'
import { flushSync } from 'react-dom'

type Hear = (offset: number, isScrolling: boolean) => void

const lists = new Set<Hear>()
let stop: (() => void) | undefined

/**
 * Tells all lists together where the page is, and draws them at once. Were each to ask by itself, the browser would lay out anew for
 * each what the one before has drawn.
 */
export function observePage(list: Virtualizer<Window, HTMLElement>, hear: Hear): () => void {
  lists.add(hear)
  stop ??= observeWindowOffset(list, (offset, isScrolling) =>
    flushSync(() => {
      for (const each of lists) each(offset, isScrolling)
    }),
  )
  return () => {
    lists.delete(hear)
    if (lists.size > 0) return
    stop?.()
    stop = undefined
  }
}
