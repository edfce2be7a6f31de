import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referenceSet } from '../fhir/references'
import type { FhirJson } from '../json'
import { reconcile } from './reconcile'
import { COMPARE_TYPES } from './reconcile-types'
import { historyRecord } from './record'

const base = 'https://payer.example/fhir'
const icd = 'http://hl7.org/fhir/sid/icd-10-cm'
const snomed = 'http://snomed.info/sct'
const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const ndc = 'http://hl7.org/fhir/sid/ndc'
const coded = (system: string, code: string, display?: string) => ({ coding: [{ system, code, display }] })

let serial = 0
const make = (resourceType: string, content: object): FhirJson => {
  serial += 1
  return { resourceType, id: String(serial), ...content }
}

function judge(
  payer: readonly FhirJson[],
  chart: readonly FhirJson[],
  chartRead: readonly string[] = COMPARE_TYPES,
) {
  const [payerReferences, chartReferences] = [referenceSet(base), referenceSet('https://ehr.example')]
  for (const r of payer) payerReferences.add(r)
  for (const r of chart) chartReferences.add(r)
  const rows = (source: string, list: readonly FhirJson[], references: typeof payerReferences) =>
    list.map((r) => historyRecord(source, r, references, []))
  const { judgements, onlyChart } = reconcile({
    payerBase: base,
    payerRecords: rows('acme', payer, payerReferences),
    payerReferences,
    chartRecords: rows('chart', chart, chartReferences),
    chartReferences,
    chartRead: new Set(chartRead),
  })
  return { all: [...judgements.values()], only: onlyChart.map((r) => r.resource) }
}

const one = (type: string, payer: object, chart: object, chartType = type) =>
  judge([make(type, payer)], [make(chartType, chart)]).all[0]

const diabetes = coded(icd, 'E11.9', 'Type 2 diabetes')
const metformin = coded(rxnorm, '861007', 'metformin 500 MG')

