import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { AskWorld, Preparation } from '../../domain/crd/ask'
import type { PreparedAll } from '../../domain/crd/ask-all'
import type { Scenario } from '../../domain/crd/scenario'
import { Disclosure, Notice, ProblemNotice, Skeleton } from '../../ui'
import { useWork } from '../work'
import { loadAsking } from './load-later'
import { ONCE } from './once'
import { useRested } from './use-rested'

const SentView = lazy(() => import('./SentView'))

interface Props {
  readonly payerName: string
  readonly scenario: Scenario
  /** The payers of the other active coverages too. */
  readonly asksOthers: boolean
  /** Equal for equal questions. */
  readonly questionKey: string
  /** What keeps the question from being asked yet, in words. */
  readonly missing: readonly string[]
  readonly world: AskWorld
  /** Counts the questions asked: each needs a request of its own (CDS Hooks: hookInstance). */
  readonly round: number
  /** Told what is shown, so that just this is sent. */
  readonly onShown: (questionKey: string, shown: PreparedAll) => void
}

/** "What will be sent": in words and to the letter, before it is sent and at any time. Opening it sends nothing about the patient. */
export function WhatWillBeSent(props: Props) {
  const { payerName, scenario, asksOthers, questionKey, missing, world, round, onShown } = props
  const { session, site } = useWork()
  const [open, setOpen] = useState(false)
  const rested = useRested(questionKey, 300)
  const ready = open && missing.length === 0 && rested === questionKey
  const query = useQuery({
    queryKey: ['what-if', session.key, 'disclosure', questionKey, round],
    queryFn: async ({ signal }): Promise<PreparedAll> => {
      const engine = await loadAsking()
      return asksOthers
        ? engine.prepareAll(scenario, world, { signal })
        : { questions: [await engine.prepare(scenario, world, { signal })], notAsked: [] }
    },
    enabled: ready,
    gcTime: 0,
    ...ONCE,
  })
  const shown = ready ? query.data : undefined
  useEffect(() => {
    if (shown !== undefined) onShown(questionKey, shown)
  }, [shown, questionKey, onShown])
  return (
    <Disclosure summary={`What will be sent to ${payerName}`} open={open} onToggle={setOpen}>
      {missing.length > 0 ? (
        <>
          <p>Nothing yet: the question is not complete.</p>
          <ul className="wi-sent">
            {missing.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </>
      ) : query.isError ? (
        <p>The rest of the app could not be loaded. Close this and open it again.</p>
      ) : query.data === undefined ? (
        <Skeleton lines={4} label="Putting together what would be sent" />
      ) : (
        query.data.questions.map((preparation, index, all) => (
          <section key={payerOf(preparation, index)} className="stack">
            {all.length > 1 && <h3>{payerOf(preparation, index)}</h3>}
            <Prepared preparation={preparation} technicalDetails={site.policy.technicalDetails} />
          </section>
        ))
      )}
    </Disclosure>
  )
}

const payerOf = (preparation: Preparation, index: number): string =>
  (preparation.kind === 'ready' ? preparation.choice.payer : preparation.answer.payer)?.name ??
  `Payer ${index + 1}`

function Prepared({
  preparation,
  technicalDetails,
}: {
  readonly preparation: Preparation
  readonly technicalDetails: boolean
}) {
  if (preparation.kind === 'ready')
    return (
      <Suspense fallback={<Skeleton lines={4} label="Putting together what would be sent" />}>
        <SentView prepared={preparation} />
      </Suspense>
    )
  const { answer } = preparation
  if (answer.kind === 'refused')
    return (
      <Notice tone="info" title="Nothing would be sent.">
        <p>{answer.message}</p>
      </Notice>
    )
  if (answer.kind === 'failed')
    return (
      <ProblemNotice
        problem={answer.problem}
        notDone="Nothing was sent to the payer."
        technicalDetails={technicalDetails}
      />
    )
  return <p>Close this and open it again to see what would be sent.</p>
}
