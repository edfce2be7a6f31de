import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examples, isThere } from '../crd/guide-profiles.test-data'
import { referenceSet } from '../fhir/references'
import { type FhirJson, isResource, objects } from '../json'
import { eventsInParts, type HistoryEvent, historyEvents } from './events'
import { type HistoryRecord, historyRecord } from './record'

const base = 'https://payer.example/fhir'
const npi = 'http://hl7.org/fhir/sid/us-npi'
const cpt = 'http://www.ama-assn.org/go/cpt'
const claims = 'urn:claims'
const coded = (system: string, code: string) => ({ coding: [{ system, code }] })
const to = (reference: string) => ({ reference })

const resource = (name: string, content: object = {}): FhirJson => {
  const [resourceType = '', id = ''] = name.split('/')
  return { resourceType, id, ...content }
}

const guide = '../shared/ig/davinci-pdex-2.0.0.tgz'

const CARRIED = new Set(['Organization', 'Practitioner', 'Location', 'Patient', 'Provenance', 'Coverage'])

/** Records of a bundle as the history reads them: what names people and places is carried along. */
function read(resources: readonly FhirJson[]) {
  const references = referenceSet(base)
  for (const each of resources) references.add(each)
  const origins = resources.filter(({ resourceType }) => resourceType === 'Provenance')
  const records = resources
    .filter(({ resourceType }) => !CARRIED.has(resourceType))
    .map((each) =>
      historyRecord(
        'acme',
        each,
        references,
        origins.filter((origin) =>
          objects(origin, 'target').some((t) => t.reference === `${each.resourceType}/${each.id}`),
        ),
      ),
    )
  return { records, references }
}

const events = (resources: readonly FhirJson[]): readonly HistoryEvent[] => {
  const { records, references } = read(resources)
  return historyEvents(records, references)
}

const nameOf = ({ key }: HistoryRecord): string => key.replace('acme/', '')
/** `lead: other (why) | …`, of those events that have more than one record. */
const told = (found: readonly HistoryEvent[]): readonly string[] =>
  found
    .filter(({ members }) => members.length > 1)
    .map(
      ({ lead, members }) =>
        `${nameOf(lead)}: ${members
          .slice(1)
          .map(({ record, reason }) => `${nameOf(record)} (${reason})`)
          .join(' | ')}`,
    )
const grouped = (...resources: readonly FhirJson[]): readonly string[] => told(events(resources))

const visit = resource('Encounter/v', { period: { start: '2026-05-06', end: '2026-05-06' } })
const surgery = resource('Organization/o', { name: 'Northside', identifier: [{ system: npi, value: '1' }] })
const claim = (id: string, more: object = {}) =>
  resource(`ExplanationOfBenefit/${id}`, {
    use: 'claim',
    status: 'active',
    billablePeriod: { start: '2026-05-06', end: '2026-05-06' },
    provider: to('Organization/o'),
    item: [{ productOrService: coded(cpt, '93000') }],
    ...more,
  })
const ecg = (more: object = {}) =>
  resource('Procedure/p', {
    status: 'completed',
    code: coded(cpt, '93000'),
    performedDateTime: '2026-05-06T10:00:00Z',
    performer: [{ actor: to('Organization/o') }],
    ...more,
  })

