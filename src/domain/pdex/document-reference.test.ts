import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { noReferences, referenceSet } from '../fhir/references'
import { at, type FhirJson, list, text } from '../json'
import { fail, ok } from '../result'
import { chartDocument } from './chart-document'
import { documentBundle } from './document-bundle'
import { documentIdentifier } from './document-identifier'
import { type DocumentOrder, documentReference } from './document-reference'
import { ehrProfile } from './ehr-profiles'
import { historyRecord } from './record'
import { sourceUrl, versionUrl } from './source-identifier'
import type { WriteContext } from './write-plan'

const base = 'https://payer.example/fhir'
const references = referenceSet(base)
references.add({ resourceType: 'Organization', id: 'o', name: 'Pharmacy' })
references.add({ resourceType: 'Condition', id: 'not-chosen' })
const context: WriteContext = {
  member: {
    payer: { id: 'acme', name: 'Acme Health', identifiers: [], authorization: 'open' },
    patient: { resourceType: 'Patient', id: 'm1' },
    patientId: 'm1',
    identifier: { system: 'urn:m', value: 'M1' },
  },
  payerBase: base,
  references,
  patient: {
    resourceType: 'Patient',
    id: 'chart',
    name: [{ family: 'Roe', given: ['Jane'] }],
    birthDate: '1965-07-14',
    gender: 'female',
    identifier: [{ type: { coding: [{ code: 'MR' }] }, value: '0045' }],
  },
  patientId: 'chart',
  ehrName: 'Lakeside EHR',
  ehrBase: 'https://ehr.example/fhir',
  fhirUser: 'Practitioner/7',
  user: { resourceType: 'Practitioner', id: '7', name: [{ family: 'Grey', given: ['Ana'] }] },
  madeAt: '2026-11-20T10:32:00-05:00',
}
const provenance: FhirJson = {
  resourceType: 'Provenance',
  id: 'pv',
  target: [{ reference: 'Condition/c' }, { reference: 'Condition/not-chosen' }],
  recorded: '2024-01-01T00:00:00Z',
  agent: [{ who: { reference: 'Organization/o' } }],
}
const record = (resource: FhirJson) => historyRecord('acme', resource, references, [provenance])
const subject = { reference: 'Patient/m1' }
const records = [
  record({
    resourceType: 'Condition',
    id: 'c',
    meta: { versionId: '1', security: [{ system: 'urn:s', code: 'R' }] },
    subject,
    code: { text: 'A <b> & "c"' },
    evidence: [{ detail: [{ reference: 'Condition/not-chosen' }] }],
  }),
  record({
    resourceType: 'MedicationDispense',
    id: 'd',
    meta: { versionId: '1' },
    status: 'completed',
    subject,
    medicationCodeableConcept: { coding: [{ code: '1' }] },
    performer: [{ actor: { reference: 'Organization/o' } }],
  }),
]
const digest = async (algorithm: 'SHA-256' | 'SHA-1', bytes: Uint8Array): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)))))
const pdfBytes = new Uint8Array(100_000).fill(65)
const clock = {
  after: (_ms: number, run: () => void) => {
    queueMicrotask(run)
    return () => undefined
  },
}
const ports = { clock, digest, pdf: { render: () => Promise.resolve(ok(pdfBytes)) } }
const bytesOf = (data: string | undefined) => Uint8Array.from(atob(data ?? ''), (c) => c.charCodeAt(0))

const order: DocumentOrder = {
  records,
  identifier: 'ni:///sha-256;abc',
  form: 'bundle-pdf',
  context,
  release: 'R4',
  profile: ehrProfile('generic'),
}

async function attached(changes: Partial<DocumentOrder> = {}): Promise<FhirJson> {
  const made = await documentReference({ ...order, ...changes }, ports)
  if (!made.ok) throw new Error('not made')
  return made.value
}

