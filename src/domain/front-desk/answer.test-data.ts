import type { AnswerFrame, PayerAnswer } from '../crd/ask'
import { readResponse } from '../crd/cds-response'
import { carriesCoverage, coverageAnswers } from '../crd/coverage-answer'
import type { FhirJson, JsonObject } from '../json'
import { type FrontDeskAnswer, frontDeskAnswer } from './answer'
import { inWords, type Phrase } from './phrases'
import { en } from './words/en'

const ACME = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  authorization: 'open',
  phone: '800 555 0142',
} as const
export const FRAME: AnswerFrame = {
  scenarioVersion: 1,
  payer: ACME,
  hookInstance: 'h',
  askedAt: 1,
  endedAt: 2,
}
const VISIT: FhirJson = { resourceType: 'Appointment', id: 'a1', status: 'proposed' }
/** A Friday, and the Friday after it. */
export const ABOUT = { today: '2026-11-20', date: '2026-11-27' }

export const code = (url: string, valueCode: string): JsonObject => ({ url, valueCode })
/** One coverage-information extension of these parts. */
export const extension = (...parts: readonly JsonObject[]): JsonObject => ({
  url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
  extension: [{ url: 'coverage', valueReference: { reference: 'Coverage/c1' } }, ...parts],
})

/** An answer with these coverage-information extensions and cards, read as one that came. */
export function answered(
  extensions: readonly JsonObject[],
  cards: readonly JsonObject[] = [],
  kind: 'answered' | 'undecided' = 'answered',
): PayerAnswer {
  const systemActions =
    extensions.length === 0
      ? []
      : [{ type: 'update', description: 'Coverage', resource: { ...VISIT, extension: extensions } }]
  const response = readResponse({ cards, systemActions }, 'Acme Health')
  if (!response.ok) throw new Error('the test’s own response cannot be read')
  const { systemActions: actions, unreadable, cards: read } = response.value
  return {
    ...FRAME,
    kind,
    cards: read,
    unreadable,
    coverage: coverageAnswers(actions, { orders: [VISIT], coverage: 'Coverage/c1' }),
    otherActions: actions.filter((action) => !carriesCoverage(action)),
  }
}

export const read = (answer: PayerAnswer, about = ABOUT): FrontDeskAnswer => frontDeskAnswer(answer, about)
export const words = (phrase: Phrase | undefined): string => (phrase === undefined ? '' : inWords(phrase, en))
/** What one coverage-information extension of these parts says to the desk. */
export const said = (...parts: readonly JsonObject[]) => read(answered([extension(...parts)]))

export const card = (summary: string, topic: string | undefined, more: JsonObject = {}): JsonObject => ({
  summary,
  indicator: 'info',
  source: { label: 'Acme Health', ...(topic !== undefined && { topic: { code: topic } }) },
  ...more,
})
