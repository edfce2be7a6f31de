import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json'
import { type CoverageSummary, chooseCoverage } from './coverage'
import { approve, type GuardInput, guardRules } from './guard'
import { hookRequest, orderSignContext } from './hook-request'
import { acme, coverage, fhirBase, mri, organization, patient, scenario, service } from './samples.test-data'

const frame = {
  session: { fhirBase, fhirUser: 'Practitioner/dr1' },
  coverageId: 'cov1',
  authoredOn: '2026-11-20T12:00:00Z',
}

function chosen(): CoverageSummary {
  const choice = chooseCoverage({
    patientId: 'p1',
    fhirBase,
    coverages: [coverage],
    organizations: [organization],
    payers: [acme],
    dates: ['2026-11-20'],
  })
  if (choice.kind !== 'chosen') throw new Error('no coverage')
  return choice.coverage
}

function request(prefetch: JsonObject = { patient }): JsonObject {
  const context = orderSignContext(scenario, frame)
  if (!context.ok) throw new Error('no context')
  return hookRequest('00000000-0000-4000-8000-000000000001', frame, context.value, prefetch, service)
}

const input = (over: Partial<GuardInput> = {}): GuardInput => ({
  json: request(),
  payer: acme,
  payers: [acme],
  service,
  discovery: { services: [service], unreadable: 0 },
  coverage: chosen(),
  scenario,
  session: { patientId: 'p1', fhirBase },
  maxRequestBytes: 100_000,
  ...over,
})

/** A copy of the request with one thing changed. */
function changed(path: readonly (string | number)[], value: unknown): JsonObject {
  const copy = structuredClone(request()) as Record<string | number, unknown>
  let here = copy
  for (const step of path.slice(0, -1)) here = here[step] as Record<string | number, unknown>
  here[path.at(-1) ?? ''] = value
  return copy as JsonObject
}

const draft = ['context', 'draftOrders', 'entry', 0, 'resource'] as const
const observation = (reference: string) => ({ resourceType: 'Observation', id: 'o1', subject: { reference } })
const relative = (over: object) => request({ coverage: { ...coverage, ...over } })

