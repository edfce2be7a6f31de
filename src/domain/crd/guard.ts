import { at, type FhirJson, isObject, isResource, type JsonObject, list, objects, text } from '../json'
import type { Payer } from '../payer-directory'
import { fail, ok, type Result } from '../result'
import type { Session } from '../session'
import type { CoverageSummary } from './coverage'
import type { CdsService, Discovery } from './discovery'
import { carriesToken, namesOtherPatient } from './guard-scan'
import { ordersOf } from './hook-request'
import { hookOf, questionOf } from './question'
import type { Scenario } from './scenario'

declare const approved: unique symbol

/** A hook request that the guard has let through: the only thing that `CdsPort.invoke` sends. Made here and nowhere else. */
export interface ApprovedRequest {
  readonly [approved]: true
  readonly payer: Payer
  readonly serviceId: string
  /** The body to the letter, without needless white space (CRD found-40). */
  readonly body: string
  readonly json: JsonObject
}

/** What the guard judges, and what it judges by. */
export interface GuardInput {
  readonly json: JsonObject
  readonly payer: Payer
  /** The site's directory. */
  readonly payers: readonly Payer[]
  readonly service: CdsService
  readonly discovery: Discovery
  readonly coverage: CoverageSummary
  readonly scenario: Scenario
  readonly session: Pick<Session, 'patientId' | 'fhirBase'>
  readonly maxRequestBytes: number
  /** Credentials known to the caller, which must not be in the request. */
  readonly secrets?: readonly string[]
}

/** One rule: `keeps` says whether a request keeps it, `sentence` what is wrong where it does not. */
interface Rule {
  readonly id: string
  readonly sentence: string
  readonly keeps: (input: GuardInput) => boolean
}

/** The rules of design.md "Approved request", each in words. A request that breaks one is not sent. */
export const guardRules: readonly Rule[] = [
  {
    id: 'endpoint',
    sentence: 'The service is not one that this payer of the site’s directory offers for this question.',
    keeps: ({ json, payer, payers, service, discovery, scenario }) =>
      payer.cdsBase !== undefined &&
      payers.some((known) => known.id === payer.id && known.cdsBase === payer.cdsBase) &&
      discovery.services.some((offered) => offered.id === service.id && offered.hook === service.hook) &&
      service.hook === hookOf(scenario) &&
      json.hook === service.hook &&
      text(json, 'hookInstance') !== undefined,
  },
  {
    // CRD dev-26, dev-28, dev-29
    id: 'one-coverage',
    sentence: 'The question is not about exactly one active coverage of this payer.',
    keeps: ({ json, payer, coverage }) =>
      coverage.isActive &&
      coverage.payer?.id === payer.id &&
      // PDex names the coverage once more.
      [undefined, `Coverage/${coverage.id}`].includes(text(json, 'extension', 'coverage')) &&
      coveragesIn(json.prefetch).every((each) => each.id === coverage.id) &&
      drafts(json).every(
        (draft) =>
          !withInsurance.has(draft.resourceType) ||
          text(draft, 'insurance', 0, 'reference') === `Coverage/${coverage.id}`,
      ),
  },
  {
    id: 'one-patient',
    sentence: 'The question carries data of another patient than the one whose chart is open.',
    keeps: ({ json, scenario, session }) =>
      scenario.patientId === session.patientId &&
      at(json, 'context', 'patientId') === session.patientId &&
      json.fhirServer === session.fhirBase &&
      drafts(json).every((draft) => isAbout(draft, `Patient/${session.patientId}`)) &&
      !namesOtherPatient(
        { context: json.context, prefetch: json.prefetch },
        session.patientId,
        session.fhirBase,
      ),
  },
  {
    // CRD found-36
    id: 'drafts-only',
    sentence: 'An order in the question is not a draft with an id of its own.',
    keeps: ({ json, scenario }) => {
      const ids = drafts(json).map((draft) => `${draft.resourceType}/${draft.id}`)
      return new Set(ids).size === ids.length && drafts(json).every(isDraft) && isComplete(json, scenario)
    },
  },
  {
    // CRD found-35
    id: 'what-if',
    sentence: 'The question does not forbid the payer to decide an authorization unasked.',
    keeps: ({ json }) => at(json, 'extension', 'davinci-crd.configuration', 'unsolicited-determ') === false,
  },
  {
    // CDS Hooks: a client may send only the prefetch that was asked for.
    id: 'asked-for-only',
    sentence: 'The question carries chart data that the payer did not ask for.',
    keeps: ({ json, service }) =>
      json.prefetch === undefined ||
      (isObject(json.prefetch) &&
        Object.keys(json.prefetch).every((key) => Object.hasOwn(service.prefetch, key))),
  },
  {
    // CRD found-21, sec-9
    id: 'no-token',
    sentence: 'The question carries a key to the chart.',
    keeps: ({ json, secrets }) => !carriesToken(json, secrets ?? []),
  },
  {
    // CRD dev-26
    id: 'patient-pays',
    sentence:
      'The question carries an order that the patient pays for and does not want shared with the payer.',
    keeps: ({ json, scenario }) => {
      const kept = new Set(scenario.orders.filter((order) => order.patientPays).map((order) => order.id))
      const question = questionOf(scenario)
      if (question.hook === 'appointment-book')
        for (const each of question.appointments) if (each.patientPays) kept.add(each.id)
      return (
        drafts(json).every((draft) => draft.id !== undefined && !kept.has(draft.id)) &&
        resourcesIn(json.prefetch).every((each) => !kept.has(each.id ?? '')) &&
        texts(json, 'context', 'dispatchedOrders').every((each) => !kept.has(each.split('/')[1] ?? ''))
      )
    },
  },
  {
    id: 'size',
    sentence: 'The question is larger than this site allows.',
    keeps: ({ json, maxRequestBytes }) => byteLength(JSON.stringify(json)) <= maxRequestBytes,
  },
]

