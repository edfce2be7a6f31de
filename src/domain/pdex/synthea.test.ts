import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Fhir } from 'fhir'
import { beforeAll, describe, expect, it } from 'vitest'
import { serverCapability } from '../fhir/capability'
import { type ReferenceSet, referenceSet } from '../fhir/references'
import { type FhirJson, isObject, isResource, objects, text } from '../json'
import { chartDocument } from './chart-document'
import { documentBundle } from './document-bundle'
import { provenanceEntry } from './provenance-entry'
import { type HistoryRecord, historyRecord } from './record'
import { planWrite, type WriteContext } from './write-plan'

const folder = '../shared/data/synthea'
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /_.*\.json$/.test(name)) : []
const base = 'https://payer.example/fhir'
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:payers', value: '1' }],
  fhirBase: base,
  authorization: 'open',
} as const

/** A transaction bundle as a server would hand it out: `urn:uuid:` references made literal. */
function load(file: string): readonly FhirJson[] {
  const bundle: unknown = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
  const entries = objects(bundle, 'entry').flatMap((entry) =>
    isResource(entry.resource) ? [entry.resource] : [],
  )
  const names = new Map(entries.map((r) => [`urn:uuid:${r.id}`, `${r.resourceType}/${r.id}`]))
  return entries.map((resource) => {
    const body = JSON.stringify(resource).replace(/urn:uuid:[0-9a-f-]{36}/g, (urn) => names.get(urn) ?? urn)
    const parsed: unknown = JSON.parse(body)
    if (!isResource(parsed)) throw new Error('no resource')
    return parsed
  })
}

const statement: FhirJson = {
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
        'Provenance',
        'DocumentReference',
      ].map((type) => ({ type, interaction: [{ code: 'create' }] })),
    },
  ],
}

const validator = new Fhir()
const errorsOf = (resource: FhirJson): readonly string[] =>
  validator
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((m) => m.severity === 'error' || m.severity === 'fatal')
    .map((m) => `${m.location}: ${m.message}`)

describe.skipIf(files.length === 0)('with the Synthea patients', () => {
  describe.each(files)('%s', (file) => {
    let references: ReferenceSet
    let records: readonly HistoryRecord[]
    let context: WriteContext

    beforeAll(() => {
      const resources = load(file)
      references = referenceSet(base)
      for (const resource of resources) references.add(resource)
      const patient = resources.find((r) => r.resourceType === 'Patient')
      if (patient?.id === undefined) throw new Error('no patient')
      records = resources
        .filter((r) => !['Patient', 'Organization', 'Practitioner'].includes(r.resourceType))
        .map((r) => historyRecord('acme', r, references, []))
      context = {
        member: { payer, patient, patientId: patient.id },
        payerBase: base,
        references,
        patient,
        patientId: 'chart-patient',
        ehrName: 'Lakeside EHR',
        ehrBase: 'https://ehr.example/fhir',
        fhirUser: 'Practitioner/7',
        user: { resourceType: 'Practitioner', id: '7', name: [{ family: 'Grey', given: ['Ana'] }] },
        madeAt: '2026-11-20T10:32:00-05:00',
      }
    })

    it('shows every record with what it is, and when', () => {
      const clinical = records.filter((r) => r.display.section !== 'other')
      expect(clinical.filter((r) => r.display.what.endsWith('not described')).map((r) => r.key)).toEqual([])
      // A Goal need not begin at a date, and some here do not.
      const dated = clinical.filter((r) => r.resource.resourceType !== 'Goal')
      expect(dated.filter((r) => r.display.when === undefined).map((r) => r.key)).toEqual([])
    })

    it('plans entries that are valid, about the chart patient, and refer to nothing at the payer', () => {
      const plan = planWrite(records, serverCapability(statement, ['user/*.write']), context)
      const entries = plan.records.flatMap((r) => (r.entry ? [r.entry.resource] : []))
      expect(entries.length).toBeGreaterThan(0)
      for (const resource of entries) {
        expect([resource.resourceType, errorsOf(resource)]).toEqual([resource.resourceType, []])
        expect(referencesOf(resource)).toEqual(['Patient/chart-patient'])
      }
      expect(plan.records).toHaveLength(records.length)
    })

    it('makes a document that is valid and whole', () => {
      const chosen = records.filter((r) => ['medicines', 'visits', 'problems'].includes(r.display.section))
      const bundle = documentBundle(chosen, chartDocument(chosen, context), 'ni:///sha-256;x', context)
      expect(errorsOf(bundle)).toEqual([])
      const urls = objects(bundle, 'entry').map((entry) => text(entry, 'fullUrl'))
      expect(new Set(urls).size).toBe(urls.length)
      const composition = objects(bundle, 'entry')[0]?.resource
      for (const reference of referencesOf(composition)) expect(urls).toContain(reference)
    })

    it('makes valid provenance', () => {
      const [record] = records
      if (record) expect(errorsOf(provenanceEntry(record, 'Condition/1', context))).toEqual([])
    })
  })
})

function referencesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(referencesOf))]
  if (!isObject(value)) return []
  const own = typeof value.reference === 'string' ? [value.reference] : []
  return [...new Set([...own, ...Object.values(value).flatMap(referencesOf)])]
}
