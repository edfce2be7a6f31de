import { type RefObject, useLayoutEffect, useState } from 'react'

/** How far below the page's beginning an element stands, in pixels; known anew when the page grows or shrinks above it. */
export function usePageTop(element: RefObject<HTMLElement | null>, isNeeded: boolean): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (!isNeeded) return
    const measure = (): void => {
      const box = element.current?.getBoundingClientRect()
      // Behind another task it has no place.
      if (box !== undefined && box.width > 0) setTop(Math.round(box.top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element, isNeeded])
  return top
}