describe('documentReference', () => {
  it('holds the FHIR document and its PDF, with true size and hash', async () => {
    const resource = await attached()
    const { messages } = new Fhir().validate(resource, { errorOnUnexpected: true })
    expect(messages.filter((m) => m.severity === 'error' || m.severity === 'fatal')).toEqual([])
    expect(resource).toMatchObject({
      status: 'current',
      docStatus: 'final',
      type: { coding: [{ code: '34133-9' }] },
      subject: { reference: 'Patient/chart' },
      author: [{ reference: 'Practitioner/7' }],
      description: 'Outside records, not verified: 2 from Acme Health',
      securityLabel: [{ coding: [{ system: 'urn:s', code: 'R' }] }],
    })
    expect(list(resource, 'content').map((c) => text(c, 'attachment', 'contentType'))).toEqual([
      'application/fhir+json',
      'application/pdf',
    ])
    for (const content of list(resource, 'content')) {
      const bytes = bytesOf(text(content, 'attachment', 'data'))
      expect(at(content, 'attachment', 'size')).toBe(bytes.byteLength)
      expect(at(content, 'attachment', 'hash')).toBe(await digest('SHA-1', bytes))
    }
    expect(bytesOf(text(resource, 'content', 1, 'attachment', 'data'))).toEqual(pdfBytes)
  })

  it('carries the records as the payer sent them, with what explains them and nothing that was not chosen', async () => {
    const data = text(await attached(), 'content', 0, 'attachment', 'data')
    const bundle: unknown = JSON.parse(new TextDecoder().decode(bytesOf(data)))
    expect(at(bundle, 'type')).toBe('document')
    expect(list(bundle, 'entry').map((e) => text(e, 'resource', 'resourceType'))).toEqual([
      'Composition',
      'Patient',
      'Practitioner',
      'Condition',
      'Provenance',
      'MedicationDispense',
      'Organization',
      'Provenance',
    ])
    expect(JSON.stringify(at(bundle, 'entry', 0))).toContain(
      'A &lt;b&gt; &amp; \\"c\\"'.replace(/\\"/g, '&quot;'),
    )
    expect(at(bundle, 'entry', 3, 'resource')).toEqual(records[0]?.resource)
  })

  it('says in a Provenance of its own who passed the records on, who chose them, and with what', async () => {
    const data = text(await attached(), 'content', 0, 'attachment', 'data')
    const bundle: unknown = JSON.parse(new TextDecoder().decode(bytesOf(data)))
    const urls = list(bundle, 'entry').map((e) => text(e, 'fullUrl'))
    const provenance = at(bundle, 'entry', urls.length - 1, 'resource')
    const targets = list(provenance, 'target').map((target) => text(target, 'reference'))
    expect(targets).toEqual([urls[0], ...records.map((r) => sourceUrl(context.payerBase, r.resource))])
    expect(targets.every((target) => urls.includes(target))).toBe(true)
    const roles = list(provenance, 'agent').map((agent) => [
      text(agent, 'type', 'coding', 0, 'code'),
      text(agent, 'who', 'display'),
    ])
    expect(roles).toEqual([
      ['author', 'Acme Health'],
      ['transmitter', 'Acme Health'],
      ['enterer', 'Ana Grey'],
      ['assembler', 'Beforehand'],
    ])
    expect(urls).toContain(text(provenance, 'agent', 2, 'who', 'reference'))
  })

  it('names the records in it, in their versions, where the EHR keeps that, and not where it may refuse it', async () => {
    const named = (resource: unknown) =>
      list(resource, 'context', 'related').map((related) => text(related, 'identifier', 'value'))
    for (const release of ['DSTU2', 'STU3', 'R4'] as const)
      expect(named(await attached({ release, form: 'pdf' }))).toEqual(
        records.map((r) => versionUrl(context.payerBase, r.resource)),
      )
    expect(named(await attached({ form: 'bundle' }))).toEqual([])
    expect(named(await attached({ profile: ehrProfile('oracle') }))).toEqual([])
  })

  it('carries a bill without what was charged and paid', () => {
    const bill = record({
      resourceType: 'ExplanationOfBenefit',
      id: 'e',
      meta: { versionId: '1' },
      patient: subject,
      item: [{ productOrService: { text: 'CPAP' }, net: { value: 310, currency: 'USD' } }],
      total: [{ category: { text: 'Paid' }, amount: { value: 42, currency: 'USD' } }],
    })
    const document = chartDocument([bill], context)
    const bundle = JSON.stringify(documentBundle([bill], document, 'urn:uuid:1', context))
    expect(bundle).toContain('CPAP')
    expect(bundle).not.toMatch(/310|42,|USD/)
  })

  it('has the elements of each release where they belong', async () => {
    const needy = ehrProfile({
      like: 'generic',
      needs: ['author', 'authenticator', 'encounter', 'period-end'],
    })
    const inVisit = { ...context, encounterId: 'e1' }
    const of = (release: DocumentOrder['release']) =>
      attached({ release, profile: needy, context: inVisit, form: 'pdf' })
    const [dstu2, stu3, r4] = await Promise.all([of('DSTU2'), of('STU3'), of('R4')])
    const madeAt = '2026-11-20T10:32:00-05:00'
    for (const older of [dstu2, stu3]) {
      expect(older).toMatchObject({
        indexed: madeAt,
        created: madeAt,
        type: { coding: [{ code: '34133-9' }] },
      })
      expect(older).not.toHaveProperty('date')
      expect(older).not.toHaveProperty('category')
      expect(at(older, 'context', 'encounter')).toEqual({ reference: 'Encounter/e1' })
    }
    expect(at(dstu2, 'docStatus', 'coding', 0, 'code')).toBe('final')
    expect(Array.isArray(at(dstu2, 'content', 0, 'format'))).toBe(true)
    expect(stu3.docStatus).toBe('final')
    expect(at(stu3, 'content', 0, 'format', 'code')).toBe('urn:ihe:iti:xds:2017:mimeTypeSufficient')
    expect(r4).toMatchObject({
      date: madeAt,
      context: { encounter: [{ reference: 'Encounter/e1' }], period: { end: madeAt } },
      authenticator: { reference: 'Practitioner/7' },
    })
    expect(r4).not.toHaveProperty('indexed')
    const { messages } = new Fhir().validate(r4, { errorOnUnexpected: true })
    expect(messages.filter((m) => m.severity === 'error' || m.severity === 'fatal')).toEqual([])
  })

  it.each([
    ['html', 'text/html;charset=utf-8', /<h1>Outside records from Acme Health/],
    ['xhtml', 'application/xhtml+xml;charset=utf-8', /^<\?xml/],
    ['text', 'text/plain;charset=utf-8', /^Outside records from Acme Health\n/],
    ['rtf', 'text/rtf', /^\{\\rtf1/],
  ] as const)('holds %s alone, under its own content type', async (form, type, content) => {
    const resource = await attached({ form })
    expect(list(resource, 'content')).toHaveLength(1)
    expect(text(resource, 'content', 0, 'attachment', 'contentType')).toBe(type)
    const data = bytesOf(text(resource, 'content', 0, 'attachment', 'data'))
    expect(new TextDecoder().decode(data)).toMatch(content)
  })

  it('as the FHIR document beside a PDF refers to it, under a name of its own', async () => {
    const resource = await attached({ form: 'bundle', beside: 'DocumentReference/9' })
    expect(resource).toMatchObject({
      identifier: [{ value: 'ni:///sha-256;abc?ct=application/fhir+json' }],
      relatesTo: [{ code: 'transforms', target: { reference: 'DocumentReference/9' } }],
    })
  })

  it('is not made where it is larger than this EHR takes', async () => {
    const profile = ehrProfile({ like: 'generic', maxBytes: 20_000 })
    expect(await documentReference({ ...order, profile }, ports)).toMatchObject({
      ok: false,
      problem: { kind: 'http', status: 413 },
    })
  })

  it('is not made where the PDF cannot be', async () => {
    const problem = { kind: 'timeout', server: 'The print service', afterMs: 1 } as const
    const broken = { clock, digest, pdf: { render: () => Promise.resolve(fail(problem)) } }
    expect(await documentReference(order, broken)).toEqual({ ok: false, problem })
  })
})

describe('documentIdentifier', () => {
  it('is the same for the same records in any order at any time, and another for other versions', async () => {
    const name = await documentIdentifier(records, context, digest)
    expect(name).toMatch(/^ni:\/\/\/sha-256;[A-Za-z0-9_-]{43}$/)
    const later = { ...context, madeAt: '2030-01-01T00:00:00Z' }
    expect(await documentIdentifier([...records].reverse(), later, digest)).toBe(name)
    const [first, ...rest] = records
    const changed = record({ ...(first?.resource ?? { resourceType: '' }), meta: { versionId: '2' } })
    expect(await documentIdentifier([changed, ...rest], context, digest)).not.toBe(name)
  })
})

describe('chartDocument', () => {
  it('says whose, from whom, and how far to trust it', () => {
    const document = chartDocument(records, context)
    expect(document.patient).toEqual({
      name: 'Roe, Jane',
      born: '14-Jul-1965',
      gender: 'Female',
      identifier: 'MRN 0045',
    })
    expect(document.facts).toContainEqual({ label: 'Chosen by', value: 'Ana Grey' })
    expect(document.sections.map((s) => s.title)).toEqual(['Problems', 'Medicines'])
    expect(document.sections[1]?.rows).toEqual([
      [
        expect.stringContaining('1'),
        '1',
        'Not known',
        'Pharmacy',
        'completed',
        expect.stringMatching(
          /^Kind of source not stated; recorded by: not stated; passed on by Acme Health/,
        ),
      ],
    ])
    expect(document.notices).toContain('A prescription or a fill is not proof of current use.')
  })

  it('names a patient in both scripts, so that a font without the one still has the other', () => {
    const name = [{ text: '王伟', use: 'official' }, { text: 'Wei Zhang' }]
    const document = chartDocument([], { ...context, patient: { ...context.patient, name } })
    expect(document.patient.name).toBe('王伟 (Wei Zhang)')
  })

  it('reads well where nothing is known', () => {
    const bare = { ...context, patient: { resourceType: 'Patient' }, references: noReferences }
    expect(chartDocument([], bare).patient).toEqual({
      name: 'Not known',
      born: 'Not known',
      gender: 'Not known',
      identifier: 'Not known',
    })
  })
})
