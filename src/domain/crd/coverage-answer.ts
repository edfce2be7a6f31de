import { type FhirJson, type JsonObject, objects } from '../json'
import type { CodeChoice } from '../ports'
import type { Action } from './cds-response'
import { readFacts } from './coverage-facts'
import { answerLines, answerNotices } from './coverage-words'
import { coverageInformationUrl, foreignChanges } from './foreign-changes'

/** A code of the payer with words for people. `known` false: outside the value sets that we know, the code stands as given. */
export interface CodedFact {
  readonly code: string
  readonly words: string
  readonly known: boolean
}

/** One neutral outcome. `undecided`: the payer said that it cannot decide (indeterminate). `not-stated`: no `covered` was given. */
export type Verdict =
  | { readonly kind: 'covered' | 'not-covered' | 'conditional' | 'undecided' | 'not-stated' }
  | { readonly kind: 'unknown-code'; readonly code: string }

export interface AnswerDetail {
  readonly category: 'limitation' | 'decisional' | 'other' | 'not-stated'
  /** What it is about, e.g. "Copay in network". */
  readonly label: CodedFact
  /** The value of any type in words. */
  readonly value: string
  /** Only where the value is a link that is safe to open. */
  readonly href?: string
  readonly qualification?: string
}

export interface AnswerContact {
  readonly name?: string
  /** FHIR ContactPoint.system, as given. */
  readonly system?: string
  readonly value: string
  /** `tel:`, `mailto:` or a safe https link. */
  readonly href?: string
}

/** The lines of an answer, in the order of U3. */
export type AnswerLineId =
  | 'covered'
  | 'prior-authorization'
  | 'documents'
  | 'information'
  | 'applies-if'
  | 'dates'
  | 'reference'
  | 'contact'

/** `words` are sentences or phrases for people; `codes` are what the payer sent, for "Details". */
export interface AnswerLine {
  readonly id: AnswerLineId
  readonly label: string
  readonly words: readonly string[]
  readonly codes: readonly string[]
}

/** One coverage-information extension as facts (CRD `ext-coverage-information`, versions 2.0.1, 2.1 and 2.2). */
export interface CoverageFacts {
  readonly coverage?: string
  readonly verdict: Verdict
  readonly covered?: CodedFact
  readonly priorAuthorization?: CodedFact
  readonly documents: readonly CodedFact[]
  readonly documentPurposes: readonly CodedFact[]
  readonly information: readonly CodedFact[]
  /** The answer holds for these codes only; empty: not limited. */
  readonly billingCodes: readonly CodeChoice[]
  readonly reasons: readonly CodedFact[]
  readonly details: readonly AnswerDetail[]
  /** The answer holds only if these orders also proceed. */
  readonly dependencies: readonly string[]
  /** Canonicals of DTR questionnaires. */
  readonly questionnaires: readonly string[]
  /** References to QuestionnaireResponses that the payer knows of (CRD 2.0.1 only). */
  readonly responses: readonly string[]
  /** FHIR date on which it was asserted. */
  readonly asOf?: string
  readonly until?: string
  /** Trace number that later claims must carry (CRD resp-31). */
  readonly assertionId?: string
  /** An authorization number has no place in an answer to a hypothetical question (CRD found-35): shown with a warning. */
  readonly satisfiedPaId?: string
  readonly contacts: readonly AnswerContact[]
  /** Parts under names that the standard does not have, e.g. `coverageInfo` of the reference payer. */
  readonly notStandard: readonly { readonly name: string; readonly value: string }[]
}

/** The facts of one coverage-information extension, with the order it stands on and in words. */
export interface CoverageAnswer extends CoverageFacts {
  /** Unique in its response. */
  readonly key: string
  /** The order it is about, e.g. `ServiceRequest/abc`. */
  readonly order: string
  /** false: the payer speaks of an order that we did not ask about. */
  readonly isAsked: boolean
  /** Elements of the order that the payer changed besides its answer, which it may not; never applied. */
  readonly foreignChanges: readonly string[]
  /** Warnings in words that belong to this answer. */
  readonly notices: readonly string[]
  /** U3: always in the same order; the first four always there. */
  readonly lines: readonly AnswerLine[]
}

/** What is known of the question when its answer is read. */
export interface Asked {
  /** The draft resources as they were sent. */
  readonly orders: readonly FhirJson[]
  /** `Coverage/12` */
  readonly coverage: string
}

/** All coverage-information of the system actions of a response, one answer for each repetition. */
export function coverageAnswers(actions: readonly Action[], asked: Asked): readonly CoverageAnswer[] {
  return actions.flatMap((action, index) => {
    if (action.type === 'delete') return []
    return coverageInformation(action.resource).map((extension, repetition) =>
      readAnswer(action, extension, `${index}.${repetition}`, asked),
    )
  })
}

/** Whether an action carries a coverage answer. */
export const carriesCoverage = (action: Action): boolean =>
  action.type !== 'delete' && coverageInformation(action.resource).length > 0

const coverageInformation = (resource: FhirJson): readonly JsonObject[] =>
  objects(resource, 'extension').filter((extension) => extension.url === coverageInformationUrl)

function readAnswer(
  action: Action & { readonly type: 'create' | 'update' },
  extension: JsonObject,
  key: string,
  asked: Asked,
): CoverageAnswer {
  const { resourceType, id } = action.resource
  const sent = asked.orders.find((order) => order.resourceType === resourceType && order.id === id)
  const facts = readFacts(extension)
  const changes = sent === undefined ? [] : foreignChanges(sent, action.resource)
  const answer = {
    ...facts,
    key,
    order: id === undefined ? resourceType : `${resourceType}/${id}`,
    isAsked: sent !== undefined,
    foreignChanges: changes,
  }
  return {
    ...answer,
    notices: answerNotices(answer, asked.coverage, action.type),
    lines: answerLines(answer, asked.orders),
  }
}
