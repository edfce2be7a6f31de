import { act, render } from '@testing-library/react'
import type { ComponentProps } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import { readResponse } from '../../domain/crd/cds-response'
import { carriesCoverage, coverageAnswers } from '../../domain/crd/coverage-answer'
import type { FhirJson } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import { fakeClock } from '../asking/fake-clock'
import { type FakeWorld, fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import type { Answered } from '../asking/use-ask'
import GivenAnswer from './GivenAnswer'

/** Answers on screen without asking, for the tests of reading them. */
export const ACME: Payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: 'https://acme.example/fhir',
  authorization: 'open',
}

export const MRI: FhirJson = { resourceType: 'ServiceRequest', id: 'mri', code: { text: 'MRI' } }

const NOW = new Date(2026, 10, 20, 10, 32).getTime()

/** What a payer's JSON reads as, by the same steps as when it was asked. */
export function answerOf(response: unknown, orders: readonly FhirJson[], payer = ACME): PayerAnswer {
  const frame = {
    scenarioVersion: 1,
    payer,
    hookInstance: '5f0c1d2e-0000-4000-8000-000000000000',
    serviceId: 'order-sign-crd',
    askedAt: NOW - 800,
    endedAt: NOW,
    response,
  }
  const read = readResponse(response, payer.name)
  if (!read.ok) return { ...frame, kind: 'failed', problem: read.problem, serviceChanged: false }
  const { cards, systemActions, unreadable } = read.value
  const coverage = coverageAnswers(systemActions, { orders, coverage: 'Coverage/c1' })
  const otherActions = systemActions.filter((action) => !carriesCoverage(action))
  return { ...frame, kind: 'answered', coverage, cards, otherActions, unreadable }
}

export const answeredWith = (answer: PayerAnswer, orders: readonly FhirJson[] = [MRI]): Answered => ({
  question: { key: 'k', scenarioVersion: 1, title: 'MRI', lines: [] },
  answer,
  orders,
  scenario: { version: 1, patientId: 'p1', orders: [] },
})

type Props = Partial<ComponentProps<typeof GivenAnswer>>

/** One answer on screen, with all that stands around it. */
export async function showGiven(answered: Answered, props: Props = {}, world: Partial<FakeWorld> = {}) {
  const work = fakeWork(fakeWorld(fakeClock(NOW), world))
  const shown = render(
    <Shell work={work}>
      <GivenAnswer answered={answered} {...props} />
    </Shell>,
  )
  // Markdown and forms come in chunks of their own.
  await act(async () => undefined)
  return shown
}
