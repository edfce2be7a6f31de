import type { Problem, Result } from '../result'
import type { AskWorld, PreparedQuestion } from './ask'
import { hooks } from './hooks'
import { hookOf } from './question'

/** How a call to a payer ended. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly json: unknown }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly serviceChanged: boolean }
  | { readonly kind: 'skipped' }

/** Invokes the hook exactly once, within the time limits on the user's side (CRD found-3, found-6, U5). */
export function callOnce(
  question: PreparedQuestion,
  world: Pick<AskWorld, 'cds' | 'clock' | 'policy'>,
  onSlow: () => void,
  signal: AbortSignal | undefined,
): Promise<CallOutcome> {
  const { cds, clock, policy } = world
  const server = question.choice.payer.name
  const controller = new AbortController()
  return new Promise((resolve) => {
    // Once the hook has failed, that is the outcome, whatever ends the look at discovery that follows it.
    let failure: CallOutcome | undefined
    let isOver = false
    const end = (outcome: CallOutcome) => {
      if (isOver) return
      isOver = true
      cancelSlow()
      cancelStop()
      signal?.removeEventListener('abort', onAbort)
      controller.abort()
      resolve(outcome)
    }
    const onAbort = () => end(failure ?? { kind: 'skipped' })
    const cancelSlow = clock.after(slowAfter(question, policy), onSlow)
    const cancelStop = clock.after(policy.stopAfterMs, () =>
      end(failure ?? timedOut(server, policy.stopAfterMs)),
    )
    signal?.addEventListener('abort', onAbort)
    void cds.invoke(question.request, { signal: controller.signal }).then(async (result) => {
      if (result.ok) return end({ kind: 'answered', json: result.value })
      if (isOver) return
      failure = { kind: 'failed', problem: result.problem, serviceChanged: false }
      if (result.problem.kind === 'cancelled') return end({ kind: 'skipped' })
      if (result.problem.kind === 'refused' || result.problem.kind === 'timeout') return end(failure)
      end({ ...failure, serviceChanged: await hasChanged(question, cds, controller.signal) })
    })
  })
}

/**
 * When an answer is called slow. The site may be less patient than the guide, never more: past the hook's own time the user has to
 * be able to go on without (CRD found-6). The shorter time counts where the guide has two, since that of a first call in 24 hours
 * cannot be told. The site's `slowAfterMs` is below its `stopAfterMs`, so that there is always time left in which to skip.
 */
const slowAfter = (question: PreparedQuestion, policy: AskWorld['policy']): number =>
  Math.min(policy.slowAfterMs, hooks[hookOf(question.scenario)].budgetMs.later)

const timedOut = (server: string, afterMs: number): CallOutcome => ({
  kind: 'failed',
  problem: { kind: 'timeout', server, afterMs },
  serviceChanged: false,
})

/** Discovery is asked anew before failing (CRD found-17), to tell whether another try has a chance. The hook is not sent again. */
async function hasChanged(
  question: PreparedQuestion,
  cds: AskWorld['cds'],
  signal: AbortSignal,
): Promise<boolean> {
  const discovery = await cds.discover(question.choice.payer, { fresh: true, signal })
  if (!discovery.ok) return false
  const now = discovery.value.services.find((service) => service.id === question.service.id)
  return JSON.stringify(now) !== JSON.stringify(question.service)
}

/**
 * A result, or `cancelled` as soon as the signal is aborted, or `timeout` after `limitMs`, whichever is first. What is awaited
 * goes on by itself: reads of the chart are shared, and one who leaves must not stop them for the others.
 */
export function waitFor<T>(
  running: Promise<Result<T>>,
  limit: { readonly clock: AskWorld['clock']; readonly ms: number; readonly server: string },
  signal: AbortSignal | undefined,
): Promise<Result<T>> {
  return new Promise((resolve) => {
    const end = (result: Result<T>) => {
      cancel()
      signal?.removeEventListener('abort', onAbort)
      resolve(result)
    }
    const onAbort = () => end({ ok: false, problem: { kind: 'cancelled' } })
    const cancel = limit.clock.after(limit.ms, () =>
      end({ ok: false, problem: { kind: 'timeout', server: limit.server, afterMs: limit.ms } }),
    )
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted === true) onAbort()
    else void running.then(end)
  })
}
