import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPage } from '../fhir/bundle'
import { serverCapability } from '../fhir/capability'
import { noReferences } from '../fhir/references'
import { at, type FhirJson, list, objects, text } from '../json'
import type { ChartWriterPort, FhirReader, JournalPort } from '../ports'
import { fail, ok, type Problem } from '../result'
import { type HistoryRecord, historyRecord } from './record'
import { runWrite, type WriteDependencies, type WriteReport, writeStatus } from './write'
import { planWrite, type WritePlan } from './write-plan'

const payerBase = 'https://payer.example/fhir'
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: payerBase,
  authorization: 'open',
} as const

/** Faults of one POST, in the order they strike. `crash`: the app is gone at that moment. */
type Fault =
  | 'none'
  | 'drop before commit'
  | 'drop after commit'
  | 'crash before commit'
  | 'crash after commit'
  | 'fault before commit'
  | 'fault after commit'
  | 'too many'
  | 'expired'
  | 'refuse'
  | 'crash at journal'

const FAULTS: readonly Fault[] = [
  'none',
  'drop before commit',
  'drop after commit',
  'crash before commit',
  'crash after commit',
  'fault before commit',
  'fault after commit',
  'too many',
  'expired',
  'refuse',
  'crash at journal',
]

class Crash extends Error {}

const http = (status: number, retryAfterSeconds?: number): Problem => ({
  kind: 'http',
  server: 'the chart',
  status,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
})

interface Config {
  readonly conditional: boolean
  readonly search: boolean
  readonly provenance: boolean
  readonly documents: boolean
}

/** A chart that keeps what is posted, with faults on the way. */
function simulatedEhr({ conditional, search, provenance, documents }: Config, faults: Fault[] = []) {
  const stored: FhirJson[] = []
  const waits: number[] = []
  let saved: string | undefined
  let posts = 0
  const matches = (type: string, query: readonly (readonly [string, string])[]): readonly FhirJson[] =>
    stored.filter(
      (r) =>
        r.resourceType === type &&
        query.every(([name, value]) => {
          if (name === 'identifier')
            return objects(r, 'identifier').some((i) => `${i.system}|${i.value}` === value.replace(/\\/g, ''))
          if (name === 'target') return text(r, 'target', 0, 'reference') === value
          return true
        }),
    )
  const commit = (resource: FhirJson, ifNoneExist: string | undefined) => {
    const query = [...new URLSearchParams(ifNoneExist ?? '')]
    const there = ifNoneExist === undefined ? [] : matches(resource.resourceType, query)
    const [first] = there
    if (first !== undefined) return ok({ isNew: false, reference: `${first.resourceType}/${first.id}` })
    const id = String(stored.length + 1)
    stored.push({ ...resource, id })
    return ok({ isNew: true, reference: `${resource.resourceType}/${id}` })
  }
  const writer: ChartWriterPort = {
    create: (resource, options) => {
      posts += 1
      const { ifNoneExist } = options ?? {}
      const fault = faults.shift() ?? 'none'
      if (ifNoneExist !== undefined && !conditional) throw new Error('the chart knows no conditional create')
      if (resource.resourceType === 'DocumentReference' && !documents) return Promise.resolve(fail(http(422)))
      if (fault.endsWith('after commit')) commit(resource, ifNoneExist)
      switch (fault) {
        case 'crash before commit':
        case 'crash after commit':
          return Promise.reject(new Crash())
        case 'drop before commit':
        case 'drop after commit':
          return Promise.resolve(fail({ kind: 'network', server: 'the chart' }))
        case 'fault before commit':
        case 'fault after commit':
          return Promise.resolve(fail(http(500)))
        case 'too many':
          return Promise.resolve(fail(http(429, 7)))
        case 'expired':
          return Promise.resolve(fail(http(401)))
        case 'refuse':
          return Promise.resolve(fail(http(422)))
        default:
          return Promise.resolve(commit(resource, ifNoneExist))
      }
    },
  }
  const unused = () => Promise.reject(new Error('not expected'))
  const chart: FhirReader = {
    name: 'the chart',
    base: 'https://ehr.example/fhir',
    capability: unused,
    read: unused,
    next: unused,
    search: (type, params) => {
      if (!search) throw new Error('the chart cannot be searched')
      const entry = matches(type, params).map((resource) => ({ resource }))
      return Promise.resolve(readPage({ resourceType: 'Bundle', entry }, 'the chart'))
    },
  }
  const journal: JournalPort = {
    load: () => Promise.resolve(saved === undefined ? undefined : (JSON.parse(saved) as unknown)),
    save: (_, value) => {
      if (faults[0] === 'crash at journal') {
        faults.shift()
        return Promise.reject(new Crash())
      }
      saved = JSON.stringify(value)
      return Promise.resolve()
    },
  }
  const dependencies: WriteDependencies = {
    writer,
    chart,
    journal,
    clock: {
      now: () => 0,
      after: (ms, run) => {
        waits.push(ms)
        queueMicrotask(run)
        return () => undefined
      },
    },
    pdf: { render: () => Promise.resolve(ok(new Uint8Array([37, 80, 68, 70]))) },
    digest: async (algorithm, bytes) => {
      const hash = new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)))
      return btoa(String.fromCharCode(...hash))
    },
  }
  const statement: FhirJson = {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: ['Condition', 'Procedure', ...(provenance ? ['Provenance'] : []), 'DocumentReference'].map(
          (type) => ({
            type,
            conditionalCreate: conditional,
            interaction: [{ code: 'create' }, ...(search ? [{ code: 'search-type' }] : [])],
          }),
        ),
      },
    ],
  }
  return {
    dependencies,
    stored,
    waits,
    capability: serverCapability(statement, ['user/*.crus']),
    forgetSession: () => {
      saved = undefined
    },
    posts: () => posts,
    journalText: () => saved ?? '',
  }
}

