import type { AuditEntry, InvocationRecord } from './audit'
import type { AnswerContent, PayerAnswer, PreparedQuestion } from './crd/ask'
import { readResponse } from './crd/cds-response'
import { carriesCoverage, coverageAnswers } from './crd/coverage-answer'
import { draftName } from './crd/suggestion-words'
import { type FhirJson, isResource, text } from './json'
import { withoutTokens } from './pdex/without-tokens'
import type { NewId } from './ports'
import { problemText } from './problem-text'
import { ok, type Problem, type Result } from './result'
import type { Session } from './session'

/** What is known of an invocation once it is over. `response`: the JSON as it came. */
export interface Invocation {
  readonly id: string
  readonly session: Pick<Session, 'fhirBase' | 'patientId' | 'fhirUser'>
  /** The body as it was sent. */
  readonly request: unknown
  readonly response?: unknown
  /** What it was about, as it stood in the request. */
  readonly orders: readonly FhirJson[]
  /** `Coverage/1` */
  readonly coverage: string
  readonly answer: PayerAnswer
}

/** The record of an invocation; undefined where nothing was sent, since there is nothing to keep then. */
export function invocationRecord(invocation: Invocation): InvocationRecord | undefined {
  const { id, session, request, response, orders, coverage, answer } = invocation
  const { payer, hookInstance, askedAt, endedAt } = answer
  if (payer === undefined || hookInstance === undefined) return undefined
  const content = answer.kind === 'answered' || answer.kind === 'undecided' ? answer : undefined
  const suggestions = content?.cards.flatMap((card) => card.suggestions) ?? []
  const names = orders.map(draftName)
  return {
    entry: {
      version: 1,
      id,
      chart: session.fhirBase,
      patientId: session.patientId,
      ...(session.fhirUser !== undefined && { user: session.fhirUser }),
      payerId: payer.id,
      payerName: payer.name,
      hook: text(request, 'hook') ?? '',
      hookInstance,
      title: names.length === 0 ? 'Nothing that could be named' : names.join(', '),
      coverage,
      outcome: answer.kind,
      askedAt,
      endedAt,
      ...(answer.kind === 'failed' && { failure: failureOf(answer.problem) }),
      ...(answer.kind === 'refused' && { failure: { kind: 'refused', sentence: answer.message } }),
      assertionIds: unique(content?.coverage.flatMap((each) => each.assertionId ?? []) ?? []),
      suggestionUuids: unique(suggestions.flatMap((each) => each.uuid ?? [])),
    },
    // A key to a payer's records is no part of what was said.
    payload: { request, ...(response !== undefined && { response: withoutTokens(response) }), orders },
  }
}

/** What is kept of a question that was sent, with its outcome (CRD found-37); undefined where nothing was sent. */
export const recordOf = (
  prepared: PreparedQuestion,
  answer: PayerAnswer,
  session: Pick<Session, 'fhirBase' | 'patientId' | 'fhirUser'>,
  newId: NewId,
): InvocationRecord | undefined =>
  invocationRecord({
    id: newId(),
    session,
    // As it was sent, to the letter.
    request: JSON.parse(prepared.request.body) as unknown,
    ...(answer.response !== undefined && { response: answer.response }),
    orders: prepared.orders,
    coverage: `Coverage/${prepared.choice.coverage.id}`,
    answer,
  })

const unique = (values: readonly string[]): string[] => [...new Set(values)]

const failureOf = (problem: Problem): NonNullable<AuditEntry['failure']> => ({
  kind: problem.kind,
  ...(problem.kind === 'http' && { status: problem.status }),
  sentence: problemText(problem).happened,
})

/** A kept answer read anew, to be shown read-only with its documents and links. Fails `malformed` where there was none. */
export function keptAnswer({ entry, payload }: InvocationRecord): Result<AnswerContent> {
  const response = readResponse(payload.response, entry.payerName)
  if (!response.ok) return response
  const { cards, systemActions, unreadable } = response.value
  const orders = payload.orders.filter(isResource)
  return ok({
    cards,
    unreadable,
    coverage: coverageAnswers(systemActions, { orders, coverage: entry.coverage }),
    otherActions: systemActions.filter((action) => !carriesCoverage(action)),
  })
}
