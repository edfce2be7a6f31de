import { useEffect, useRef, useState } from 'react'
import type { AuditEntry } from '../../../domain/audit'
import { Button } from '../../../ui'
import { useWork } from '../../work'

interface Props {
  readonly entry: AuditEntry
  readonly onDeleted: () => void
}

/** Deletes one earlier answer from this browser, after a second press in place. */
export function DeleteEntry({ entry, onDeleted }: Props) {
  const { ports } = useWork()
  const [state, setState] = useState<'idle' | 'sure?' | 'deleting'>('idle')
  const box = useRef<HTMLFieldSetElement>(null)
  const wasAsked = useRef(false)
  useEffect(() => {
    // Focus goes with the button that was pressed: to the harmless one of the two, and back.
    if (state === 'sure?') box.current?.querySelector<HTMLElement>('button:last-of-type')?.focus()
    else if (state === 'idle' && wasAsked.current) box.current?.querySelector('button')?.focus()
    wasAsked.current = state === 'sure?'
  }, [state])
  // Nobody can take anything out of the site's log.
  if (ports.audit.isSites === true) return null
  const remove = async (): Promise<void> => {
    setState('deleting')
    await ports.audit.remove(entry.id)
    onDeleted()
  }
  return (
    <fieldset className="cluster" ref={box}>
      <legend className="visually-hidden">Delete: {entry.title}</legend>
      {state === 'idle' ? (
        <Button variant="quiet" onClick={() => setState('sure?')} aria-label={`Delete: ${entry.title}`}>
          Delete
        </Button>
      ) : (
        <>
          <span>Delete it from this browser? It cannot be brought back.</span>
          <Button onClick={() => void remove()} busy={state === 'deleting'}>
            {state === 'deleting' ? 'Deleting…' : 'Yes, delete'}
          </Button>
          <Button onClick={() => setState('idle')}>Keep it</Button>
        </>
      )}
    </fieldset>
  )
}