type Ehr = ReturnType<typeof simulatedEhr>

const record = (resource: FhirJson): HistoryRecord => historyRecord('acme', resource, noReferences, [])
const subject = { reference: 'Patient/m1' }
const records: readonly HistoryRecord[] = [
  { resourceType: 'Condition', id: 'c1', subject, code: { text: 'Asthma' } },
  { resourceType: 'MedicationRequest', id: 'm1', subject, medicationCodeableConcept: { text: 'Metformin' } },
  { resourceType: 'Procedure', id: 'p1', status: 'completed', subject, code: { text: 'Appendectomy' } },
  { resourceType: 'Encounter', id: 'e1', status: 'finished', subject },
  { resourceType: 'Condition', id: 'c2', subject, code: { text: 'Gout' } },
].map(record)

const plan = (ehr: Ehr, chosen: readonly HistoryRecord[] = records): WritePlan =>
  planWrite(chosen, ehr.capability, {
    member: { payer, patient: { resourceType: 'Patient', id: 'm1' }, patientId: 'm1' },
    payerBase,
    references: noReferences,
    patient: { resourceType: 'Patient', id: 'chart-patient' },
    patientId: 'chart-patient',
    ehrName: 'Lakeside EHR',
    ehrBase: 'https://ehr.example/fhir',
    fhirUser: 'Practitioner/7',
    madeAt: '2026-11-20T10:32:00-05:00',
  })

/** How often each record is in the chart or among the files to save, by its own id. */
function copies(
  ehr: Ehr,
  report: WriteReport,
  chosen: readonly HistoryRecord[] = records,
): readonly number[] {
  return chosen.map(({ key, resource }) => {
    const url = `${payerBase}/${resource.resourceType}/${resource.id}`
    const entries = ehr.stored.filter((r) => objects(r, 'identifier').some((i) => i.value === url))
    const documents = ehr.stored.filter(
      (r) => r.resourceType === 'DocumentReference' && urlsIn(r).includes(url),
    )
    return entries.length + documents.length + (report.download?.keys.includes(key) ? 1 : 0)
  })
}

function urlsIn(document: FhirJson): readonly unknown[] {
  const data = text(document, 'content', 0, 'attachment', 'data') ?? ''
  const bundle = JSON.parse(
    new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0))),
  ) as unknown
  return list(bundle, 'entry').map((entry) => at(entry, 'fullUrl'))
}

/** The user starts it, and starts it again after every break. */
async function untilEnd(ehr: Ehr, chosen = records): Promise<WriteReport> {
  for (let run = 0; run < 200; run += 1) {
    try {
      const report = await runWrite(plan(ehr, chosen), 's1', ehr.dependencies)
      const again = report.records.some((r) => r.state === 'failed' || r.state === 'left')
      if (report.ended === 'complete' && !again) return report
    } catch (error) {
      if (!(error instanceof Crash)) throw error
    }
  }
  throw new Error('it does not come to an end')
}

const able: Config = { conditional: true, search: true, provenance: true, documents: true }
const states = (report: WriteReport) => report.records.map((r) => r.state)

