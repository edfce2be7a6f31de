import { at, type JsonObject, objects, text } from '../json'
import { readCoding } from './card'
import type { CodedFact, CoverageFacts, Verdict } from './coverage-answer'
import {
  authorizationWords,
  coveredWords,
  documentWords,
  fact,
  informationWords,
  purposeWords,
} from './coverage-codes'
import { readContacts, readDetail, readReason } from './coverage-detail'
import { codeOf, conceptText, elementValue, valueInWords } from './coverage-value'
import { payerText } from './payer-text'

/** The names of all versions. Anything else is shown as not standard. */
const standard = new Set([
  'coverage',
  'covered',
  'pa-needed',
  'doc-needed',
  'doc-purpose',
  'info-needed',
  'billingCode',
  'reason',
  'detail',
  'dependency',
  'questionnaire',
  'response',
  'date',
  'coverage-assertion-id',
  'satisfied-pa-id',
  'contact',
  'expiry-date',
])

/** Stand once at most: another value is not lost, and nothing is concluded from it. */
const single = ['date', 'expiry-date', 'coverage-assertion-id', 'satisfied-pa-id'] as const

/** Say nothing without a code. */
const coded = ['covered', 'pa-needed', 'doc-needed', 'doc-purpose', 'info-needed'] as const

const unreadable = (name: string) => ({ name, value: 'Given in a form that cannot be shown' })

/** More parts than this in one answer are no answer but an attack on the reader. */
const mostParts = 500

/** The facts of one coverage-information extension: each part read by itself, of any version, repeated or not. */
export function readFacts(extension: JsonObject): CoverageFacts {
  const all = objects(extension, 'extension')
  const parts = all.slice(0, mostParts)
  const named = (name: string): readonly JsonObject[] => parts.filter((part) => part.url === name)
  const facts = (name: string, words: Readonly<Record<string, string>>): readonly CodedFact[] =>
    unique(named(name).flatMap((part) => codeOf(part) ?? [])).map((code) => fact(words, code))
  const texts = (name: string): readonly string[] =>
    unique(named(name).flatMap((part) => payerText(elementValue(part), 2000) ?? []))
  const references = (name: string): readonly string[] =>
    unique(
      named(name).flatMap(
        (part) => text(elementValue(part), 'reference') ?? text(elementValue(part), 'display') ?? [],
      ),
    )
  const covered = one(facts('covered', coveredWords))
  const priorAuthorization = one(facts('pa-needed', authorizationWords))
  return {
    ...optional('coverage', references('coverage')[0]),
    verdict: verdictOf(covered),
    ...optional('covered', covered),
    ...optional('priorAuthorization', priorAuthorization),
    documents: facts('doc-needed', documentWords),
    documentPurposes: facts('doc-purpose', purposeWords),
    information: facts('info-needed', informationWords),
    billingCodes: named('billingCode').flatMap((part) => billingCode(elementValue(part))),
    reasons: named('reason').map(readReason),
    details: named('detail').map(readDetail),
    dependencies: references('dependency'),
    questionnaires: texts('questionnaire'),
    responses: references('response'),
    ...optional('asOf', texts('date')[0]),
    ...optional('until', texts('expiry-date')[0]),
    ...optional('assertionId', texts('coverage-assertion-id')[0]),
    ...optional('satisfiedPaId', texts('satisfied-pa-id')[0]),
    contacts: named('contact').flatMap(readContacts),
    notStandard: [
      ...parts.flatMap(notStandard),
      ...single.flatMap((name) =>
        texts(name)
          .slice(1)
          .map((value) => ({ name: `${name}, again`, value })),
      ),
      ...coded.filter((name) => named(name).some((part) => codeOf(part) === undefined)).map(unreadable),
      ...(all.length > mostParts ? [{ name: 'parts left out', value: String(all.length - mostParts) }] : []),
    ],
  }
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)]

/** An object with this one property, or none where there is no value (exactOptionalPropertyTypes). */
const optional = <K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T }

/** Where one is allowed and several differ, none of them is taken for the answer. */
function one(found: readonly CodedFact[]): CodedFact | undefined {
  if (found.length < 2) return found[0]
  const code = found.map((each) => each.code).join(', ')
  return {
    code,
    words: `The payer contradicts itself: ${found.map((each) => each.words).join(' / ')}`,
    known: false,
  }
}

function verdictOf(covered: CodedFact | undefined): Verdict {
  if (covered === undefined) return { kind: 'not-stated' }
  switch (covered.code) {
    case 'covered':
    case 'not-covered':
    case 'conditional':
      return { kind: covered.code }
    case 'indeterminate':
      return { kind: 'undecided' }
    default:
      return { kind: 'unknown-code', code: covered.code }
  }
}

function billingCode(value: unknown): CoverageFacts['billingCodes'] {
  const codings = at(value, 'coding') === undefined ? [value] : objects(value, 'coding')
  return codings.flatMap((coding) => readCoding(coding) ?? [])
}

/** The reference payer sends `coverageInfo` and `identifier`, which no version has: shown, and no conclusion drawn (crd-facts A6). */
function notStandard(part: JsonObject): CoverageFacts['notStandard'] {
  const name = payerText(part.url, 200) ?? 'unnamed'
  if (standard.has(name)) return []
  const value = elementValue(part)
  const words = conceptText(value) ?? valueInWords(value)?.words ?? text(value, 'value')
  return [words === undefined ? unreadable(name) : { name, value: words }]
}