describe('events, by what the payer names', () => {
  it.each<[string, readonly FhirJson[], string]>([
    [
      'what was recorded at a visit, and the claim that names it',
      [
        visit,
        resource('Condition/c', { encounter: to('Encounter/v') }),
        resource('DocumentReference/d', { context: { encounter: [to('Encounter/v')] } }),
        claim('e', { item: [{ encounter: [to(`${base}/Encounter/v`)] }] }),
      ],
      'Encounter/v: ExplanationOfBenefit/e (The claim names this visit.) | DocumentReference/d (Recorded at this visit.) | Condition/c (Recorded at this visit.)',
    ],
    [
      'the procedure and the diagnosis that a claim refers to',
      [
        claim('e', {
          item: [],
          procedure: [{ procedureReference: to('Procedure/p') }],
          diagnosis: [{ diagnosisReference: to('Condition/c') }],
        }),
        resource('Procedure/p'),
        resource('Condition/c'),
      ],
      'ExplanationOfBenefit/e: Procedure/p (Named by the claim.) | Condition/c (Named by the claim.)',
    ],
    [
      'what carries the number of a claim',
      [
        claim('e', { item: [], identifier: [{ system: claims, value: '7', type: coded('x', 'uc') }] }),
        resource('Encounter/v', { identifier: [{ system: claims, value: '7' }] }),
        resource('MedicationDispense/m', { identifier: [{ system: 'urn:other', value: '7' }] }),
      ],
      'Encounter/v: ExplanationOfBenefit/e (Carries the same claim number.)',
    ],
    [
      'what its Provenance says was made from a claim',
      [
        claim('e', { item: [] }),
        resource('Immunization/i'),
        resource('Provenance/x', {
          target: [to('Immunization/i')],
          entity: [{ role: 'source', what: to('ExplanationOfBenefit/e') }],
        }),
      ],
      'ExplanationOfBenefit/e: Immunization/i (Made from this claim, as its origin says.)',
    ],
    [
      'a claim and the one that replaced it',
      [
        claim('a', { item: [], identifier: [{ system: claims, value: '1' }], status: 'cancelled' }),
        claim('b', {
          item: [],
          related: [{ relationship: coded('x', 'prior'), reference: { system: claims, value: '1' } }],
        }),
      ],
      'ExplanationOfBenefit/b: ExplanationOfBenefit/a (Another version of the same claim.)',
    ],
    [
      'a report, its results and their specimen',
      [
        resource('DiagnosticReport/r', { result: [to('Observation/a'), to('Observation/b')] }),
        resource('Observation/a', { specimen: to('Specimen/s') }),
        resource('Observation/b'),
        resource('Specimen/s'),
      ],
      'DiagnosticReport/r: Observation/a (A result of this report.) | Observation/b (A result of this report.) | Specimen/s (The specimen of this result.)',
    ],
    [
      'two stays that are parts of one',
      [visit, resource('Encounter/w', { partOf: to('Encounter/v') })],
      'Encounter/v: Encounter/w (Part of the same stay.)',
    ],
  ])('%s', (_, resources, expected) => {
    expect(grouped(...resources)).toEqual([expected])
  })

  it('finds what is named by an identifier that a single record carries', () => {
    const named = resource('Procedure/p', {
      encounter: { type: 'Encounter', identifier: { system: 'urn:v', value: '9' } },
    })
    const nine = { identifier: [{ system: 'urn:v', value: '9' }] }
    expect(grouped(named, resource('Encounter/v', nine))).toHaveLength(1)
    expect(grouped(named, resource('Encounter/v', nine), resource('Encounter/w', nine))).toEqual([])
  })

  it('keeps every fill of a prescription an event of its own; the prescription goes with the fill of its day', () => {
    const fill = (id: string, day: string) =>
      resource(`MedicationDispense/${id}`, {
        whenHandedOver: day,
        authorizingPrescription: [to('MedicationRequest/m')],
      })
    const order = (authoredOn: string) => resource('MedicationRequest/m', { authoredOn })
    const fills = [fill('a', '2026-05-06'), fill('b', '2026-06-06')]
    expect(grouped(...fills, order('2026-05-06'))).toEqual([
      'MedicationDispense/a: MedicationRequest/m (The prescription of this fill.)',
    ])
    expect(grouped(...fills, order('2026-04-01'))).toEqual([])
  })

  it('does not follow a problem that many visits name, nor a reference to another server, nor in a circle', () => {
    const names = (id: string, day: string) =>
      resource(`Encounter/${id}`, {
        period: { start: day, end: day },
        diagnosis: [{ condition: to('Condition/c') }],
      })
    expect(grouped(names('a', '2026-05-06'), names('b', '2026-06-06'), resource('Condition/c'))).toEqual([])
    expect(grouped(visit, ecg({ encounter: to('https://elsewhere.example/fhir/Encounter/v') }))).toEqual([])
    expect(
      grouped(
        resource('Observation/a', { hasMember: [to('Observation/b')] }),
        resource('Observation/b', { hasMember: [to('Observation/a')] }),
      ),
    ).toHaveLength(1)
  })
})

