/** Something that shows on the screen: so many elements of a CSS selector that carry the text. */
export interface Mark {
  readonly name: string
  readonly selector: string
  readonly atLeast?: number
  /** Regular expression. */
  readonly text?: string
}

/** What the page noted about itself. Times in epoch milliseconds. */
export interface Noted {
  /** When the page that is there now began to load. */
  readonly navigated: number
  /** When each mark first held. */
  readonly marks: Readonly<Record<string, number>>
  /** The last click. */
  readonly clicked: number
  /** Tasks of the main thread that took more than 50 ms. */
  readonly longTasks: readonly { readonly start: number; readonly ms: number }[]
}

/** The page's own record, under `window.__noted`. */
export interface NotedWindow {
  __noted: {
    navigated: number
    marks: Record<string, number>
    clicked: number
    longTasks: { start: number; ms: number }[]
  }
}

/**
 * Runs in the page before anything else: notes when each mark first shows in a frame. It is sent to the browser as text, so that it
 * may use nothing from outside itself.
 */
export function probe(marks: readonly Mark[]): void {
  const origin = performance.timeOrigin
  const noted: NotedWindow['__noted'] = { navigated: origin, marks: {}, clicked: 0, longTasks: [] }
  const own = window as unknown as NotedWindow
  own.__noted = noted
  const waiting = new Set(marks)
  let due = false
  const look = (): void => {
    due = false
    for (const mark of waiting) {
      const text = mark.text === undefined ? undefined : new RegExp(mark.text)
      const found = [...document.querySelectorAll<HTMLElement>(mark.selector)].filter(
        (element) =>
          element.offsetParent !== null && (text === undefined || text.test(element.textContent ?? '')),
      )
      if (found.length < (mark.atLeast ?? 1)) continue
      waiting.delete(mark)
      noted.marks[mark.name] = origin + performance.now()
    }
  }
  new MutationObserver(() => {
    if (due || waiting.size === 0) return
    due = true
    requestAnimationFrame(look)
  }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
  addEventListener('click', () => (noted.clicked = origin + performance.now()), { capture: true })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      noted.longTasks.push({ start: origin + startTime, ms: duration })
  }).observe({ type: 'longtask', buffered: true })
}
