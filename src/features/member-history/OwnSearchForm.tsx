import { useEffect, useRef, useState } from 'react'
import type { SearchFound } from '../../domain/pdex/history'
import type { Problem, Result } from '../../domain/result'
import { Button, Field, ProblemNotice } from '../../ui'
import { useWork } from '../work'
import type { OnSearch } from './use-history'
import { plural } from './words'

interface Props {
  readonly payerName: string
  /** Reading goes on: the payer's statement may not be known yet. */
  readonly running: boolean
  readonly onSearch: OnSearch
}

/** One line, sent once for each press of the button. */
export default function OwnSearchForm({ payerName, running, onSearch }: Props) {
  const [written, setWritten] = useState('')
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<Result<SearchFound>>()
  const [error, setError] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const abort = useRef<AbortController>(undefined)
  useEffect(() => () => abort.current?.abort(), [])

  const search = async (): Promise<void> => {
    const own = new AbortController()
    abort.current = own
    setAsking(true)
    setAnswer(undefined)
    setError(undefined)
    const result = await onSearch(written, { signal: own.signal })
    if (abort.current !== own) return
    setAsking(false)
    // What was never sent is a matter of what was typed.
    if (!result.ok && result.problem.kind === 'refused' && result.problem.rule === 'PDex §65') {
      setError(result.problem.message)
      field.current?.focus()
    } else setAnswer(result)
  }
  return (
    <form
      className="stack mh-own-search"
      onSubmit={(event) => {
        event.preventDefault()
        if (!asking && !running) void search()
      }}
    >
      <Field
        id="mh-own-search"
        label="FHIR search"
        hint={`A type and parameters, for example Observation?code=4548-4&date=ge2025. What you type is sent to ${payerName} as it stands. This member is added by itself, and no other can be searched for.`}
        error={error}
      >
        {(control) => (
          <input
            {...control}
            ref={field}
            value={written}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className="cluster">
        <Button type="submit" busy={asking || running}>
          {asking ? 'Searching' : 'Search'}
        </Button>
        {asking && (
          <Button variant="quiet" onClick={() => abort.current?.abort()}>
            Stop
          </Button>
        )}
        {running && <span className="soft small">When reading has ended or was stopped.</span>}
      </div>
      <div role="status">{answer?.ok && <p>{foundWords(answer.value, payerName)}</p>}</div>
      {answer?.ok === false && <Failed problem={answer.problem} />}
    </form>
  )
}

function foundWords({ found, fresh, ignored, isPart }: SearchFound, payerName: string): string {
  const parts = [
    found === 0
      ? `${payerName} has no record of this member for this search.`
      : `${payerName} sent ${plural(found, 'record')}, ${fresh === 0 ? 'all of them known already' : `${fresh} of them new`}. They stand in the list, marked “From your search”.`,
    isPart && 'There are more: search more narrowly.',
    ignored.length > 0 && `${payerName} did not use: ${ignored.join(', ')}.`,
  ]
  return parts.filter(Boolean).join(' ')
}

function Failed({ problem }: { readonly problem: Problem }) {
  const { site } = useWork()
  return (
    <ProblemNotice
      problem={problem}
      notDone="The search did not come to its end. What it found before stays in the list."
      technicalDetails={site.policy.technicalDetails}
      role="alert"
    />
  )
}
