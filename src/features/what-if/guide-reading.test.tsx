// @vitest-environment jsdom
/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { examples, fromPackage, guides, isThere } from '../../domain/crd/guide-profiles.test-data'
import { at, list, text } from '../../domain/json'
import { answeredWith, answerOf, showGiven } from './given.test-data'

afterEach(cleanup)

const orders = [
  { resourceType: 'ServiceRequest', id: '2468', code: { text: 'Home oxygen, rental' } },
  { resourceType: 'ServiceRequest', id: 'idfromcontext', code: { text: 'Mammography' } },
  { resourceType: 'MedicationRequest', id: '1111', medicationCodeableConcept: { text: 'Diclofenac' } },
  { resourceType: 'MedicationRequest', id: '2222', medicationCodeableConcept: { text: 'OxyContin' } },
]

/** What no reader should meet: JSON, and what JavaScript makes of values that are none. */
const notWords = /\[object |undefined|\bNaN\b|\{\s*"|":\s*["{[]/

async function read(response: unknown): Promise<string> {
  const { container } = await showGiven(answeredWith(answerOf(response, orders), orders))
  const words = container.textContent ?? ''
  expect(words).not.toMatch(notWords)
  return words
}

const folder = '../shared/fixtures/crd-2.1.0'
const fixture = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))

describe.skipIf(!existsSync(folder))('the responses of the CRD 2.1.0 guide', () => {
  it.each(['CRDServiceResponse', 'CRDServiceResponse2'])(
    '%s: every card and suggestion in words',
    async (name) => {
      const response = fixture(name)
      const words = await read(response)
      for (const card of list(response, 'cards')) {
        expect(screen.getByRole('heading', { name: text(card, 'summary') ?? '' })).toBeTruthy()
        for (const suggestion of list(card, 'suggestions')) expect(words).toContain(text(suggestion, 'label'))
      }
    },
  )

  it('the coverage answer with its scope, condition, trace number, and the authorization flagged', async () => {
    const words = await read(fixture('CRDServiceResponse'))
    for (const said of [
      'Billed as 77065, 77066, 77067',
      'In-network required unless exigent circumstances',
      'Authorization needed out of network only: Yes (Out-of-network prior auth does not apply',
      'ServiceRequest/example2, which is not part of this question',
      'As of 15-Feb-2019',
      '12345ABC',
      'http://some-payer/xyz-sub-org/get-help-here.html',
      'do not use its number',
      'Authorization number (not valid for a what-if)Q8U119',
    ])
      expect(words).toContain(said)
  })

  it('the form, the coverage record and the app that is started from the chart', async () => {
    const words = await read(fixture('CRDServiceResponse2'))
    for (const said of [
      'Complete XYZ form for local retention',
      'Look at the form: http://example.org/Questionnaire/XYZ',
      'Would change a coverage record in the chart',
      'Member number192837',
      'In force01-Jan-2023 to 30-Nov-2023',
      'Open this from the chart',
      'Add monthly AST test for 1st 3 months',
    ])
      expect(words).toContain(said)
  })
})

const newest = guides[1] ?? ''
const packaged = (name: string): unknown => {
  const data = text(fromPackage(newest, `Binary-${name}.json`), 'data') ?? ''
  return JSON.parse(Buffer.from(data, 'base64').toString('utf8'))
}

describe.skipIf(!isThere(newest))('the responses of the CRD 2.2 guide', () => {
  it.each(['CRDServiceResponse', 'CRDServiceResponse2', 'CRDServiceResponse3'])('%s', async (name) => {
    const response = packaged(name)
    await read(response)
    for (const card of list(response, 'cards'))
      expect(screen.getByRole('heading', { name: text(card, 'summary') ?? '' })).toBeTruthy()
  })
})

describe.each(guides)('the examples of %s as what a payer proposes', (guide) => {
  it.skipIf(!isThere(guide))('are told in words, on a card and by system action', async () => {
    const all = examples(guide)
    expect(all.length).toBeGreaterThan(10)
    for (const resource of all) {
      const action = { type: 'create', resource, description: 'What it is for' }
      const suggestions = [{ label: 'Take it', actions: [action, { ...action, type: 'update' }] }]
      const cards = [{ summary: 'A proposal', indicator: 'info', source: { label: 'Acme' }, suggestions }]
      const words = await read({ cards, systemActions: [action] })
      expect(words, resource.resourceType).toContain('What it is for')
      expect(words.replaceAll(/https?:\S+/g, ''), resource.resourceType).not.toContain(
        `add ${resource.resourceType} in`,
      )
      cleanup()
    }
  })

  it.skipIf(!isThere(guide))('the annotated prescription: each part of the coverage answer', async () => {
    const annotated = fromPackage(guide, 'example/MedicationRequest-annotated-example.json')
    const words = await read({ systemActions: [{ type: 'update', resource: annotated }] })
    for (const extension of list(annotated, 'extension').flatMap((each) => list(each, 'extension'))) {
      const said =
        text(extension, 'valueString') ??
        text(extension, 'valueCanonical') ??
        text(extension, 'valueReference', 'reference')
      if (said !== undefined) expect(words).toContain(said)
      const code = text(extension, 'valueCode') ?? text(at(extension, 'valueCoding'), 'code')
      if (code !== undefined) expect(words).toContain(code)
    }
  })
})