describe('events, by what claims and records tell alike', () => {
  const alike = 'ExplanationOfBenefit/e: Procedure/p (Same procedure code, day and provider.)'

  it('takes the same code, day and provider together', () => {
    expect(grouped(claim('e'), ecg(), surgery)).toEqual([alike])
  })

  it.each<[string, readonly FhirJson[]]>([
    ['another code', [claim('e'), ecg({ code: coded(cpt, '93005') })]],
    ['the same code of another system', [claim('e'), ecg({ code: coded('urn:own', '93000') })]],
    ['another day', [claim('e'), ecg({ performedDateTime: '2026-05-07' })]],
    [
      'a month of claims',
      [claim('e', { billablePeriod: { start: '2026-05-01', end: '2026-05-31' } }), ecg()],
    ],
    ['another provider', [claim('e'), ecg({ performer: [{ actor: { display: 'Northside' } }] })]],
    ['a claim that was taken back', [claim('e', { status: 'cancelled' }), ecg()]],
    ['a prior authorization', [claim('e', { use: 'preauthorization' }), ecg()]],
    ['a procedure that was not done', [claim('e'), ecg({ status: 'not-done' })]],
    ['two claims that say the same', [claim('e'), claim('f'), ecg()]],
  ])('leaves %s apart', (_, resources) => {
    expect(grouped(...resources, surgery)).toEqual([])
  })

  it('brings the claim to the visit of the procedure, of the same days only', () => {
    const at = (start: string) => resource('Encounter/v', { period: { start, end: start } })
    const done = ecg({ encounter: to('Encounter/v') })
    expect(grouped(at('2026-05-06'), claim('e'), done, surgery)).toEqual([
      'Encounter/v: ExplanationOfBenefit/e (Same procedure code, day and provider.) | Procedure/p (Recorded at this visit.)',
    ])
    expect(grouped(at('2026-01-06'), claim('e'), done, surgery)).toEqual([
      'Encounter/v: Procedure/p (Recorded at this visit.)',
    ])
  })

  it('leads with the fill, and says why the claim is there', () => {
    const ndc = coded('http://hl7.org/fhir/sid/ndc', '00003089421')
    const fill = resource('MedicationDispense/m', {
      medicationCodeableConcept: ndc,
      whenHandedOver: '2026-05-06',
      performer: [{ actor: to('Organization/o') }],
    })
    const [event] = events([fill, claim('e', { item: [{ productOrService: ndc }] }), surgery])
    expect(told(event ? [event] : [])).toEqual([
      'MedicationDispense/m: ExplanationOfBenefit/e (Same medicine code, day and provider.)',
    ])
    expect(event).toMatchObject({ kind: 'fill', from: '2026-05-06' })
  })
})

describe('an event', () => {
  it.each<[string, FhirJson]>([
    ['stay', resource('Encounter/v', { class: { code: 'IMP' } })],
    ['stay', resource('Encounter/v', { period: { start: '2026-05-06', end: '2026-05-09' } })],
    ['visit', resource('Encounter/v', { class: { code: 'AMB' } })],
    ['claim', claim('e')],
    ['authorization', claim('e', { use: 'preauthorization' })],
    ['result', resource('Observation/o')],
    ['procedure', ecg()],
    ['other', resource('CarePlan/c')],
  ])('is a %s', (kind, one) => {
    expect(events([one])[0]?.kind).toBe(kind)
  })

  it('took place when the visit did, however long a problem is known', () => {
    const [event] = events([
      visit,
      resource('Condition/c', { encounter: to('Encounter/v'), onsetDateTime: '1995' }),
    ])
    expect(event).toMatchObject({ from: '2026-05-06', to: '2026-05-06' })
  })
})