describe('the guard', () => {
  it('lets a proper request through, and sends to the letter what it judged', () => {
    const result = approve(input())
    expect(result.ok && JSON.parse(result.value.body)).toEqual(input().json)
    // Without white space that means nothing (CRD found-40).
    expect(result.ok && result.value.body).toBe(JSON.stringify(input().json))
  })

  const broken: readonly (readonly [string, string, Partial<GuardInput>])[] = [
    [
      'another address than the directory’s',
      'endpoint',
      { payer: { ...acme, cdsBase: 'https://evil.example' } },
    ],
    ['a payer that is not in the directory', 'endpoint', { payers: [] }],
    ['a service that discovery does not list', 'endpoint', { discovery: { services: [], unreadable: 0 } }],
    ['another hook', 'endpoint', { json: changed(['hook'], 'patient-view') }],
    ['a request without hookInstance', 'endpoint', { json: changed(['hookInstance'], '') }],
    ['a coverage that has ended', 'one-coverage', { coverage: { ...chosen(), isActive: false } }],
    [
      'a coverage of another payer',
      'one-coverage',
      { coverage: { ...chosen(), payer: { ...acme, id: 'other' } } },
    ],
    ['a second coverage in prefetch', 'one-coverage', { json: relative({ id: 'cov2' }) }],
    [
      'an order for another coverage',
      'one-coverage',
      { json: changed([...draft, 'insurance'], [{ reference: 'Coverage/x' }]) },
    ],
    [
      'another coverage named besides',
      'one-coverage',
      { json: changed(['extension', 'coverage'], 'Coverage/cov2') },
    ],
    ['another patient in the context', 'one-patient', { json: changed(['context', 'patientId'], 'p2') }],
    ['another patient in the session', 'one-patient', { session: { patientId: 'p2', fhirBase } }],
    [
      'an order for another patient',
      'one-patient',
      { json: changed([...draft, 'subject'], { reference: 'Patient/p2' }) },
    ],
    ['another patient’s resource', 'one-patient', { json: request({ patient: { ...patient, id: 'p2' } }) }],
    [
      'another patient’s observation',
      'one-patient',
      { json: request({ patient: observation('Patient/p2') }) },
    ],
    [
      'the same id on another server',
      'one-patient',
      { json: request({ patient: observation('https://other.example/Patient/p1') }) },
    ],
    ['a conditional reference', 'one-patient', { json: request({ patient: observation('Patient?name=x') }) }],
    [
      'a coverage of another beneficiary',
      'one-patient',
      { json: relative({ beneficiary: { reference: 'Patient/p2' } }) },
    ],
    ['an active order', 'drafts-only', { json: changed([...draft, 'status'], 'active') }],
    ['an order without id', 'drafts-only', { json: changed([...draft, 'id'], undefined) }],
    ['no order', 'drafts-only', { json: changed(['context', 'draftOrders', 'entry'], []) }],
    [
      'an entry without fullUrl',
      'drafts-only',
      { json: changed(['context', 'draftOrders', 'entry', 0, 'fullUrl'], undefined) },
    ],
    ['no what-if flag', 'what-if', { json: changed(['extension'], {}) }],
    [
      'a what-if flag that allows',
      'what-if',
      { json: changed(['extension'], { 'davinci-crd.configuration': { 'unsolicited-determ': true } }) },
    ],
    ['prefetch nobody asked for', 'asked-for-only', { json: request({ allergies: null }) }],
    ['fhirAuthorization', 'no-token', { json: { ...request(), fhirAuthorization: {} } }],
    ['a bearer token', 'no-token', { json: changed(['context', 'x'], 'Bearer abc') }],
    ['a JWT', 'no-token', { json: changed(['context', 'x'], 'eyJhbGciOi.eyJzdWIi.c2ln') }],
    ['a known secret', 'no-token', { json: changed(['context', 'x'], 'a s3cr3t b'), secrets: ['s3cr3t'] }],
    [
      'an order the patient pays for',
      'patient-pays',
      { scenario: { ...scenario, orders: [{ ...mri, patientPays: true }] } },
    ],
    ['more bytes than allowed', 'size', { maxRequestBytes: 100 }],
  ]
  it.each(broken)('stops %s', (_what, rule, over) => {
    const result = approve(input(over))
    expect(result).toMatchObject({ ok: false, problem: { kind: 'refused', rule } })
    expect(!result.ok && result.problem.kind === 'refused' && result.problem.message).toBe(
      guardRules.find((each) => each.id === rule)?.sentence,
    )
  })

  it.each([
    [
      'a parent’s plan',
      relative({
        subscriber: { reference: 'Patient/parent' },
        policyHolder: { reference: 'Patient/parent' },
      }),
    ],
    [
      'an absolute reference to the same patient',
      request({ patient: observation(`${fhirBase}/Patient/p1`) }),
    ],
    ['a versioned reference to the same patient', request({ patient: observation('Patient/p1/_history/2') })],
    [
      'an earlier record of the same person',
      request({ patient: { ...patient, link: [{ other: { reference: 'Patient/old' } }] } }),
    ],
  ])('lets %s through', (_what, json) => {
    expect(approve(input({ json })).ok).toBe(true)
  })

  it('counts bytes, not characters', () => {
    const json = changed([...draft, 'code'], { text: 'ż'.repeat(500) })
    const size = JSON.stringify(json).length
    expect(approve(input({ json, maxRequestBytes: size + 100 })).ok).toBe(false)
  })

  it('has no rule without a test', () => {
    const tested = new Set(broken.map(([, rule]) => rule))
    expect(guardRules.filter((rule) => !tested.has(rule.id))).toEqual([])
  })
})
