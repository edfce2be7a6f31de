// @vitest-environment jsdom
/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PayerAnswer } from '../../domain/crd/ask'
import { groupCards } from '../../domain/crd/card-groups'
import { lint } from '../../domain/crd/lint'
import { type FhirJson, list } from '../../domain/json'
import { emptyForm } from './form-values'
import { ACME, answeredWith, answerOf, showGiven } from './given.test-data'
import { mutate, randomOf } from './reading-mutated.test-data'

const folder = '../shared/fixtures/crd-2.1.0'
const isAbsent = !existsSync(folder)
/** As if they were about the patient on screen, so that what they propose can go into the form. */
const ofThisPatient = (response: string): string =>
  response.replaceAll(/http:\/\/example\.org\/(?:someEHR\/)?fhir\/Patient\/123/g, 'Patient/p1')
const samples = isAbsent
  ? []
  : ['CRDServiceResponse', 'CRDServiceResponse2'].map((name) =>
      ofThisPatient(readFileSync(`${folder}/${name}.json`, 'utf8')),
    )

const orders: readonly FhirJson[] = [
  ...['2468', 'idfromcontext'].map((id) => ({ resourceType: 'ServiceRequest', id })),
  ...['1111', '2222'].map((id) => ({ resourceType: 'MedicationRequest', id })),
]

/** What is proposed is tried in the form too. */
const suggesting = {
  values: emptyForm('2026-11-20', () => 'draft-1'),
  facts: { version: 1, patientId: 'p1', reasons: [] },
  onUse: () => {},
}

const SEED = 20261121
const RUNS = 3000
/** Every so many-th is laid out on screen too. */
const SHOWN = 40

function* mutated(): Generator<readonly [run: number, response: unknown]> {
  const random = randomOf(SEED)
  for (let run = 0; run < RUNS; run += 1) {
    const response: unknown = JSON.parse(samples[run % samples.length] ?? '{}')
    const changes = 1 + Math.floor(random() * 5)
    for (let change = 0; change < changes; change += 1) mutate(response, random)
    yield [run, response]
  }
}

/** Each card is there, or told by its place as one that could not be read. */
function expectNothingLost(answer: PayerAnswer, response: unknown, run: number): void {
  if (answer.kind !== 'answered') return
  const sent = list(response, 'cards').length
  const untold = answer.unreadable.filter(({ path }) => /^cards\[\d+\]$/.test(path)).length
  expect(answer.cards.length + untold, `run ${run}`).toBe(sent)
  const groups = groupCards([{ payerId: ACME.id, payerName: ACME.name, cards: answer.cards }], orders)
  const copies = groups.flatMap((group) => group.cards).flatMap((merged) => merged.copies)
  expect(copies.length, `run ${run}`).toBe(answer.cards.length)
}

const shown = (root: HTMLElement, selector: string) => [...root.querySelectorAll(selector)]

async function expectSafeOnScreen(answer: PayerAnswer, run: number): Promise<void> {
  const { container } = await showGiven(answeredWith(answer, orders), { suggesting })
  expect(shown(container, 'script, img, iframe, object, embed, style, form'), `run ${run}`).toEqual([])
  for (const link of shown(container, '[href], [src], [action]')) {
    expect(link.getAttribute('href'), `run ${run}`).toMatch(/^https:\/\/|^http:\/\/localhost/)
    expect(link.getAttribute('rel')).toContain('noopener')
  }
  if (answer.kind !== 'answered') return
  const merged = groupCards([{ payerId: ACME.id, payerName: ACME.name, cards: answer.cards }], orders)
  const count = merged.reduce((sum, group) => sum + group.cards.length, 0)
  expect(shown(container, 'article h3').length, `run ${run}`).toBe(count)
  expect(container.textContent?.includes('could not be read'), `run ${run}`).toBe(
    answer.unreadable.length > 0,
  )
}

describe.skipIf(isAbsent)('thousands of broken answers', () => {
  beforeAll(() => import('./CardMarkdown').then(() => undefined))
  afterEach(cleanup)

  it('are read without a fault, lose no card in silence, and put nothing on screen that runs or fetches', async () => {
    // React tells here of keys that stand twice: then a part of the answer would be missing on screen.
    const complaints = vi.spyOn(console, 'error')
    let count = 0
    for (const [run, response] of mutated()) {
      const answer = answerOf(response, orders)
      expectNothingLost(answer, response, run)
      for (const each of lint(response, orders)) expect(each.sentence.length).toBeGreaterThan(10)
      if (run % SHOWN === 0) {
        await expectSafeOnScreen(answer, run)
        cleanup()
        count += 1
      }
    }
    expect(count).toBe(RUNS / SHOWN)
    expect(complaints.mock.calls).toEqual([])
  })
})
