import type { Clock, FhirPathPort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { systemClock } from './system'

/** What goes to the worker. */
export interface FhirPathTask {
  readonly expression: string
  readonly input: unknown
  readonly variables: Readonly<Record<string, unknown>>
}

/** What comes back: first `ready`, then one answer for each task. */
export type FhirPathAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'wrong'; readonly message: string }

/** The part of Worker that is used. */
export type FhirPathWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const server = 'The FHIRPath engine'

const startWorker = (): FhirPathWorker =>
  new Worker(new URL('./fhirpath-worker.ts', import.meta.url), { type: 'module' })

/** Loading the engine may take this long; milliseconds. */
const loadLimitMs = 10_000

/**
 * FHIRPath off the main thread, one expression at a time, since a hostile one can run for seconds: after `limitMs` the worker is
 * ended, and the next expression gets a new one. Loaded with the first expression. Problems: timeout, network (the worker did not
 * load), malformed (the expression is wrong).
 */
export function createFhirPath(
  clock: Pick<Clock, 'after'> = systemClock,
  limitMs = 1000,
  start: () => FhirPathWorker = startWorker,
): FhirPathPort {
  let worker: FhirPathWorker | undefined
  let last: Promise<unknown> = Promise.resolve()

  const end = (): void => {
    worker?.terminate()
    worker = undefined
  }

  /** The next message of a worker, or a Problem, after which the worker is gone. */
  const next = (from: FhirPathWorker, withinMs: number): Promise<Result<FhirPathAnswer>> =>
    new Promise((resolve) => {
      const settle = (result: Result<FhirPathAnswer>): void => {
        cancel()
        if (!result.ok) end()
        resolve(result)
      }
      const cancel = clock.after(withinMs, () => settle(fail({ kind: 'timeout', server, afterMs: withinMs })))
      from.onmessage = (event: MessageEvent<FhirPathAnswer>) => settle(ok(event.data))
      from.onerror = () => settle(fail({ kind: 'network', server }))
    })

  const run = async (task: FhirPathTask): Promise<Result<readonly unknown[]>> => {
    try {
      if (worker === undefined) {
        const started = start()
        worker = started
        const ready = await next(started, loadLimitMs)
        if (!ready.ok) return ready
      }
      const answer = next(worker, limitMs)
      worker.postMessage(task)
      return read(await answer)
    } catch {
      end()
      return fail({ kind: 'network', server })
    }
  }

  return {
    evaluate(expression, input, variables) {
      const result = last.then(() => run({ expression, input, variables }))
      last = result
      return result
    },
  }
}

function read(answer: Result<FhirPathAnswer>): Result<readonly unknown[]> {
  if (!answer.ok) return answer
  if (answer.value.kind === 'values') return ok(answer.value.values)
  const message = answer.value.kind === 'wrong' ? answer.value.message : 'The engine gave no answer.'
  return fail({ kind: 'malformed', server, path: '', message })
}
