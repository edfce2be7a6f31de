/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FhirJson, isObject, isResource, objects } from '../json'
import { groupCards } from './card-groups'
import { readResponse } from './cds-response'
import { compare, comparisonText } from './compare'
import { coverageAnswers } from './coverage-answer'
import { lint } from './lint'
import { readQuestionnaire } from './questionnaire'
import { questionnairesIn } from './questionnaire-source'
import { acme } from './samples.test-data'
import { applySuggestions } from './suggestion'

const folder = '../shared/fixtures/crd-2.1.0'
const isAbsent = !existsSync(folder)
const samples = isAbsent
  ? []
  : ['CRDServiceResponse', 'CRDServiceResponse2'].map(
      (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as unknown,
    )

const orders: readonly FhirJson[] = [
  ...['2468', 'idfromcontext'].map((id) => ({ resourceType: 'ServiceRequest', id })),
  ...['1111', '2222'].map((id) => ({ resourceType: 'MedicationRequest', id })),
]

/** One change somewhere in JSON: junk, nothing, the value twice, or a value from elsewhere in it. */
function mutate(json: unknown, picks: Iterator<number>, junk: unknown): void {
  const pick = (count: number): number => (picks.next().value ?? 0) % Math.max(count, 1)
  let here = json
  for (;;) {
    if (typeof here !== 'object' || here === null) return
    const holder = here as Record<string, unknown>
    const key = Object.keys(holder)[pick(Object.keys(holder).length)]
    if (key === undefined) return
    const child = holder[key]
    if (isContainer(child) && pick(4) !== 0) {
      here = child
      continue
    }
    const changes = [junk, null, [child, child], { [key]: child }, structuredClone(json)]
    holder[key] = changes[pick(changes.length)]
    return
  }
}

const isContainer = (value: unknown): boolean => isObject(value) || Array.isArray(value)

describe('reading the guide’s responses, mutated', () => {
  it.skipIf(isAbsent)('never throws and loses no card, whatever is broken in them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        fc.anything(),
        (sample, times, stream, junk) => {
          const json = structuredClone(sample)
          const picks = stream[Symbol.iterator]()
          for (let time = 0; time < times; time += 1) mutate(json, picks, junk)
          readAll(json)
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** Everything that is done with an answer between the wire and the screen. */
function readAll(json: unknown): void {
  lint(json, orders)
  const response = readResponse(json, 'Acme')
  if (!response.ok) return
  const { cards, systemActions, unreadable } = response.value
  const groups = groupCards([{ payerId: 'acme', payerName: 'Acme', cards }], orders)
  expect(groups.flatMap((group) => group.cards).flatMap((card) => card.copies)).toHaveLength(cards.length)
  const coverage = coverageAnswers(systemActions, { orders, coverage: 'Coverage/1' })
  const answer = { scenarioVersion: 1, payer: acme, askedAt: 0, endedAt: 1, kind: 'answered' as const }
  const variant = {
    key: 'x',
    label: 'x',
    orders,
    answers: [{ ...answer, coverage, cards, otherActions: [], unreadable }],
  }
  comparisonText(compare([variant, { ...variant, orders: [] }], String))
  let count = 0
  for (const card of cards)
    for (const { key, actions } of card.suggestions) {
      for (const form of questionnairesIn(actions)) readQuestionnaire(form)
      const outcome = applySuggestions(card, [key], {
        resources: orders,
        patientId: '123',
        fhirBase: 'http://example.org/fhir',
        newId: () => `new-${++count}`,
      })
      if (outcome.kind !== 'applied') continue
      expect(outcome.changes.length).toBeGreaterThan(0)
      expect(outcome.resources.every((each) => isResource(each) && each.id !== undefined)).toBe(true)
      for (const each of outcome.resources)
        expect(
          objects(each, 'extension').some((x) => String(x.url).includes('ext-coverage-information')),
        ).toBe(false)
    }
}