describe('reconcile', () => {
  it.each<[string, string, object, object, string, RegExp]>([
    [
      'a problem of the same code and onset',
      'Condition',
      { code: diabetes, onsetDateTime: '2016-04-11' },
      { code: diabetes, onsetDateTime: '2016-04-11' },
      'same',
      /same onset/,
    ],
    [
      'a problem whose code lacks its dot and whose onset is known by month only',
      'Condition',
      { code: coded(icd, 'e119'), onsetDateTime: '2016-04' },
      { code: diabetes, onsetDateTime: '2016-04-11' },
      'same',
      /same onset/,
    ],
    [
      'a problem of another onset',
      'Condition',
      { code: diabetes, onsetDateTime: '2018-01-01' },
      { code: diabetes, onsetDateTime: '2016-04-11' },
      'different',
      /another onset: the chart has 11-Apr-2016/,
    ],
    [
      'an undated problem',
      'Condition',
      { code: diabetes },
      { code: diabetes, onsetDateTime: '2016-04-11' },
      'different',
      /only one of the two has a date/,
    ],
    [
      'a problem in another code system',
      'Condition',
      { code: diabetes },
      { code: coded(snomed, '44054006', 'Diabetes mellitus type 2') },
      'only-payer',
      /coded in ICD-10, the chart in SNOMED CT/,
    ],
    [
      'a problem of the same name and another code',
      'Condition',
      { code: coded(icd, 'E11.9', 'Diabetes') },
      { code: coded(snomed, '73211009', 'diabetes') },
      'only-payer',
      /same name under another code/,
    ],
    [
      'a problem of a name that is only alike',
      'Condition',
      { code: { text: 'Diabetes type 2' } },
      { code: { text: 'Diabetes type II' } },
      'only-payer',
      /no problem with this code/,
    ],
    [
      'an uncoded problem of exactly the same name',
      'Condition',
      { code: { text: 'Back  pain.' }, recordedDate: '2024-01-02' },
      { code: { text: 'back pain' }, recordedDate: '2024-01-02' },
      'same',
      /recorded on the same day/,
    ],
    [
      'an allergy whenever it was recorded',
      'AllergyIntolerance',
      { code: coded(rxnorm, '7984'), recordedDate: '2010' },
      { code: coded(rxnorm, '7984'), recordedDate: '2019-05-06' },
      'same',
      /Same substance/,
    ],
    [
      'a procedure two days apart',
      'Procedure',
      { code: coded(snomed, '1'), performedDateTime: '2024-01-03' },
      { code: coded(snomed, '1'), performedPeriod: { start: '2024-01-01', end: '2024-01-01' } },
      'different',
      /another day: the chart has 01-Jan-2024/,
    ],
    [
      'a procedure in the stretch of days of the chart',
      'Procedure',
      { code: coded(snomed, '1'), performedDateTime: '2024-01-03' },
      { code: coded(snomed, '1'), performedPeriod: { start: '2024-01-01', end: '2024-01-05' } },
      'different',
      /in the same days/,
    ],
    [
      'a procedure of another month',
      'Procedure',
      { code: coded(snomed, '1'), performedDateTime: '2024-03-03' },
      { code: coded(snomed, '1'), performedDateTime: '2024-01-01' },
      'only-payer',
      /on other days only, last 01-Jan-2024/,
    ],
    [
      'a procedure that shares no more than its category',
      'Procedure',
      { category: coded(snomed, '103693007'), performedDateTime: '2024-01-01' },
      { category: coded(snomed, '103693007'), performedDateTime: '2024-01-01' },
      'only-payer',
      /neither a code nor a name/,
    ],
    [
      'a measurement of the same value',
      'Observation',
      {
        code: coded('http://loinc.org', '4548-4'),
        effectiveDateTime: '2026-03-03',
        valueQuantity: { value: 7, unit: '%' },
      },
      {
        code: coded('http://loinc.org/', '4548-4'),
        effectiveDateTime: '2026-03-03T08:30:00-06:00',
        valueQuantity: { value: 7.0, unit: 'percent', code: '%' },
      },
      'same',
      /same day/,
    ],
    [
      'the same moment in another zone',
      'Observation',
      { code: coded('http://loinc.org', '1'), effectiveDateTime: '2026-03-04T04:30:00Z', valueString: 'a' },
      {
        code: coded('http://loinc.org', '1'),
        effectiveDateTime: '2026-03-03T22:30:00-06:00',
        valueString: 'a',
      },
      'same',
      /same day/,
    ],
    [
      'two measurements of one day at different times',
      'Observation',
      { code: coded('http://loinc.org', '1'), effectiveDateTime: '2026-03-03T08:00:00Z', valueString: 'a' },
      { code: coded('http://loinc.org', '1'), effectiveDateTime: '2026-03-03T18:00:00Z', valueString: 'a' },
      'only-payer',
      /on other days only/,
    ],
    [
      'a prescription of another day',
      'MedicationRequest',
      { medicationCodeableConcept: metformin, authoredOn: '2024-01-01' },
      { medicationCodeableConcept: metformin, authoredOn: '2016-04-11' },
      'different',
      /another day: the chart has 11-Apr-2016/,
    ],
    [
      'an immunization',
      'Immunization',
      { vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '140'), occurrenceDateTime: '2024-10-01' },
      { vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '140'), occurrenceDateTime: '2024-10-01' },
      'same',
      /same day/,
    ],
    [
      'a visit at the same time with the same NPI, whatever the names',
      'Encounter',
      {
        period: { start: '2024-01-01T08:00:00Z', end: '2024-01-01T09:00:00Z' },
        serviceProvider: {
          identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1' },
          display: 'Lakeside Clinic',
        },
      },
      {
        period: { start: '2024-01-01' },
        serviceProvider: {
          identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1' },
          display: 'LAKESIDE MED GRP',
        },
      },
      'same',
      /same practitioner or organization/,
    ],
    [
      'a visit of the same day elsewhere',
      'Encounter',
      { period: { start: '2024-01-01' }, serviceProvider: { display: 'Northside' } },
      { period: { start: '2024-01-01' }, serviceProvider: { display: 'Lakeside' } },
      'only-payer',
      /not with the same practitioner/,
    ],
  ])('judges %s', (_, type, payer, chart, verdict, reason) => {
    expect(one(type, payer, chart)).toMatchObject({ verdict, reason: expect.stringMatching(reason) })
  })

  it('names each field in which they differ, and what the payer would add', () => {
    const found = one(
      'Condition',
      {
        code: diabetes,
        onsetDateTime: '2016-04-11',
        clinicalStatus: { coding: [{ code: 'resolved' }] },
        abatementDateTime: '2020-02',
        verificationStatus: { coding: [{ code: 'confirmed' }] },
      },
      {
        code: diabetes,
        onsetDateTime: '2016-04-11',
        clinicalStatus: { coding: [{ code: 'active' }] },
        severity: { text: 'mild' },
      },
    )
    expect(found?.verdict).toBe('different')
    expect(found?.differences).toEqual([
      { label: 'Ended', payer: 'Feb-2020', chart: 'Not stated' },
      { label: 'Status', payer: 'resolved', chart: 'active' },
    ])
  })

  it('takes another value or unit for a difference, and converts nothing', () => {
    const weight = (value: number, unit: string) => ({
      code: coded('http://loinc.org', '29463-7'),
      effectiveDateTime: '2026-03-03',
      valueQuantity: { value, unit },
    })
    expect(one('Observation', weight(84.2, 'kg'), weight(185.6, 'lb'))).toMatchObject({
      verdict: 'different',
      differences: [{ label: 'Value', payer: '84.2 kg', chart: '185.6 lb' }],
    })
  })

  it('compares with the one of several that differs least', () => {
    const value = (amount: number) => ({
      code: coded('http://loinc.org', '8867-4'),
      effectiveDateTime: '2026-03-03',
      valueQuantity: { value: amount, unit: '/min' },
    })
    const { all } = judge(
      [make('Observation', value(76))],
      [70, 76, 80].map((v) => make('Observation', value(v))),
    )
    expect(all[0]?.verdict).toBe('same')
  })

  it('never takes a fill for a prescription, counts fills, and says that they prove no use', () => {
    const fill = (day: string) =>
      make('MedicationDispense', {
        medicationCodeableConcept: metformin,
        whenHandedOver: day,
        daysSupply: { value: 30 },
      })
    const order = make('MedicationRequest', { medicationCodeableConcept: metformin, status: 'active' })
    const { all, only } = judge([fill('2024-03-15'), fill('2024-04-15'), fill('2024-02-15')], [order])
    expect(all.map((j) => j.verdict)).toEqual(['only-payer', 'only-payer', 'only-payer'])
    expect(all[0]?.reason).toBe(
      'The chart lists this medicine (active): related, not the same. Filled 3 times, last 15-Apr-2024; this fill is for 30 days. A fill is not proof of use.',
    )
    expect(only).toEqual([order])
  })

  it('says that NDC cannot be compared with RxNorm', () => {
    expect(
      one(
        'MedicationDispense',
        { medicationCodeableConcept: coded(ndc, '0093-1048-01') },
        { medicationCodeableConcept: metformin },
        'MedicationRequest',
      )?.reason,
    ).toMatch(/coded in NDC, the chart's medicines in RxNorm/)
  })

  it('reads NDC with and without hyphens as one code', () => {
    const on = (code: string) => ({
      medicationCodeableConcept: coded(ndc, code),
      whenHandedOver: '2024-01-01',
    })
    expect(one('MedicationDispense', on('0093-1048-01'), on('00093104801'))?.verdict).toBe('same')
    expect(one('MedicationDispense', on('0093104801'), on('00093104801'))?.verdict).toBe('only-payer')
  })

  it('finds a prescription again that stands in the chart as a statement', () => {
    expect(
      one(
        'MedicationRequest',
        { medicationCodeableConcept: metformin, authoredOn: '2024-01-01' },
        { medicationCodeableConcept: metformin, effectiveDateTime: '2024-01-01' },
        'MedicationStatement',
      )?.verdict,
    ).toBe('same')
  })

  it('knows the copy that this app brought into the chart, certainty lowered and all', () => {
    const source = make('Condition', {
      code: diabetes,
      recordedDate: '2024-01-01',
      verificationStatus: { coding: [{ code: 'confirmed' }] },
    })
    const copy = make('Condition', {
      code: diabetes,
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `${base}/Condition/${source.id}` }],
      verificationStatus: { coding: [{ code: 'provisional' }] },
    })
    expect(judge([source], [copy]).all[0]).toMatchObject({
      verdict: 'same',
      reason: 'Already brought into the chart from this payer.',
    })
    const changed = { ...source, clinicalStatus: { coding: [{ code: 'resolved' }] } }
    const active = { ...copy, clinicalStatus: { coding: [{ code: 'active' }] } }
    expect(judge([changed], [active]).all[0]?.verdict).toBe('different')
  })

  it('does not take a claim number on two codes for one record', () => {
    const identifier = [{ system: 'urn:claims', value: '7' }]
    const found = one('Condition', { code: diabetes, identifier }, { code: coded(icd, 'I10'), identifier })
    expect(found?.verdict).toBe('only-payer')
  })

  it('compares nothing where the chart could not be read, and says of bills why they stand alone', () => {
    const { all } = judge(
      [make('Condition', { code: diabetes }), make('ExplanationOfBenefit', {})],
      [],
      COMPARE_TYPES.filter((type) => type !== 'Condition'),
    )
    expect(all.map((j) => j.reason)).toEqual(['A bill has no counterpart in the chart.'])
  })

  it('lists what only the chart has', () => {
    const [kept, own] = [
      make('Condition', { code: diabetes }),
      make('Condition', { code: coded(icd, 'I10') }),
    ]
    expect(judge([make('Condition', { code: diabetes })], [kept, own]).only).toEqual([own])
  })

  it('never crashes, and judges every record of what was read', () => {
    const keys = fc.constantFrom(
      'code',
      'coding',
      'system',
      'text',
      'identifier',
      'value',
      'period',
      'start',
      'recordedDate',
      'valueQuantity',
      'participant',
      'reaction',
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.anything({ maxDepth: 1 }),
        fc.constantFrom('2024-01', icd, 'x'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    }))
    const type = fc.constantFrom(...COMPARE_TYPES)
    const resource = fc
      .tuple(type, fc.dictionary(keys, value, { maxKeys: 5 }))
      .map(([resourceType, content]) => ({ ...content, resourceType, id: 'x' }) as FhirJson)
    fc.assert(
      fc.property(resource, resource, (a, b) => {
        expect(judge([a], [b]).all).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  it('costs the same for each record, however many there are', () => {
    const many = (count: number, shift: number) =>
      Array.from({ length: count }, (_, i) =>
        make(['Condition', 'Observation', 'Encounter', 'MedicationRequest'][i % 4] ?? '', {
          code: coded(icd, `A${(i + shift) % 7_000}`),
          medicationCodeableConcept: coded(rxnorm, String(i)),
          recordedDate: `20${10 + (i % 15)}-01-01`,
          effectiveDateTime: `20${10 + (i % 15)}-0${1 + (i % 9)}-11`,
          period: { start: `${1000 + (i % 1000)}-0${1 + (i % 9)}-1${i % 10}` },
          serviceProvider: { display: `Clinic ${i % 20}` },
        }),
      )
    const time = (count: number): number => {
      const [payer, chart] = [many(count, 0), many(count / 5, 3)]
      const begin = performance.now()
      expect(judge(payer, chart).all).toHaveLength(count)
      return performance.now() - begin
    }
    time(1_000)
    const [few, all] = [Math.min(time(1_000), time(1_000)), time(10_000)]
    expect(all / few).toBeLessThan(50)
  })
})