/** Lets a request through or fails `refused` with the first rule that it breaks. */
export function approve(input: GuardInput): Result<ApprovedRequest> {
  const broken = guardRules.find((rule) => !rule.keeps(input))
  if (broken !== undefined) return fail({ kind: 'refused', rule: broken.id, message: broken.sentence })
  const { json, payer, service } = input
  // What was judged is what is sent: the text is made here, from the value that was judged.
  const request = { payer, serviceId: service.id, body: JSON.stringify(json), json }
  return ok(request as unknown as ApprovedRequest)
}

/** UTF-8 bytes of a text. */
export const byteLength = (value: string): number => new TextEncoder().encode(value).length

const drafts = (json: JsonObject): readonly FhirJson[] => ordersOf(json.context)

/** Resources in prefetch, at the top or in a Bundle. */
const resourcesIn = (prefetch: unknown): readonly FhirJson[] =>
  (isObject(prefetch) ? Object.values(prefetch) : [])
    .flatMap((value) => [value, ...objects(value, 'entry').map((entry) => entry.resource)])
    .filter(isResource)

const coveragesIn = (prefetch: unknown): readonly FhirJson[] =>
  resourcesIn(prefetch).filter((each) => each.resourceType === 'Coverage')

/** Of the resources of a context, those in which R4 has the coverage. */
const withInsurance: ReadonlySet<string> = new Set(['ServiceRequest', 'DeviceRequest', 'MedicationRequest'])

/** An Appointment names the patient among its participants, a Task as `for`. */
function isAbout(draft: FhirJson, patient: string): boolean {
  if (draft.resourceType === 'Appointment')
    return objects(draft, 'participant').some((each) => text(each, 'actor', 'reference') === patient)
  const named = draft.subject ?? draft.patient ?? draft.for
  return text(named, 'reference') === patient
}

const isDraft = (draft: FhirJson): boolean =>
  draft.id !== undefined &&
  draft.id !== '' &&
  draft.status === (draft.resourceType === 'Appointment' ? 'proposed' : 'draft')

/** The context says what its hook is about, whole: each entry of its Bundle a resource with fullUrl. */
function isComplete(json: JsonObject, scenario: Scenario): boolean {
  const question = questionOf(scenario)
  const isBundle = (name: string): boolean => {
    const entries = list(json, 'context', name, 'entry')
    return (
      entries.length > 0 &&
      entries.every((entry) => isResource(at(entry, 'resource')) && text(entry, 'fullUrl') !== undefined)
    )
  }
  switch (question.hook) {
    case 'order-sign':
    case 'order-select':
      return isBundle('draftOrders')
    case 'appointment-book':
      return isBundle('appointments')
    case 'encounter-start':
    case 'encounter-discharge':
      return text(json, 'context', 'encounterId') !== undefined
    case 'order-dispatch':
      return (
        text(json, 'context', 'performer') !== undefined &&
        (text(json, 'context', 'order') !== undefined ||
          texts(json, 'context', 'dispatchedOrders').length > 0)
      )
  }
}

const texts = (value: unknown, ...path: readonly string[]): readonly string[] =>
  list(value, ...path).filter((each) => typeof each === 'string')
