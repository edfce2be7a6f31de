import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { toAscii } from '../document/ascii'
import { renderHtml } from '../document/html'
import { renderPdf } from '../document/pdf'
import { fonts } from '../document/pdf-pages.testing'
import { renderRtf } from '../document/rtf'
import { renderText } from '../document/text'
import { serverCapability } from '../fhir/capability'
import { formatDate } from '../fhir/format-date'
import { type FhirJson, isObject, objects, text } from '../json'
import { chartDocument } from './chart-document'
import { base, type Corpus, corpora, patientsOf, readCorpus } from './corpus.testing'
import { documentBundle } from './document-bundle'
import type { EhrProfileId } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'
import { historyEvents } from './events'
import type { HistoryAccumulator } from './history-accumulator'
import { HISTORY_TYPES } from './history-types'
import { ENTRY_TYPES } from './prepare'
import { provenanceEntry } from './provenance-entry'
import { reconcile } from './reconcile'
import { type HistoryRecord, historyRecord } from './record'
import { planWrite, type WriteContext } from './write-plan'

const found = corpora()
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:payers', value: '1' }],
  fhirBase: base,
  authorization: 'open',
} as const

const PROFILES: readonly EhrProfileId[] = [
  'generic',
  'us-core',
  'oracle',
  'oracle-dstu2',
  'epic',
  'athena-flow',
  'athena-one',
  'meditech',
  'eclinicalworks',
]

const capability = serverCapability(
  {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: [...new Set(Object.values(ENTRY_TYPES)), 'Provenance', 'DocumentReference'].map((type) => ({
          type,
          interaction: [{ code: 'create' }, { code: 'search-type' }],
        })),
      },
    ],
  },
  ['user/*.cruds'],
)

const validator = new Fhir()
const errorsOf = (resource: FhirJson): readonly string[] =>
  validator
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((m) => m.severity === 'error' || m.severity === 'fatal')
    .map((m) => `${m.location}: ${m.message}`)

/** A large history is looked at in parts: its first records, and some of each type from all over it. */
const some = <T>(all: readonly T[], atMost: number): readonly T[] =>
  all.filter((_, n) => n % Math.ceil(all.length / atMost) === 0)

function contextOf(patientId: string, accumulator: HistoryAccumulator): WriteContext {
  return {
    member: { payer, patient: { resourceType: 'Patient', id: patientId }, patientId },
    payerBase: base,
    references: accumulator.references,
    patient: { resourceType: 'Patient', id: 'chart-patient', name: [{ text: 'Jane Roe' }] },
    patientId: 'chart-patient',
    ehrName: 'Lakeside EHR',
    ehrBase: 'https://ehr.example/fhir',
    fhirUser: 'Practitioner/7',
    user: { resourceType: 'Practitioner', id: '7', name: [{ family: 'Grey', given: ['Ana'] }] },
    encounterId: 'visit',
    madeAt: '2026-11-20T10:32:00-05:00',
  }
}

const histories = (corpus: Corpus) =>
  patientsOf(corpus).map((patientId) => {
    const { accumulator, sent } = readCorpus(corpus, patientId)
    return { patientId, accumulator, sent, records: accumulator.records() }
  })

/** Where a record names somebody in words of its own. */
const PEOPLE = [
  ...['asserter', 'recorder', 'performer', 'requester', 'author', 'custodian', 'serviceProvider'],
  ...['provider', 'informationSource', 'participant', 'owner', 'payor', 'managingOrganization', 'source'],
]

const namesSomebody = (resource: FhirJson): boolean =>
  PEOPLE.some((element) =>
    objects(resource, element).some((each) =>
      [each, ...Object.values(each)].some(
        (value) => text(value, 'display') !== undefined && text(value, 'reference') !== undefined,
      ),
    ),
  )

/** What the record's main concept says in words. */
const TITLES = ['code', 'medicationCodeableConcept', 'vaccineCode', 'type', 'description', 'name', 'title']
const hasTitle = ({ resourceType: _, ...resource }: FhirJson): boolean =>
  TITLES.some((element) => {
    const value = resource[element]
    const all = Array.isArray(value) ? value : [value]
    return all.some(
      (each) =>
        typeof each === 'string' ||
        text(each, 'text') !== undefined ||
        objects(each, 'coding').some((coding) => text(coding, 'display') !== undefined),
    )
  })

