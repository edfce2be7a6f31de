/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { isResource, objects, text } from '../json'
import { ok } from '../result'
import { serviceFor } from './adapter'
import { prepare } from './ask'
import { readResponse } from './cds-response'
import { coverageAnswers } from './coverage-answer'
import { readDiscovery } from './discovery'
import type { HookContext } from './hook-request'
import { resolvePrefetch } from './prefetch'
import { createPrefetchCache } from './prefetch-cache'
import { dependenciesOf, parseTemplate } from './prefetch-template'
import type { Question } from './question'
import { chart, coverage, fhirBase, mri, payerOf, scenario, worldOf } from './samples.test-data'

/** The CRD guide's own samples, with their known defects (crd-facts A9). */
const folder = '../shared/fixtures/crd-2.1.0'
const sample = (name: string): unknown =>
  JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as unknown
const isAbsent = !existsSync(folder)

describe('the CRD guide’s samples', () => {
  it.skipIf(isAbsent)('give a discovery with one service a hook, each template readable', () => {
    const discovery = readDiscovery(sample('CRDServices'), 'Acme')
    if (!discovery.ok) throw new Error('not readable')
    expect(discovery.value.unreadable).toBe(0)
    expect(discovery.value.services.map((service) => service.hook).sort()).toEqual([
      'appointment-book',
      'encounter-discharge',
      'encounter-start',
      'order-dispatch',
      'order-select',
      'order-sign',
    ])
    for (const service of discovery.value.services) {
      expect(service.configurationOptions.length).toBeGreaterThan(0)
      for (const template of Object.values(service.prefetch))
        expect(parseTemplate(template), template).toBeDefined()
    }
  })

  it.skipIf(isAbsent)('give templates that are answered for the sample’s own order', async () => {
    const discovery = readDiscovery(sample('CRDServices'), 'Acme')
    const service = discovery.ok ? serviceFor(discovery.value, 'order-sign') : undefined
    const request = sample('CRDServiceRequest2')
    const context = (request as { context: HookContext }).context
    const role: FhirJson = {
      resourceType: 'PractitionerRole',
      id: 'ABC',
      practitioner: { reference: 'Practitioner/dr1' },
      organization: { reference: 'Organization/org1' },
      location: [{ reference: 'Location/loc1' }],
    }
    const encounter = {
      resourceType: 'Encounter',
      id: '987',
      location: [{ location: { reference: 'Location/loc2' } }],
    }
    const ehr = chart([{ resourceType: 'Patient', id: '123' }, encounter, role])
    const base = 'http://example.org/someEHR/fhir'
    const { provenance } = await resolvePrefetch({
      templates: service?.prefetch ?? {},
      context,
      coverage: { ...coverage, beneficiary: { reference: 'Patient/123' } },
      fhirBase: base,
      today: '2026-11-20',
      cache: createPrefetchCache(ehr),
      fhirPath: { evaluate: () => Promise.reject(new Error('the engine is not needed for these')) },
    })
    expect(provenance.filter((each) => each.outcome === 'left-out')).toEqual([])
    expect(ehr.calls).toContain('Practitioner?_id=dr1')
    expect(ehr.calls).toContain('Organization?_id=org1')
    // The sample’s "locations" ask for Practitioner, its token is a broken union.
    expect(ehr.calls).toContain('Practitioner?_id=loc2,loc1')
    expect(
      service?.prefetch.organizations &&
        dependenciesOf(parseTemplate(service.prefetch.organizations) ?? { kind: 'read', path: [] }),
    ).toEqual(['encounter'])
  })

  const visit = {
    id: 'e1',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: '' },
    type: mri.coding,
    start: '2026-12-01',
    reasons: [],
    billing: [],
  }
  const appointment = {
    id: 'a1',
    serviceType: [],
    time: { kind: 'between', start: '2026-12-01', end: '2026-12-05' },
    performers: [{ reference: 'Practitioner/dr1', display: '' }],
    reasons: [],
    basedOn: ['draft-1'],
    billing: [],
    patientPays: false,
  } as const
  const questions: readonly (readonly [Question, string])[] = [
    [{ hook: 'order-sign' }, 'ready'],
    [{ hook: 'order-select', selections: ['draft-1'] }, 'ready'],
    [{ hook: 'appointment-book', appointments: [appointment] }, 'ready'],
    [{ hook: 'encounter-start', encounter: { kind: 'hypothetical', encounter: visit } }, 'ready'],
    [{ hook: 'encounter-discharge', encounter: { kind: 'real', id: 'e9' } }, 'ready'],
    // Its templates look for whole orders where the context has references: a hypothetical order cannot get there.
    [
      { hook: 'order-dispatch', existing: [], performer: { reference: 'Organization/org1', display: '' } },
      'not-asked-for',
    ],
  ]
  it.skipIf(isAbsent).each(questions)(
    'let a question of every hook be asked: %j',
    async (question, outcome) => {
      const cds = payerOf(async () => ok({ cards: [] }))
      cds.discover = async () => readDiscovery(sample('CRDServices'), 'Acme')
      const preparation = await prepare({ ...scenario, question }, worldOf({ cds }))
      if (preparation.kind === 'not-ready')
        return expect(preparation.answer).toMatchObject({ kind: 'refused', rule: outcome })
      expect(preparation.kind).toBe(outcome)
      expect(preparation.adapter.version).toBe('2.1')
      expect(preparation.disclosure.leftOut.filter((each) => each.why.includes('could not be read'))).toEqual(
        [],
      )
    },
  )

  it.skipIf(isAbsent).each(['CRDServiceResponse', 'CRDServiceResponse2'])('read wholly: %s', (name) => {
    const json = sample(name)
    const response = readResponse(json, 'Acme')
    if (!response.ok) throw new Error('not readable')
    expect(response.value.cards).toHaveLength(objects(json, 'cards').length)
    const suggestions = response.value.cards.flatMap((card) => card.suggestions)
    expect(suggestions).toHaveLength(
      objects(json, 'cards').flatMap((card) => objects(card, 'suggestions')).length,
    )
    expect(response.value.unreadable).toEqual([])
  })

  it.skipIf(isAbsent)('give a coverage answer with its scope, and warnings for what is odd in it', () => {
    const response = readResponse(sample('CRDServiceResponse'), 'Acme')
    if (!response.ok) throw new Error('not readable')
    const [answer, ...others] = coverageAnswers(response.value.systemActions, {
      orders: [],
      coverage: 'Coverage/example',
    })
    expect(others).toEqual([])
    expect(answer).toMatchObject({
      verdict: { kind: 'covered' },
      priorAuthorization: { code: 'satisfied' },
      satisfiedPaId: 'Q8U119',
      assertionId: '12345ABC',
      asOf: '2019-02-15',
      isAsked: false,
    })
    expect(answer?.billingCodes.map((code) => code.code)).toEqual(['77065', '77066', '77067'])
    expect(answer?.notices).toHaveLength(2)
    expect(answer?.contacts).toEqual([
      { system: 'url', value: 'http://some-payer/xyz-sub-org/get-help-here.html' },
    ])
  })

  it.skipIf(isAbsent)('never make the parser throw, whatever is broken in them', () => {
    const names = ['CRDServiceResponse', 'CRDServiceResponse2', 'CRDServices'].map(sample)
    const orders = names
      .flatMap((json) => objects(json, 'systemActions'))
      .flatMap((action) => (isResource(action.resource) ? [action.resource] : []))
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.infiniteStream(fc.nat()),
        fc.anything(),
        (json, picks, junk) => {
          const broken = mutate(structuredClone(json), picks[Symbol.iterator](), junk)
          readDiscovery(broken, 'x')
          const response = readResponse(broken, 'x')
          if (response.ok)
            for (const answer of coverageAnswers(response.value.systemActions, {
              orders,
              coverage: fhirBase,
            }))
              expect(text(answer.lines[0], 'id')).toBe('covered')
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** Puts something else in a random place of JSON. */
function mutate(json: unknown, picks: Iterator<number>, junk: unknown): unknown {
  const pick = (count: number): number => (picks.next().value ?? 0) % count
  let here = json
  for (;;) {
    if (typeof here !== 'object' || here === null) return json
    const holder = here as Record<string, unknown>
    const keys = Object.keys(holder)
    const key = keys[pick(Math.max(keys.length, 1))]
    if (key === undefined) return json
    const child = holder[key]
    if (typeof child !== 'object' || child === null || pick(4) === 0) {
      holder[key] = junk
      return json
    }
    here = child
  }
}
