import {
  aloneJudgement,
  type Judgement,
  type Reconciled,
  type ReconcileWorld,
} from '../domain/pdex/reconcile'
import { type ComparedRecord, comparedRecord } from '../domain/pdex/reconcile-record'
import type { RecordKey } from '../domain/pdex/record'
import type { Clock, ComparePort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { systemClock } from './system'

/** What goes to the worker: both sides in parts, then the word to begin. */
export type CompareTask =
  | { readonly kind: 'payer' | 'chart'; readonly records: readonly ComparedRecord[] }
  | { readonly kind: 'compare'; readonly chartRead: readonly string[] }

/** What comes back: judgements in parts, then the end. */
export type CompareAnswer =
  | { readonly kind: 'judged'; readonly judgements: readonly (readonly [RecordKey, Judgement])[] }
  | { readonly kind: 'done'; readonly onlyChart: readonly RecordKey[] }
  | { readonly kind: 'failed'; readonly message: string }

/** The part of Worker that is used. */
export type CompareWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const server = 'The comparison'

const startWorker = (): CompareWorker =>
  new Worker(new URL('./reconcile-worker.ts', import.meta.url), { type: 'module' })

/** Records handed over in one task of the main thread: 2 to 3 ms, where comparing them would take a hundred. */
const PART = 400

/**
 * Compares in a worker of its own, which ends with the comparison and takes its copy of the records with it. `limitMs`: how long it may
 * be silent.
 */
export function createComparison(
  clock: Pick<Clock, 'after'> = systemClock,
  limitMs = 30_000,
  start: () => CompareWorker = startWorker,
): ComparePort {
  return {
    compare: (world, { signal } = {}) =>
      new Promise((resolve) => {
        const judgements = new Map<RecordKey, Judgement>()
        const parts = tasks(world, judgements)
        let worker: CompareWorker | undefined
        let stopWaiting = (): void => {}
        let stopSending = (): void => {}

        const end = (result: Result<Reconciled>): void => {
          stopWaiting()
          stopSending()
          signal?.removeEventListener('abort', cancel)
          worker?.terminate()
          worker = undefined
          resolve(result)
        }
        const cancel = (): void => end(fail({ kind: 'cancelled' }))
        const wait = (): void => {
          stopWaiting()
          stopWaiting = clock.after(limitMs, () => end(fail({ kind: 'timeout', server, afterMs: limitMs })))
        }
        const take = (answer: CompareAnswer): void => {
          switch (answer.kind) {
            case 'judged':
              for (const [key, judgement] of answer.judgements) judgements.set(key, judgement)
              wait()
              return
            case 'failed':
              end(fail({ kind: 'malformed', server, path: '', message: answer.message }))
              return
            case 'done': {
              const only = new Set(answer.onlyChart)
              end(ok({ judgements, onlyChart: world.chartRecords.filter(({ key }) => only.has(key)) }))
            }
          }
        }
        const send = (): void => {
          const next = parts.next()
          if (next.done || worker === undefined) return
          worker.postMessage(next.value)
          wait()
          stopSending = clock.after(0, send)
        }

        signal?.addEventListener('abort', cancel)
        try {
          signal?.throwIfAborted()
          worker = start()
          worker.onmessage = (event: MessageEvent<CompareAnswer>) => take(event.data)
          worker.onerror = () => end(fail({ kind: 'network', server }))
          send()
        } catch {
          end(fail(signal?.aborted ? { kind: 'cancelled' } : { kind: 'network', server }))
        }
      }),
  }
}

/** What is to be sent, made piece by piece. What has no counterpart in any chart is judged here: bills are large. */
function* tasks(world: ReconcileWorld, judgements: Map<RecordKey, Judgement>): Generator<CompareTask> {
  const { payerBase, payerRecords, payerReferences, chartRecords, chartReferences } = world
  for (let from = 0; from < chartRecords.length; from += PART)
    yield {
      kind: 'chart',
      records: chartRecords.slice(from, from + PART).map((record) => comparedRecord(record, chartReferences)),
    }
  for (let from = 0; from < payerRecords.length; from += PART)
    yield {
      kind: 'payer',
      records: payerRecords.slice(from, from + PART).flatMap((record) => {
        const alone = aloneJudgement(record)
        if (alone === undefined) return [comparedRecord(record, payerReferences, payerBase)]
        judgements.set(record.key, alone)
        return []
      }),
    }
  yield { kind: 'compare', chartRead: [...world.chartRead] }
}