describe('events of the sandbox and of the guide', () => {
  const bundle = (path: string): readonly FhirJson[] =>
    objects(JSON.parse(readFileSync(path, 'utf8')), 'entry')
      .map((entry) => entry.resource)
      .filter(isResource)
  const members = 'sandbox/data/acme/members'

  it('tells the hospital stay of Rosalind Marsh as one', () => {
    const found = events([
      ...bundle(`${members}/jane-roe.json`).filter(isProvider),
      ...bundle(`${members}/rosalind-marsh.json`),
    ])
    const stay = found.find(({ kind }) => kind === 'stay')
    expect(told(stay ? [stay] : [])).toEqual([
      'Encounter/en-90001-02: ExplanationOfBenefit/eb-90001-02 (The claim names this visit.) | Procedure/pc-90001-01 (Recorded at this visit.) | DocumentReference/dc-90001-01 (Recorded at this visit.) | Condition/cn-90001-03 (Recorded at this visit.)',
    ])
    expect(stay?.from?.slice(0, 10)).toBe('2025-02-10')
    expect(stay?.to?.slice(0, 10)).toBe('2025-02-14')
    expect(told(found)).toContain(
      'ExplanationOfBenefit/eb-90001-07: Procedure/pc-90001-03 (Same procedure code, day and provider.)',
    )
    expect(found.find(({ kind }) => kind === 'authorization')?.members).toHaveLength(1)
  })

  it.each(['otis-quill', 'paula-finch', 'jane-roe'])('has each record of %s once', (member) => {
    const all = bundle(`${members}/${member}.json`)
    expect(keys(events(all))).toEqual(
      read(all)
        .records.map(({ key }) => key)
        .sort(),
    )
  })

  it.skipIf(!isThere(guide))('takes the examples of PDex and US Core as they are, each once', () => {
    const all = [guide, '../shared/ig/us-core-6.1.0.tgz'].flatMap(examples)
    const found = events(all)
    const names = new Set(read(all).records.map(({ key }) => key))
    expect(new Set(keys(found))).toEqual(names)
    expect(told(found).length).toBeGreaterThan(3)
  })

  const isProvider = ({ resourceType }: FhirJson): boolean =>
    ['Organization', 'Practitioner', 'Location'].includes(resourceType)
})

const keys = (found: readonly HistoryEvent[]): readonly string[] =>
  found.flatMap(({ members }) => members.map(({ record }) => record.key)).sort()

describe('events of any records', () => {
  const ids = fc.integer({ min: 0, max: 4 })
  const days = fc.constantFrom('2026-05-06', '2026-05-07', '2026', undefined)
  const of = (type: string) => ids.map((id) => to(`${type}/${id}`))
  const arbitrary = fc
    .record({
      resourceType: fc.constantFrom(
        'Encounter',
        'ExplanationOfBenefit',
        'Procedure',
        'MedicationDispense',
        'MedicationRequest',
        'DiagnosticReport',
        'Observation',
        'Condition',
      ),
      encounter: of('Encounter'),
      partOf: fc.oneof(of('Encounter'), of('Procedure')),
      day: days,
      identifier: ids.map((value) => [{ system: claims, value: String(value) }]),
      result: fc.array(of('Observation'), { maxLength: 3 }),
      hasMember: fc.array(of('Observation'), { maxLength: 2 }),
      authorizingPrescription: fc.array(of('MedicationRequest'), { maxLength: 1 }),
      visits: fc.array(of('Encounter'), { maxLength: 2 }),
      diagnosis: fc.array(of('Condition').map((condition) => ({ condition, diagnosisReference: condition }))),
    })
    .map(
      ({ day, visits, ...content }): FhirJson => ({
        ...content,
        ...(day !== undefined && {
          period: { start: day, end: day },
          billablePeriod: { start: day, end: day },
          performedDateTime: day,
          whenHandedOver: day,
          effectiveDateTime: day,
        }),
        code: coded(cpt, '1'),
        performer: [{ actor: to('Organization/o') }],
        provider: to('Organization/o'),
        item: [{ encounter: visits, productOrService: coded(cpt, '1') }],
      }),
    )
  const histories = fc
    .array(arbitrary, { maxLength: 30 })
    .map((list) => list.map((each, index) => ({ ...each, id: String(Math.floor(index / 3)) })))
    .map((list) => [
      ...new Map(list.map((each) => [`${each.resourceType}/${each.id}`, each] as const)).values(),
    ])

  it('have each record once, in whatever order they came', () => {
    fc.assert(
      fc.property(
        histories.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const found = events([...list, surgery])
          expect(keys(found)).toEqual(list.map((r) => `acme/${r.resourceType}/${r.id}`).sort())
          const sorted = (all: readonly HistoryEvent[]) => told(all).toSorted()
          expect(sorted(events([surgery, ...shuffled]))).toEqual(sorted(found))
          for (const { members } of found)
            for (const { reason } of members.slice(1)) expect(reason).toMatch(/\.$/)
        },
      ),
    )
  })

  it('are the same made in parts, none of which is long', () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      resource(`Observation/${i}`, { effectiveDateTime: '2026' }),
    )
    const { records, references } = read(many)
    const parts = [...eventsInParts(records, references)]
    expect(parts.length).toBeGreaterThan(5)
    expect(historyEvents(records, references)).toHaveLength(3_000)
  })
})
