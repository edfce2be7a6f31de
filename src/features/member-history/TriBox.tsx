import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { TriState } from '../../domain/pdex/selection'

interface Props {
  readonly state: TriState
  readonly onToggle: () => void
  readonly children: ReactNode
}

/** A checkbox for a group: all, some or none (U12). */
export function TriBox({ state, onToggle, children }: Props) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = state === 'some'
  }, [state])
  return (
    <label className="check" htmlFor={id}>
      <input id={id} ref={box} type="checkbox" checked={state === 'all'} onChange={onToggle} />
      <span>{children}</span>
    </label>
  )
}