describe('runWrite', () => {
  it('writes entries, their provenance, and one document for the rest', async () => {
    const ehr = simulatedEhr(able)
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(report.ended).toBe('complete')
    expect(states(report)).toEqual(['written', 'in-document', 'written', 'in-document', 'written'])
    expect(report.records.map((r) => r.provenance)).toEqual([
      'stored',
      undefined,
      'stored',
      undefined,
      'stored',
    ])
    expect(ehr.stored.map((r) => r.resourceType).sort()).toEqual([
      'Condition',
      'Condition',
      'DocumentReference',
      'Procedure',
      'Provenance',
      'Provenance',
      'Provenance',
    ])
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  const configs = fc.record({
    conditional: fc.boolean(),
    search: fc.boolean(),
    provenance: fc.boolean(),
    documents: fc.boolean(),
  })
  const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 14 })

  it('keeps every record exactly once, whatever breaks on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        configs.filter((c) => c.conditional || c.search),
        faults,
        async (config, struck) => {
          const ehr = simulatedEhr(config, [...struck])
          const report = await untilEnd(ehr)
          copies(ehr, report).forEach((count, i) => {
            // Only where nobody can look may a record end uncertain.
            const unsure = report.records[i]?.state === 'unknown' && !config.search
            expect(unsure ? Math.max(count, 1) : count).toBe(1)
          })
          const provenance = ehr.stored.filter((r) => r.resourceType === 'Provenance')
          const targets = provenance.map((r) => text(r, 'target', 0, 'reference'))
          expect(new Set(targets).size).toBe(targets.length)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('sends nothing twice to a chart that cannot be asked, and says what is not certain', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.boolean(), async (struck, documents) => {
        const ehr = simulatedEhr({ conditional: false, search: false, provenance: true, documents }, [
          ...struck,
        ])
        const report = await untilEnd(ehr)
        copies(ehr, report).forEach((count, i) => {
          const state = report.records[i]?.state
          if (state === 'unknown') expect(count).toBeLessThanOrEqual(1)
          else expect([state, count]).toEqual([state, 1])
        })
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['conditional create', able],
    ['a look beforehand', { ...able, conditional: false }],
  ])('writes nothing new the second time, in another session, by %s', async (_, config) => {
    const ehr = simulatedEhr(config)
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    const before = ehr.stored.length
    ehr.forgetSession()
    const report = await runWrite(plan(ehr), 's2', ehr.dependencies)
    expect(ehr.stored).toHaveLength(before)
    expect(states(report)).toEqual(['existed', 'in-document', 'existed', 'in-document', 'existed'])
  })

  it('puts into a further document only what is in none yet', async () => {
    const ehr = simulatedEhr(able)
    await runWrite(plan(ehr, records.slice(0, 3)), 's1', ehr.dependencies)
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('sends nothing for a plan that is done', async () => {
    const ehr = simulatedEhr(able)
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    const sent = ehr.posts()
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.posts()).toBe(sent)
    expect(states(report)).toEqual(['written', 'in-document', 'written', 'in-document', 'written'])
  })

  it('moves a refused entry into the document and says why', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['refuse'])
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(report.records[0]).toMatchObject({
      state: 'in-document',
      reason: 'Lakeside EHR understood the request but refused its content.',
    })
  })

  it('offers for saving what the chart takes in no form', async () => {
    const ehr = simulatedEhr({ ...able, documents: false })
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(states(report)).toEqual(['written', 'download', 'written', 'download', 'written'])
    expect(report.download?.bundle.resourceType).toBe('Bundle')
    expect(report.download?.pdf).toHaveLength(4)
  })

  it('pauses when the session ends, and goes on where it was', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['none', 'expired'])
    const first = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(first).toMatchObject({ ended: 'paused', problem: { kind: 'http', status: 401 } })
    expect(states(first)).toEqual(['written', 'left', 'left', 'left', 'left'])
    const second = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, second)).toEqual([1, 1, 1, 1, 1])
  })

  it('waits as long as the chart asks', async () => {
    const ehr = simulatedEhr(able, ['too many'])
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.waits).toEqual([7000])
  })

  it('stops after what is in flight', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false })
    const stop = new AbortController()
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    expect(report.ended).toBe('stopped')
    expect(states(report)).toEqual(['written', 'left', 'left', 'left', 'left'])
  })

  it('tells after a break what is done, uncertain and left, and sends nothing for that', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['none', 'crash after commit'])
    await expect(runWrite(plan(ehr), 's1', ehr.dependencies)).rejects.toThrow(Crash)
    const sent = ehr.posts()
    const status = await writeStatus(plan(ehr), 's1', ehr.dependencies.journal)
    expect(states(status)).toEqual(['written', 'left', 'unknown', 'left', 'left'])
    expect(ehr.posts()).toBe(sent)
  })

  it('keeps nothing clinical in the journal', async () => {
    const ehr = simulatedEhr(able, ['refuse'])
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.journalText()).not.toMatch(/Asthma|Gout|Append|Metformin/)
  })

  it('refuses a journal about another patient', async () => {
    const ehr = simulatedEhr(able)
    const journal = {
      load: () => Promise.resolve({ version: 1, patientId: 'x', steps: {} }),
      save: () => Promise.resolve(),
    }
    const report = await runWrite(plan(ehr), 's1', { ...ehr.dependencies, journal })
    expect(report).toMatchObject({ ended: 'paused', problem: { rule: 'journal-patient' } })
    expect(ehr.posts()).toBe(0)
  })

  it('takes a journal that cannot be read for none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (value) => {
        const ehr = simulatedEhr(able)
        const journal = { load: () => Promise.resolve(value), save: () => Promise.resolve() }
        const report = await runWrite(plan(ehr), 's1', { ...ehr.dependencies, journal })
        expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
      }),
      { numRuns: 30 },
    )
  })
})
