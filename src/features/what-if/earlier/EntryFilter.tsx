import { useEffect, useRef } from 'react'
import type { AuditEntry } from '../../../domain/audit'
import { Button, Field, useAnnounce } from '../../../ui'

export interface Filter {
  /** Empty: all. */
  readonly payerId: string
  readonly text: string
}

/** Everything. */
export const ALL: Filter = { payerId: '', text: '' }

interface Props {
  readonly entries: readonly AuditEntry[]
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  /** How many are left. */
  readonly shown: number
}

/** Finds one of many by payer and words. What is left out is counted, so that nothing seems to be gone. */
export function EntryFilter({ entries, filter, onFilter, shown }: Props) {
  const payers = [...new Map(entries.map(({ payerId, payerName }) => [payerId, payerName]))]
  const words = `${shown} of ${entries.length} earlier answers shown.`
  const announce = useAnnounce()
  const said = useRef(words)
  useEffect(() => {
    if (said.current !== words) announce(words)
    said.current = words
  }, [words, announce])
  return (
    <section className="stack" aria-label="Find an earlier answer">
      <div className="pair">
        <Field id="ea-text" label="Find" hint="What was asked, the outcome, or a reference">
          {(control) => (
            <input
              {...control}
              type="search"
              autoComplete="off"
              value={filter.text}
              onChange={(event) => onFilter({ ...filter, text: event.target.value })}
            />
          )}
        </Field>
        <Field id="ea-payer" label="Payer">
          {(control) => (
            <select
              {...control}
              value={filter.payerId}
              onChange={(event) => onFilter({ ...filter, payerId: event.target.value })}
            >
              <option value="">All payers</option>
              {payers.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {shown < entries.length && (
        <p className="cluster">
          {words}
          <Button variant="quiet" onClick={() => onFilter(ALL)}>
            Show all
          </Button>
        </p>
      )}
    </section>
  )
}