const NONSENSE = /undefined|null|\[object|NaN|^https?:|^urn:|<\/?\w+>|Invalid Date|^[,;\s]|; ;/

function oddities({ display, resource, key }: HistoryRecord): readonly string[] {
  const shown = [display.what, display.detail, display.who, display.status].filter(
    (each) => each !== undefined,
  )
  const isBare =
    display.codes.some(({ code }) => code === display.what) && !/^[a-z -]{4,}$/i.test(display.what)
  return [
    ...shown.filter((each) => NONSENSE.test(each) || each !== each.trim()),
    ...(isBare ? [`only a code: ${display.what}`] : []),
    ...(display.what.endsWith('not described') && hasTitle(resource) ? ['a title was not found'] : []),
    ...(display.who === undefined && namesSomebody(resource) ? ['somebody was not found'] : []),
    ...(display.when !== undefined && formatDate(display.when) === 'Not known'
      ? ['a date was not read']
      : []),
  ].map((each) => `${key}: ${each}`)
}

describe.skipIf(found.length === 0)('with all published examples beside this project', () => {
  describe.each(found)('$name', (corpus) => {
    const all = histories(corpus)

    it('loses no record and shows none twice', () => {
      for (const { accumulator, sent, records } of all) {
        const { setAside, unreadable } = accumulator.counts()
        expect(new Set(records.map(({ key }) => key)).size).toBe(records.length)
        expect(unreadable).toBe(0)
        const again = sent - setAside - records.length
        // What is there once more has the same id.
        const own = corpus.resources.filter((each) => records.some((record) => isSameRecord(record, each)))
        expect(again).toBe(own.length - records.length)
      }
    })

    it('reads as words in every row', () => {
      expect(all.flatMap(({ records }) => records.flatMap(oddities))).toEqual([])
    })

    it('is judged against a chart that has half of it', () => {
      for (const { accumulator, records } of all) {
        const half = records.filter((_, n) => n % 2 === 0)
        const chartRecords = half.map(({ resource }) =>
          historyRecord('chart', { ...resource, id: `chart-${resource.id}` }, accumulator.references, []),
        )
        const { judgements, onlyChart } = reconcile({
          payerBase: base,
          payerRecords: records,
          payerReferences: accumulator.references,
          chartRecords,
          chartReferences: accumulator.references,
          chartRead: new Set<string>(HISTORY_TYPES),
        })
        for (const { key } of records) expect(judgements.get(key)?.reason).toMatch(/\w/)
        // The chart has this half: what is compared at all is found there. Two visits without a time are not taken for one.
        const alone = half.flatMap(({ key }) => {
          const judgement = judgements.get(key)
          return judgement?.verdict === 'only-payer' ? [judgement.reason] : []
        })
        expect(
          alone.filter((reason) => !/no counterpart|not compared|visit at this time/.test(reason)),
        ).toEqual([])
        expect(onlyChart.every((each) => chartRecords.includes(each))).toBe(true)
      }
    })

    it('is grouped into events, each record in one', () => {
      for (const { accumulator, records } of all) {
        const keys = historyEvents(records, accumulator.references).flatMap(({ members }) =>
          members.map(({ record }) => record.key),
        )
        expect(keys.toSorted()).toEqual(records.map(({ key }) => key).toSorted())
      }
    })

    it.each(PROFILES)('is planned for the EHR profile %s, with valid entries', (profile) => {
      for (const { patientId, accumulator, records } of all) {
        const plan = planWrite(records, capability, contextOf(patientId, accumulator), ehrProfile(profile))
        expect(plan.records.map(({ record }) => record.key)).toEqual(records.map(({ key }) => key))
        for (const { entry } of some(plan.records, 60)) {
          if (entry === undefined) continue
          const { resource } = entry
          expect([resource.resourceType, resource.id, errorsOf(resource)]).toEqual([
            resource.resourceType,
            resource.id,
            [],
          ])
          expect(referencesOf(resource).filter((each) => !each.startsWith('#'))).toEqual([
            'Patient/chart-patient',
          ])
        }
      }
    })

    it('is kept in a document of every form', () => {
      for (const { patientId, accumulator, records } of all) {
        const chosen = some(records, 60)
        if (chosen.length === 0) continue
        const context = contextOf(patientId, accumulator)
        const document = chartDocument(chosen, context)
        const plain = renderText(document)
        for (const { display } of chosen) expect(flat(plain)).toContain(flat(display.what))
        expect(toAscii(plain).text).toMatch(/^[\n -~]*$/)
        expect(renderHtml(document)).toContain('</html>')
        expect(renderRtf(document)).toMatch(/}\s*$/)
        expect(renderPdf(document, fonts, 'letter').length).toBeGreaterThan(1_000)
        const bundle = documentBundle(chosen, document, 'ni:///sha-256;x', context)
        const urls = objects(bundle, 'entry').map((entry) => text(entry, 'fullUrl'))
        expect(new Set(urls).size).toBe(urls.length)
        expect(objects(bundle, 'entry').length).toBeGreaterThan(chosen.length)
        for (const record of some(chosen, 10))
          expect(errorsOf(provenanceEntry(record, 'Condition/1', context))).toEqual([])
      }
    })
  })
})

it.runIf(found.length === 0)('was not tried: there are no published examples beside this project', () => {
  expect(found).toEqual([])
})

/** Without what a renderer does to lay a text out. */
const flat = (words: string): string => words.replace(/\s+/g, '')

const isSameRecord = ({ resource }: HistoryRecord, other: FhirJson): boolean =>
  resource.resourceType === other.resourceType && resource.id === other.id

function referencesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(referencesOf))]
  if (!isObject(value)) return []
  const own = typeof value.reference === 'string' ? [value.reference] : []
  return [...new Set([...own, ...Object.values(value).flatMap(referencesOf)])]
}
