import { describe, expect, it } from 'vitest'
import { noReferences } from '../domain/fhir/references'
import type { FhirJson } from '../domain/json'
import { type ReconcileWorld, reconcile } from '../domain/pdex/reconcile'
import { COMPARE_TYPES } from '../domain/pdex/reconcile-types'
import { historyRecord } from '../domain/pdex/record'
import type { Clock } from '../domain/ports'
import { type CompareAnswer, type CompareTask, type CompareWorker, createComparison } from './reconcile'
import { createComparisonLater } from './reconcile-later'
import { comparing } from './reconcile-worker-engine'

const coded = (code: string) => ({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] })
const rows = (source: string, resources: readonly FhirJson[]) =>
  resources.map((resource) => historyRecord(source, resource, noReferences, []))

const visit = (id: string, who: string): FhirJson => ({
  resourceType: 'Encounter',
  id,
  period: { start: '2024-05-01', end: '2024-05-01' },
  serviceProvider: { display: who },
})
const problem = (id: string, code: string): FhirJson => ({
  resourceType: 'Condition',
  id,
  code: coded(code),
  recordedDate: '2024-01-02',
  text: { div: 'a narrative' },
})

/** More than go in one part, a bill among them, and a visit that is known by who was visited. */
const world: ReconcileWorld = {
  payerBase: 'https://payer.example/fhir',
  payerRecords: rows('acme', [
    ...Array.from({ length: 900 }, (_, i) => problem(`p${i}`, `A${i}`)),
    { resourceType: 'ExplanationOfBenefit', id: 'eob' },
    visit('v1', 'Lakeside Clinic'),
  ]),
  payerReferences: noReferences,
  chartRecords: rows('chart', [
    ...Array.from({ length: 450 }, (_, i) => problem(`c${i}`, `A${2 * i}`)),
    problem('own', 'Z1'),
    visit('v2', 'Lakeside Clinic'),
  ]),
  chartReferences: noReferences,
  chartRead: new Set(COMPARE_TYPES),
}

/** The real engine behind a worker's two channels: messages are copied, and arrive later. */
function channel() {
  const sent: CompareTask[] = []
  const log = { sent, ended: 0 }
  const start = (): CompareWorker => {
    let isLive = true
    const take = comparing((answer) => later(() => worker.onmessage?.call(self(), event(answer))))
    const later = (run: () => void): void => queueMicrotask(() => isLive && run())
    const worker: CompareWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (task: CompareTask) => {
        const copy = structuredClone(task)
        sent.push(copy)
        later(() => take(copy))
      },
      terminate: () => {
        isLive = false
        log.ended += 1
      },
    }
    const self = (): Worker => worker as Worker
    return worker
  }
  return { log, start }
}

const event = (data: CompareAnswer): MessageEvent<CompareAnswer> =>
  new MessageEvent('message', { data: structuredClone(data) })

const clock: Pick<Clock, 'after'> = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

describe('comparing in a worker', () => {
  it('comes to the same as comparing here, and ends the worker', async () => {
    const { log, start } = channel()
    const found = await createComparison(clock, 5000, start).compare(world)
    const here = reconcile(world)
    expect(found.ok && new Map([...found.value.judgements].sort())).toEqual(
      new Map([...here.judgements].sort()),
    )
    expect(found.ok && found.value.onlyChart).toEqual(here.onlyChart)
    expect(here.onlyChart.map(({ resource }) => resource.id)).toEqual(['own'])
    expect(here.judgements.get('acme/Encounter/v1')?.verdict).toBe('same')
    expect(log.ended).toBe(1)
  })

  it('sends in parts, without bills, narratives and what was received from whom', async () => {
    const { log, start } = channel()
    await createComparison(clock, 5000, start).compare(world)
    const records = log.sent.flatMap((task) => (task.kind === 'compare' ? [] : task.records))
    expect(log.sent.filter(({ kind }) => kind === 'payer').length).toBeGreaterThan(2)
    expect(log.sent.at(-1)?.kind).toBe('compare')
    expect(records).toHaveLength(world.payerRecords.length + world.chartRecords.length - 1)
    expect(JSON.stringify(records)).not.toContain('narrative')
    expect(records.every((record) => !('provenance' in record))).toBe(true)
  })

  it('ends the worker when it is cancelled, while it hangs, and when it breaks', async () => {
    const { log, start } = channel()
    const abort = new AbortController()
    const cancelled = createComparison(clock, 5000, start).compare(world, { signal: abort.signal })
    abort.abort()
    expect(await cancelled).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    expect(log.ended).toBe(1)
    expect(await createComparison(clock, 5000, start).compare(world, { signal: abort.signal })).toMatchObject(
      { problem: { kind: 'cancelled' } },
    )

    let ended = 0
    const deaf = (): CompareWorker => ({
      onmessage: null,
      onerror: null,
      postMessage: () => {},
      terminate: () => {
        ended += 1
      },
    })
    expect(await createComparison(clock, 50, deaf).compare(world)).toMatchObject({
      problem: { kind: 'timeout' },
    })
    expect(ended).toBe(1)
    const broken = (): CompareWorker => {
      const worker = deaf()
      setTimeout(() => worker.onerror?.call(worker as Worker, new Event('error') as ErrorEvent), 1)
      return worker
    }
    expect(await createComparison(clock, 5000, broken).compare(world)).toMatchObject({
      problem: { kind: 'network' },
    })
    expect(ended).toBe(2)
    const refused = (): CompareWorker => {
      throw new Error('no workers here')
    }
    expect(await createComparison(clock, 5000, refused).compare(world)).toMatchObject({
      problem: { kind: 'network' },
    })
  })

  it('says so where it could not be loaded, and loads it the next time', async () => {
    const { start } = channel()
    let tries = 0
    const port = createComparisonLater(async () => {
      tries += 1
      if (tries === 1) throw new Error('offline')
      return createComparison(clock, 5000, start)
    })
    expect(await port.compare(world)).toMatchObject({ problem: { kind: 'network' } })
    expect((await port.compare(world)).ok).toBe(true)
  })
})
