import type { ClinicalDocument } from '../domain/document/document'
import type { Clock, PdfPort, ReadableForm } from '../domain/ports'
import { fail, ok, type Problem, type Result } from '../domain/result'
import { systemClock } from './system'

/** What goes to the worker. */
export interface PdfTask {
  readonly id: number
  readonly document: ClinicalDocument
  readonly form: ReadableForm
}

/** What comes back: the file, or why there is none. */
export type PdfAnswer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly message: string }

/** The part of Worker that is used. */
export type PdfWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const server = 'The PDF maker'

const startWorker = (): PdfWorker =>
  new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' })

/**
 * PDFs and large documents in other forms off the main thread. The worker and its fonts are loaded with the first document. Problems: timeout, network (the worker did
 * not load), malformed (the document could not be rendered).
 */
export function createPdf(
  clock: Pick<Clock, 'after'> = systemClock,
  limitMs = 30_000,
  start: () => PdfWorker = startWorker,
): PdfPort {
  const waiting = new Map<number, (result: Result<Uint8Array>) => void>()
  let worker: PdfWorker | undefined
  let lastId = 0

  /** A worker that hangs or breaks is given up, with all that waits for it. */
  const giveUp = (problem: Problem): void => {
    worker?.terminate()
    worker = undefined
    const all = [...waiting.values()]
    waiting.clear()
    for (const settle of all) settle(fail(problem))
  }

  const begin = (): PdfWorker => {
    const made = start()
    made.onmessage = (event: MessageEvent<PdfAnswer>) => {
      const { data } = event
      const settle = waiting.get(data.id)
      waiting.delete(data.id)
      settle?.(
        'bytes' in data
          ? ok(data.bytes)
          : fail({ kind: 'malformed', server, path: '', message: data.message }),
      )
    }
    made.onerror = () => giveUp({ kind: 'network', server })
    return made
  }

  return {
    render: (document, form = 'pdf') =>
      new Promise((resolve) => {
        lastId += 1
        const id = lastId
        const stopWaiting = clock.after(limitMs, () => giveUp({ kind: 'timeout', server, afterMs: limitMs }))
        waiting.set(id, (result) => {
          stopWaiting()
          resolve(result)
        })
        try {
          worker ??= begin()
          worker.postMessage({ id, document, form } satisfies PdfTask)
        } catch {
          giveUp({ kind: 'network', server })
        }
      }),
  }
}
