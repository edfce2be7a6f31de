import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderAscii } from '../document/ascii'
import { renderHtml } from '../document/html'
import { renderRtf } from '../document/rtf'
import { readPage } from '../fhir/bundle'
import { serverCapability } from '../fhir/capability'
import { formatDate } from '../fhir/format-date'
import { isObject } from '../json'
import { chartDocument } from './chart-document'
import { base, corpora, patientsOf } from './corpus.testing'
import { documentBundle } from './document-bundle'
import { historyEvents } from './events'
import { historyAccumulator } from './history-accumulator'
import { HISTORY_TYPES, type HistoryType } from './history-types'
import { provenanceEntry } from './provenance-entry'
import { reconcile } from './reconcile'
import type { RecordKey } from './record'
import { withoutAmounts } from './record-amounts'
import { planWrite, type WriteContext } from './write-plan'

/** A few of each type, from wherever they are. */
const samples = corpora().flatMap((corpus) =>
  HISTORY_TYPES.flatMap((type) =>
    corpus.resources
      .filter((each) => each.resourceType === type && JSON.stringify(each).length < 20_000)
      .slice(0, 3)
      .map((resource) => ({
        type,
        resource,
        patientId: patientsOf({ name: '', resources: [resource] })[0] ?? 'nobody',
      })),
  ),
)

const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: base,
  authorization: 'open',
} as const

const capability = serverCapability(
  {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: [
          'Condition',
          'Procedure',
          'AllergyIntolerance',
          'Immunization',
          'Observation',
          'MedicationStatement',
        ].map((type) => ({ type, interaction: [{ code: 'create' }] })),
      },
    ],
  },
  ['user/*.cruds'],
)

/** What a broken or hostile server puts where something else belongs. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    true,
    [],
    {},
    [[]],
    [null],
    'a'.repeat(5_000),
    '\u0000',
    '__proto__',
  ),
  fc.constantFrom<unknown>(
    { reference: 7 },
    { coding: 'x' },
    { coding: [null, 7, { code: {} }] },
    { start: [] },
    'Patient/1',
  ),
  fc.anything({ maxDepth: 2 }),
)

interface Mutation {
  readonly at: number
  readonly kind: 'delete' | 'swap' | 'list' | 'nest' | 'unlist'
  readonly value: unknown
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(10_000),
  kind: fc.constantFrom('delete', 'swap', 'list', 'nest', 'unlist'),
  value: junk,
})

/** Changes one place of a JSON value: the `at`-th, counted around. */
function mutated(original: unknown, { at, kind, value }: Mutation): unknown {
  let places = 0
  JSON.stringify(original, (_, each) => {
    places += 1
    return each
  })
  let left = at % Math.max(1, places)
  const walk = (each: unknown): unknown => {
    if (left === 0) {
      left -= 1
      if (kind === 'delete') return undefined
      if (kind === 'swap') return value
      if (kind === 'list') return [each, each]
      if (kind === 'nest') return { value: each }
      return Array.isArray(each) ? each[0] : each
    }
    left -= 1
    if (Array.isArray(each)) return each.map(walk)
    if (!isObject(each)) return each
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, walk(inner)]))
  }
  return walk(original)
}

/** The whole way of one answer; how many entries ended where. */
function wholeWay(type: HistoryType, patientId: string, entries: readonly unknown[]) {
  const patient = { resourceType: 'Patient', id: patientId }
  const accumulator = historyAccumulator({ source: 'acme', patient, patientId }, base)
  const page = readPage({ resourceType: 'Bundle', type: 'searchset', entry: entries }, 'Acme Health')
  if (!page.ok) throw new Error('no page')
  accumulator.add(type, page.value, new Set<RecordKey>())
  while (accumulator.freshen().next().done !== true);
  const records = accumulator.records()
  const { references } = accumulator
  reconcile({
    payerBase: base,
    payerRecords: records,
    payerReferences: references,
    chartRecords: records.map((record) => ({ ...record, key: `chart/${record.key}` })),
    chartReferences: references,
    chartRead: new Set(HISTORY_TYPES),
  })
  const events = historyEvents(records, references)
  const context: WriteContext = {
    member: { payer, patient, patientId },
    payerBase: base,
    references,
    patient,
    patientId: 'chart-patient',
    ehrName: 'Lakeside EHR',
    ehrBase: 'https://ehr.example/fhir',
    madeAt: '2026-11-20T10:32:00-05:00',
  }
  const plan = planWrite(records, capability, context)
  const document = chartDocument(records, context)
  const forms = [renderHtml(document), renderRtf(document), renderAscii(document)]
  JSON.stringify(documentBundle(records, document, 'ni:///sha-256;x', context))
  for (const record of records) {
    provenanceEntry(record, 'Condition/1', context)
    withoutAmounts(record.resource)
  }
  return { records, plan, events, forms, counts: accumulator.counts(), page: page.value }
}

describe.skipIf(samples.length === 0)('published examples, broken at random', () => {
  it('crash nothing, and none is lost without being counted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.array(mutation, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        ({ type, resource, patientId }, versions) => {
          const entries = versions.map((changes, n) =>
            changes.reduce<unknown>(mutated, { resource: { ...resource, id: `v${n}` } }),
          )
          const { records, plan, events, forms, counts, page } = wholeWay(type, patientId, entries)
          const others = [...page.matches, ...page.includes].filter((each) => each.resourceType !== type)
          const includes = page.includes.filter((each) => each.resourceType === type)
          const ended =
            records.length +
            counts.unreadable +
            counts.setAside +
            counts.duplicates +
            others.length +
            includes.length
          expect(ended + page.outcomes.length).toBe(entries.length)
          expect(plan.records).toHaveLength(records.length)
          expect(events.flatMap(({ members }) => members)).toHaveLength(records.length)
          for (const { display } of records) {
            expect(display.what).toMatch(/\S/)
            expect([display.what, display.detail, display.who].join()).not.toMatch(/\[object|undefined|NaN/)
            if (display.when !== undefined) expect(formatDate(display.when)).not.toBe('Not known')
          }
          for (const form of forms) expect(form.length).toBeGreaterThan(100)
        },
      ),
      { numRuns: 400 },
    )
  })
})
