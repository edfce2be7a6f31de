import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsAbout } from '../fhir'
import { readProfile } from './extension-profile'
import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { checkOrder, isOrderType } from './order-content'
import type { PayerName } from './payer'
import { loadRules, type RuleBook } from './rules'
import {
  BEN,
  deviceRequest,
  hookRequest,
  JANE,
  JANE_AT,
  medicationRequest,
  serviceRequest,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'

const FAVOURED = {
  locationCode: [{ text: 'Office' }],
  performer: [{ reference: 'Practitioner/d-2' }],
  parameter: [{ valueCodeableConcept: { coding: [{ code: 'RR' }] } }],
}

/** What rules look at, in every way they can turn out. */
const CASES: Readonly<Record<string, JsonObject>> = {
  u: { locationCode: undefined, performer: undefined },
  f: FAVOURED,
  h: { locationCode: [{ coding: [{ code: '22' }] }], performer: [{ reference: 'Practitioner/d-2' }] },
  o: { performer: [{ display: 'Lakeside Home Medical' }, { display: 'Northside Hospital' }] },
  q: {
    quantityQuantity: { value: 500 },
    dispenseRequest: { quantity: { value: 500 } },
    parameter: [{ valueQuantity: { value: 500 } }],
  },
}

/** Draft orders for every code that the rules know, with nothing told and with all that could be asked. */
function everyOrder(book: RuleBook): readonly JsonObject[] {
  return book.rules.flatMap(({ match }) =>
    match.flatMap((key) => {
      const [system = '', code = ''] = key.split('|')
      const order =
        system === 'rxnorm' ? medicationRequest : /^[AEK]\d/.test(code) ? deviceRequest : serviceRequest
      const coded =
        order === serviceRequest ? { code: { coding: [{ system: book.systems[system]?.[0], code }] } } : {}
      return Object.entries(CASES).map(([name, more]) =>
        order(code, { ...coded, ...more, id: `${name}-${code}` }),
      )
    }),
  )
}

/** What is wrong with a resource as R4; the orders under test lay everything over every type, so what they bring along themselves is left out. */
const complaintsOf = (resource: JsonObject): readonly string[] => {
  const { quantityQuantity, dispenseRequest, parameter, locationCode, performer, ...rest } = resource
  return complaintsAbout({ ...rest, resourceType: String(resource.resourceType) }).map(
    ({ diagnostics }) => `${resource.resourceType}: ${diagnostics}`,
  )
}

describe.each([
  { name: 'acme' as PayerName, person: JANE, guide: '../shared/ig/davinci-crd-2.2.0-preview.tgz' },
  { name: 'borealis' as PayerName, person: BEN, guide: '../shared/ig/davinci-crd-2.0.1.tgz' },
  { name: 'delta' as PayerName, person: JANE_AT.delta, guide: '../shared/ig/davinci-crd-2.1.0.tgz' },
])('everything that $name can say', ({ name, person, guide }) => {
  let payer: RunningPayer
  let extensions: readonly JsonObject[]
  let cards: readonly JsonObject[]
  let systemActions: readonly JsonObject[]

  beforeAll(async () => {
    payer = await startPayer({ name, port: 0, app: 'http://app.example' })
    const book = loadRules(fileURLToPath(new URL(`../data/${name}`, import.meta.url)))
    const answers = [{ 'max-cards': 5000 }, { 'max-cards': 5000, 'unsolicited-determ': false }].map(
      async (configuration) => {
        const response = await fetch(`${payer.url}/cds-services/order-sign-crd`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(hookRequest(person, everyOrder(book), configuration)),
        })
        const answer: unknown = await response.json()
        expect(response.status, JSON.stringify(answer)).toBe(200)
        return answer
      },
    )
    const read = await Promise.all(answers)
    extensions = read.flatMap((answer) =>
      objectsIn(at(answer, 'systemActions'))
        .filter(({ type }) => type === 'update')
        .flatMap((a) => objectsIn(at(a, 'resource', 'extension'))),
    )
    systemActions = read.flatMap((answer) => objectsIn(at(answer, 'systemActions')))
    cards = read.flatMap((answer) => objectsIn(at(answer, 'cards')))
    expect(extensions.length).toBeGreaterThan(50)
  })

  afterAll(() => payer.close())

  it.skipIf(!existsSync(guide))('fits the published profile of coverage-information', () => {
    const profile = readProfile(guide)
    expect(new Set(extensions.flatMap((extension) => profile.complaints(extension)))).toEqual(new Set())
    // The check itself finds what is missing.
    const [first] = extensions
    const spoilt = { ...first, extension: objectsIn(first?.extension).filter(({ url }) => url !== 'date') }
    expect(profile.complaints(spoilt)).toEqual(['Extension.extension:date: there 0 times, not 1..1'])
  })

  it('keeps the invariants q1 to q9 in the meaning of their prose', () => {
    const broken = extensions.flatMap((extension) => {
      const parts = objectsIn(extension.extension)
      const values = (url: string) =>
        parts.filter((part) => part.url === url).map((part) => part.valueCode ?? true)
      const has = (url: string) => values(url).length > 0
      const all = parts.map((part) => part.valueCode)
      const rules: Readonly<Record<string, boolean>> = {
        q1: !has('questionnaire') || has('doc-needed'),
        q2: !values('covered').includes('not-covered') || !has('pa-needed'),
        q3: !all.includes('conditional') || has('info-needed'),
        q4:
          !['satisfied', 'no-auth'].some((code) => values('pa-needed').includes(code)) ||
          !values('doc-purpose').includes('withpa'),
        q5: values('pa-needed').includes('satisfied') === has('satisfied-pa-id'),
        q6: !values('info-needed').includes('OTH') || has('reason'),
        q7: parts
          .filter((part) => part.url === 'reason')
          .every((part) => textOf(at(part, 'valueCodeableConcept', 'text'))),
        q8: !values('doc-purpose').includes('OTH') || has('reason'),
        q9: !all.includes('indeterminate') || has('reason'),
      }
      return Object.entries(rules).flatMap(([rule, kept]) =>
        kept ? [] : [`${rule}: ${JSON.stringify(parts)}`],
      )
    })
    expect(broken).toEqual([])
  })

  it('gives every assertion and every card an id of its own', () => {
    const ids = extensions.flatMap((e) =>
      objectsIn(e.extension)
        .filter(({ url }) => url === 'coverage-assertion-id')
        .map((p) => p.valueString),
    )
    expect(ids).toHaveLength(extensions.length)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(cards.map(({ uuid }) => uuid)).size).toBe(cards.length)
  })

  it('sends cards of the shapes that CRD knows', () => {
    for (const card of cards) {
      expect(String(card.summary).length).toBeLessThan(140)
      expect(['info', 'warning', 'critical']).toContain(card.indicator)
      expect(textOf(at(card, 'source', 'label'))).toBeDefined()
      expect(textOf(at(card, 'source', 'topic', 'code'))).toBeDefined()
      const [links, suggestions] = [objectsIn(card.links), objectsIn(card.suggestions)]
      // External reference, instructions, or alternate: never two of them in one card.
      expect(links.length > 0 ? suggestions.length === 0 : textOf(card.detail) !== undefined).toBe(true)
      for (const { type, url, appContext } of links) {
        if (type === 'smart')
          expect([url, textOf(appContext) !== undefined]).toEqual(['http://app.example/', true])
        else expect([type, String(url)]).toEqual(['absolute', expect.stringMatching(/^https:\/\//)])
      }
      for (const suggestion of suggestions) {
        expect(textOf(suggestion.uuid)).toBeDefined()
        const actions = objectsIn(suggestion.actions)
        // An update, a replacement, further orders, or a form with its task.
        expect(['update', 'delete,create', 'create', 'create,create']).toContain(
          actions.map(({ type }) => type).join(),
        )
        expect(actions.every(({ description }) => textOf(description))).toBe(true)
      }
    }
  })

  it('changes and creates only valid R4, and orders that it would take itself', () => {
    const created = [
      ...cards.flatMap((card) => objectsIn(card.suggestions)),
      { actions: systemActions },
    ].flatMap(({ actions }) =>
      objectsIn(actions).flatMap(({ resource }) => (isObject(resource) ? [resource] : [])),
    )
    expect(new Set(created.flatMap(complaintsOf))).toEqual(new Set())
    const orders = created.filter(({ resourceType }) => isOrderType(String(resourceType)))
    expect(orders.length).toBeGreaterThan(10)
    expect(orders.flatMap((order) => checkOrder(order, 'p-1')?.text ?? [])).toEqual([])
  })

  it('holds every form that it names', async () => {
    const named = new Set([
      ...extensions
        .flatMap((extension) => objectsIn(extension.extension))
        .flatMap(({ url, valueCanonical }) => (url === 'questionnaire' ? [String(valueCanonical)] : [])),
    ])
    const missing: string[] = []
    for (const canonical of named) {
      const id = canonical.replace(/^.*\/|\|.*$/g, '')
      const form: unknown = await (await fetch(`${payer.url}/fhir/Questionnaire/${id}`)).json()
      if (`${at(form, 'url')}|${at(form, 'version')}` !== canonical) missing.push(canonical)
    }
    expect(missing).toEqual([])
    expect(named.size).toBeGreaterThan(3)
  })
})
