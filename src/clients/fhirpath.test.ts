import { describe, expect, it } from 'vitest'
import { createFhirPath, type FhirPathAnswer, type FhirPathTask, type FhirPathWorker } from './fhirpath'

/** A worker that answers each task with what `respond` gives, or not at all. */
function fakeWorker(respond: (task: FhirPathTask) => FhirPathAnswer | undefined, isReady = true) {
  const worker: FhirPathWorker & { ended: boolean } = {
    ended: false,
    onmessage: null,
    onerror: null,
    postMessage(task: FhirPathTask) {
      const answer = respond(task)
      if (answer !== undefined) say(answer)
    },
    terminate() {
      this.ended = true
    },
  }
  const say = (data: FhirPathAnswer) =>
    queueMicrotask(() =>
      worker.onmessage?.call(worker as unknown as Worker, new MessageEvent('message', { data })),
    )
  if (isReady) say({ kind: 'ready' })
  return worker
}

function clockOf() {
  const timers = new Map<() => void, number>()
  return {
    after(ms: number, run: () => void) {
      timers.set(run, ms)
      return () => timers.delete(run)
    },
    /** Runs every timer of this length. */
    fire(ms: number) {
      for (const [run, length] of [...timers]) if (length === ms && timers.delete(run)) run()
    },
  }
}

const settle = async () => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

describe('the FHIRPath engine in a worker', () => {
  it('starts with the first expression and serves one after another', async () => {
    let started = 0
    const engine = createFhirPath(clockOf(), 1000, () => {
      started += 1
      return fakeWorker((task) => ({ kind: 'values', values: [task.expression] }))
    })
    expect(started).toBe(0)
    const both = await Promise.all([engine.evaluate('a', {}, {}), engine.evaluate('b', {}, {})])
    expect(both).toEqual([
      { ok: true, value: ['a'] },
      { ok: true, value: ['b'] },
    ])
    expect(started).toBe(1)
  })

  it('ends a worker that takes too long, and starts another for the next expression', async () => {
    const clock = clockOf()
    const workers: ReturnType<typeof fakeWorker>[] = []
    const engine = createFhirPath(clock, 1000, () => {
      const worker = fakeWorker((task) =>
        task.expression === 'slow' ? undefined : { kind: 'values', values: [1] },
      )
      workers.push(worker)
      return worker
    })
    const slow = engine.evaluate('slow', {}, {})
    const next = engine.evaluate('quick', {}, {})
    await settle()
    clock.fire(1000)
    expect(await slow).toMatchObject({ ok: false, problem: { kind: 'timeout', afterMs: 1000 } })
    expect(await next).toEqual({ ok: true, value: [1] })
    expect(workers.map((worker) => worker.ended)).toEqual([true, false])
  })

  it('does not count the loading against the expression', async () => {
    const clock = clockOf()
    const engine = createFhirPath(clock, 1000, () => fakeWorker(() => undefined, false))
    const result = engine.evaluate('a', {}, {})
    await settle()
    clock.fire(1000)
    clock.fire(10_000)
    expect(await result).toMatchObject({ ok: false, problem: { kind: 'timeout', afterMs: 10_000 } })
  })

  it('tells a wrong expression from a worker that does not load', async () => {
    const wrong = createFhirPath(clockOf(), 1000, () =>
      fakeWorker(() => ({ kind: 'wrong', message: 'unexpected (' })),
    )
    expect(await wrong.evaluate('(', {}, {})).toMatchObject({
      ok: false,
      problem: { kind: 'malformed', message: 'unexpected (' },
    })
    const absent = createFhirPath(clockOf(), 1000, () => {
      throw new Error('blocked')
    })
    expect(await absent.evaluate('a', {}, {})).toMatchObject({ ok: false, problem: { kind: 'network' } })
  })
})
