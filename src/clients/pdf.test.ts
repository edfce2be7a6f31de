import { expect, it } from 'vitest'
import type { ClinicalDocument } from '../domain/document/document'
import { createPdf, type PdfAnswer, type PdfTask, type PdfWorker } from './pdf'

const document: ClinicalDocument = {
  title: 'Report',
  language: 'en-US',
  patient: { name: 'Jane Roe', born: '14-Jul-1965', gender: 'Female', identifier: '1' },
  warning: 'Outside records, not verified',
  madeAt: '2026-11-20T10:32:00Z',
  facts: [],
  sections: [],
  notices: [],
}

/** A clock and workers moved by hand. */
function makeBench() {
  const timers = new Set<() => void>()
  const workers: { tasks: PdfTask[]; ended: boolean; worker: PdfWorker }[] = []
  const start = (): PdfWorker => {
    const tasks: PdfTask[] = []
    const entry = {
      tasks,
      ended: false,
      worker: {
        postMessage: (task: PdfTask) => void tasks.push(task),
        terminate: () => {
          entry.ended = true
        },
        onmessage: null,
        onerror: null,
      } satisfies PdfWorker as PdfWorker,
    }
    workers.push(entry)
    return entry.worker
  }
  const after = (_ms: number, run: () => void) => {
    timers.add(run)
    return () => void timers.delete(run)
  }
  const answer = (index: number, data: PdfAnswer) =>
    workers[index]?.worker.onmessage?.call(globalThis as never, new MessageEvent('message', { data }))
  return { port: createPdf({ after }, 1000, start), workers, timers, answer, start }
}

it('makes no worker before the first document and one for all', async () => {
  const { port, workers, answer, timers } = makeBench()
  expect(workers).toHaveLength(0)
  const first = port.render(document)
  const second = port.render(document)
  expect(workers).toHaveLength(1)
  answer(0, { id: 2, bytes: new Uint8Array([2]) })
  answer(0, { id: 1, bytes: new Uint8Array([1]) })
  expect(await first).toEqual({ ok: true, value: new Uint8Array([1]) })
  expect(await second).toEqual({ ok: true, value: new Uint8Array([2]) })
  expect(timers.size).toBe(0)
})

it('ends a worker that takes too long and starts another for the next document', async () => {
  const { port, workers, timers, answer } = makeBench()
  const slow = port.render(document)
  for (const run of timers) run()
  expect(await slow).toEqual({
    ok: false,
    problem: { kind: 'timeout', server: 'The PDF maker', afterMs: 1000 },
  })
  expect(workers[0]?.ended).toBe(true)
  const next = port.render(document)
  answer(1, { id: 2, bytes: new Uint8Array([9]) })
  expect((await next).ok).toBe(true)
})

it('tells a document that could not be rendered from a worker that did not load', async () => {
  const { port, workers, answer } = makeBench()
  const bad = port.render(document)
  answer(0, { id: 1, message: 'no TrueType font' })
  expect(await bad).toMatchObject({
    ok: false,
    problem: { kind: 'malformed', message: 'no TrueType font' },
  })
  const unloaded = port.render(document)
  workers[0]?.worker.onerror?.call(globalThis as never, new Event('error') as ErrorEvent)
  expect(await unloaded).toMatchObject({ ok: false, problem: { kind: 'network' } })
})

it('says so where workers cannot be made at all', async () => {
  const port = createPdf({ after: () => () => {} }, 1000, () => {
    throw new Error('blocked')
  })
  expect(await port.render(document)).toMatchObject({ ok: false, problem: { kind: 'network' } })
})

it('asks for the form that is wanted, a PDF where nothing is said', async () => {
  const { port, workers } = makeBench()
  void port.render(document)
  void port.render(document, 'rtf')
  expect(workers[0]?.tasks.map(({ form }) => form)).toEqual(['pdf', 'rtf'])
})
