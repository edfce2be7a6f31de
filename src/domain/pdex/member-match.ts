import { hasCode } from '../fhir/coding'
import { comparePersons, type PersonDifference } from '../fhir/person'
import { literal } from '../fhir/references'
import { at, type FhirJson, objects, text } from '../json'
import type { Payer, PayerIdentifier } from '../payer-directory'
import type { CallOptions, FhirReader, PayerPort } from '../ports'
import type { Problem } from '../result'
import type { AppContext } from './app-context'
import { cardMemberParameters, type MemberQuestion, memberMatchParameters } from './member-match-request'

export type { Agreement, MemberQuestion, Sensitivity } from './member-match-request'
export { coverageMemberId, coverageSubscriberId } from './member-match-request'

/** The patient as the payer knows them. */
export interface Member {
  readonly payer: Payer
  /** The payer's Patient resource. */
  readonly patient: FhirJson
  /** Its id at the payer. */
  readonly patientId: string
  readonly identifier?: PayerIdentifier
  /** The base URL under which the payer itself says that this Patient is: not the site's address for it, where a gateway stands between. */
  readonly base?: string
}

/** `detail`: the payer's own words. */
export type MatchOutcome =
  | { readonly kind: 'found'; readonly member: Member }
  /** The payer's member differs from the chart's patient: stop. */
  | {
      readonly kind: 'mismatch'
      readonly member: Member
      readonly differences: readonly PersonDifference[]
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' }
  | { readonly kind: 'not-allowed'; readonly detail?: string }
  | { readonly kind: 'consent-needed'; readonly detail?: string }
  /** The agreement was sent, and cannot be honoured as it stands (HRex mm-12). */
  | { readonly kind: 'consent-refused'; readonly detail?: string }
  /** The payer's scheduling answered, without a way into the member's records. */
  | { readonly kind: 'no-link'; readonly detail?: string }
  | { readonly kind: 'failed'; readonly problem: Problem }

/**
 * Asks `$member-match`, once: a payer counts attempts (HRex mm-7), so that a second one, with another id or with the patient's
 * agreement, is the user's act.
 */
export async function matchMember(
  question: MemberQuestion,
  payers: PayerPort,
  options?: CallOptions,
): Promise<MatchOutcome> {
  const { payer, patient } = question
  const parameters = memberMatchParameters(question)
  if (!parameters.ok) return { kind: 'failed', problem: parameters.problem }
  const reader = payers.reader(payer)
  if (!reader.ok) return { kind: 'failed', problem: reader.problem }
  const answer = await payers.memberMatch(payer, parameters.value, options)
  if (!answer.ok) return refusal(answer.problem, payer, question.agreement !== undefined)
  const { identifier, reference } = readMatch(answer.value)
  return findMember({ payer, reader: reader.value, patient, identifier, reference, options })
}

/** The member that a card's appContext names. Where the payer's hook found none, the outcome says so and nothing is asked. */
export async function memberFromAppContext(
  context: AppContext,
  patient: FhirJson,
  payers: PayerPort,
  options?: CallOptions,
): Promise<MatchOutcome> {
  const { payer, memberIdentifier: identifier, memberReference: reference } = context
  if (context.result === 'multiple') return { kind: 'several' }
  if (context.result === 'no-data' || context.result === 'error') return { kind: 'no-link' }
  if (context.result !== 'matched') return { kind: 'none' }
  const reader = payers.reader(payer)
  if (!reader.ok) return { kind: 'failed', problem: reader.problem }
  if (payers.openCard !== undefined && (identifier ?? reference) !== undefined) {
    const parameters = cardMemberParameters(patient, identifier, reference)
    const opened = parameters.ok ? await payers.openCard(payer, parameters.value, options) : parameters
    if (!opened.ok) return readFailure(opened.problem)
  }
  return findMember({ payer, reader: reader.value, patient, identifier, reference, options })
}

/**
 * `MemberIdentifier` counts whatever its type says: UMB in HRex 1.2, MB in 1.0. `MemberId` may be absent. Drafts before 1.0 gave the
 * patient back with the identifier in it.
 */
function readMatch(parameters: FhirJson): Pick<Search, 'identifier' | 'reference'> {
  const named = (name: string) => objects(parameters, 'parameter').find((p) => p.name === name)
  const drafted = objects(named('MemberPatient'), 'resource', 'identifier')
  const found =
    at(named('MemberIdentifier'), 'valueIdentifier') ??
    ['UMB', 'MB'].flatMap((code) => drafted.filter((each) => hasCode(each.type, code)))[0]
  const value = text(found, 'value')
  return {
    identifier: value === undefined ? undefined : { system: text(found, 'system') ?? '', value },
    reference: text(named('MemberId'), 'valueReference', 'reference'),
  }
}

interface Search {
  readonly payer: Payer
  readonly reader: FhirReader
  readonly patient: FhirJson
  readonly identifier: PayerIdentifier | undefined
  readonly reference: string | undefined
  readonly options: CallOptions | undefined
}

/** Reads the payer's Patient and holds it against the chart's, before anything clinical is read. */
async function findMember(search: Search): Promise<MatchOutcome> {
  const { payer, reader, identifier, reference, options } = search
  const target = literal(reference)
  const ownTarget = target?.type === 'Patient' && (target.base === undefined || target.base === reader.base)
  if (target !== undefined && ownTarget) {
    const read = await reader.read('Patient', target.id, options)
    if (read.ok) return compared(search, read.value)
    const failure = readFailure(read.problem)
    // The identifier is what the payer vouches for (HRex mm-3); its reference may be out of date.
    if (failure.kind !== 'none' || identifier === undefined) return failure
  }
  if (identifier === undefined) return { kind: 'none' }
  const token = identifier.system === '' ? identifier.value : `${identifier.system}|${identifier.value}`
  const page = await reader.search('Patient', [['identifier', token]], options)
  if (!page.ok) return readFailure(page.problem)
  const patients = carrying(page.value.matches, identifier)
  if (patients.length > 1) return { kind: 'several' }
  const [only] = patients
  if (only !== undefined) return compared(search, only, page.value.urls?.get(only))
  if (page.value.unreadable === 0) return { kind: 'none' }
  const message = 'The member could not be read.'
  return { kind: 'failed', problem: { kind: 'malformed', server: payer.name, path: 'entry', message } }
}

/** Those with the identifier that was asked for: a server that ignores the parameter gives everybody. Else all, to be compared. */
function carrying(matches: readonly FhirJson[], { system, value }: PayerIdentifier): readonly FhirJson[] {
  const patients = matches.filter((resource) => resource.resourceType === 'Patient')
  const carriers = patients.filter((patient) =>
    objects(patient, 'identifier').some((i) => i.value === value && (system === '' || i.system === system)),
  )
  return carriers.length > 0 ? carriers : patients
}

/** `url`: where the payer says that the Patient is. */
function compared({ payer, patient, identifier }: Search, found: FhirJson, url?: string): MatchOutcome {
  if (found.id === undefined) {
    const message = 'The member has no id.'
    return { kind: 'failed', problem: { kind: 'malformed', server: payer.name, path: 'id', message } }
  }
  const own = literal(url)
  const base = own?.type === 'Patient' && own.id === found.id ? own.base : undefined
  const member = {
    payer,
    patient: found,
    patientId: found.id,
    ...(identifier && { identifier }),
    ...(base !== undefined && { base }),
  }
  const differences = comparePersons(patient, found)
  return differences.length === 0 ? { kind: 'found', member } : { kind: 'mismatch', member, differences }
}

function readFailure(problem: Problem): MatchOutcome {
  if (problem.kind !== 'http') return { kind: 'failed', problem }
  if (problem.status === 403) return notAllowed(problem.detail)
  return problem.status === 404 || problem.status === 410 ? { kind: 'none' } : { kind: 'failed', problem }
}

const notAllowed = (detail: string | undefined): MatchOutcome => ({
  kind: 'not-allowed',
  ...(detail !== undefined && { detail }),
})

/** No answer about the member: the payer's server does not have the operation. */
const noOperation = (payer: Payer): MatchOutcome => ({
  kind: 'failed',
  problem: {
    kind: 'refused',
    rule: 'member-match',
    message: `${payer.name} does not offer to find members from here, or its address in the set-up is wrong.`,
  },
})

/**
 * HRex gives no match, several matches and a consent that cannot be honoured one status, 422 (mm-8 to mm-12), so that only the
 * payer's words tell them apart. A 422 about a missing parameter is no answer about the member.
 */
function refusal(problem: Problem, payer: Payer, agreementSent: boolean): MatchOutcome {
  if (problem.kind !== 'http') return { kind: 'failed', problem }
  const { status, detail } = problem
  // The operation's own name says nothing about a member or a match.
  const words = (detail ?? '').replace(/\$?member-match/gi, '')
  const says = (pattern: RegExp): boolean => pattern.test(words)
  const isMissing =
    status === 405 ||
    status === 501 ||
    says(/not (supported|implemented)|does not know how|unknown operation/i)
  if (isMissing) return noOperation(payer)
  if (status === 403) return notAllowed(detail)
  if (status !== 422 && !(status === 400 && says(/\bconsent\b/i))) {
    const noMatch = status === 404 && says(/\bno\b.*\bmatch|not match|member/i)
    if (noMatch) return { kind: 'none' }
    return status === 404 ? noOperation(payer) : { kind: 'failed', problem }
  }
  if (says(/\bconsent\b/i))
    return {
      kind: agreementSent ? 'consent-refused' : 'consent-needed',
      ...(detail !== undefined && { detail }),
    }
  if (says(/\b(multiple|several|more than one|not unique|ambiguous)\b|multiple-matches/i))
    return { kind: 'several' }
  if (says(/\bno\b.*\b(match|member|patient)|not found|not match/i)) return { kind: 'none' }
  if (says(/MemberPatient|CoverageTo(Match|Link)|\b(missing|required|invalid)\b/i))
    return { kind: 'failed', problem }
  return { kind: 'none' }
}
