import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AskWorld, Preparation } from '../../domain/crd/ask'
import type { PreparedAll } from '../../domain/crd/ask-all'
import { Notice, ProblemNotice, Skeleton } from '../../ui'
import { loadAsking } from '../asking/load-asking'
import { ONCE } from '../asking/once'
import { useRested } from '../asking/use-rested'
import { useWork } from '../work'
import SentView from './SentView'
import type { Question } from './use-question'

export interface SentProps {
  /** Undefined for the moment in which it cannot be told yet. */
  readonly question: Question | undefined
  /** The payers of the other active coverages too. */
  readonly asksOthers: boolean
  readonly world: AskWorld
  /** Counts the questions asked: each needs a request of its own (CDS Hooks: hookInstance). */
  readonly round: number
  /** Told what is shown, so that just this is sent. */
  readonly onShown: (questionKey: string, shown: PreparedAll) => void
}

/** What each payer would be sent, put together once the question has rested. Sends nothing about the patient. */
export default function SentContent({ question, asksOthers, world, round, onShown }: SentProps) {
  const { session, site } = useWork()
  const questionKey = question?.key
  const missing = question?.errors ?? []
  const rested = useRested(questionKey, 300)
  const ready = question !== undefined && missing.length === 0 && rested === questionKey
  const query = useQuery({
    queryKey: ['what-if', session.key, 'disclosure', questionKey, round],
    queryFn: ({ signal }) => prepareFor(question, world, asksOthers, signal),
    enabled: ready,
    gcTime: 0,
    ...ONCE,
  })
  const shown = ready ? query.data : undefined
  useEffect(() => {
    if (shown !== undefined && questionKey !== undefined) onShown(questionKey, shown)
  }, [shown, questionKey, onShown])
  if (missing.length > 0)
    return (
      <>
        <p>Nothing yet: the question is not complete.</p>
        <ul className="wi-sent">
          {missing.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      </>
    )
  if (query.isError) return <p>The rest of the app could not be loaded. Close this and open it again.</p>
  if (query.data === undefined) return <Skeleton lines={4} label="Putting together what would be sent" />
  return (
    <div className="stack">
      {query.data.questions.map((preparation, index, all) => (
        <section key={payerOf(preparation, index)} className="stack">
          {all.length > 1 && <h2>{payerOf(preparation, index)}</h2>}
          <Prepared preparation={preparation} technicalDetails={site.policy.technicalDetails} />
        </section>
      ))}
    </div>
  )
}

async function prepareFor(
  question: Question | undefined,
  world: AskWorld,
  asksOthers: boolean,
  signal: AbortSignal,
): Promise<PreparedAll> {
  const engine = await loadAsking()
  if (question === undefined) return { questions: [], notAsked: [] }
  const { scenario } = question
  return asksOthers
    ? engine.prepareAll(scenario, world, { signal })
    : { questions: [await engine.prepare(scenario, world, { signal })], notAsked: [] }
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
  if (preparation.kind === 'ready') return <SentView prepared={preparation} />
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
