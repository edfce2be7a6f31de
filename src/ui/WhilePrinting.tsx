import { type ReactNode, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/** Its children are there whenever the browser prints while the task around them is on screen; never while another task is (U19). */
export function WhilePrinting({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null)
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser prints what stands there when its event has run, so the paper has to be in place by then.
    const begin = () => {
      if (place.current?.parentElement?.closest('[hidden]') === null) flushSync(() => setPrinting(true))
    }
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return (
    <>
      <span hidden ref={place} />
      {isPrinting && children}
    </>
  )
}
