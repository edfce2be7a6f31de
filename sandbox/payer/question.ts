import { type Configuration, checkConfiguration, checkVersion, configurationOf } from './configuration'
import { checkContext, subjectsOf } from './context-check'
import { checkDeidentified, isMasked } from './deidentified'
import { type CrdVersion, type Hook, hookNamed, versionNamed } from './hooks'
import { at, isObject, type JsonObject, resourcesIn, textOf } from './json'
import type { Payer } from './payer'
import { checkKeys, checkPatient, fetchedSubjects, soleCoverage } from './prefetch-check'
import { checkShapes } from './prefetch-shape'
import { type Refusal, refuse } from './refusal'

/** A CDS Hooks request that passed every check. */
export interface Question {
  readonly hook: Hook
  /** The version that the answer is to be written in. */
  readonly version: CrdVersion
  readonly hookInstance: string
  /** Reference of the user; order-dispatch has none. */
  readonly userId: string | undefined
  readonly patientId: string
  readonly patient: JsonObject
  readonly coverage: JsonObject
  /** Whether the caller hid who the patient is; then there is no member to look up. */
  readonly masked: boolean
  /** Draft or dispatched orders, proposed appointments, or the encounter. */
  readonly subjects: readonly JsonObject[]
  /** Reference of the performer to whom orders are dispatched. */
  readonly dispatchedTo: string | undefined
  /** Everything sent in prefetch Bundles. */
  readonly sent: readonly JsonObject[]
  readonly configuration: Configuration
}

/** What the checks know besides the request. */
export interface Counter {
  readonly payer: Payer
  readonly service: JsonObject
  /** hookInstances seen since the start; a new one is added. */
  readonly seen: Set<string>
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

function checkInstance(request: JsonObject, seen: Set<string>): Refusal | undefined {
  const instance = textOf(request.hookInstance)
  if (!instance || !UUID.test(instance)) return refuse(400, 'value', 'hookInstance must be a UUID')
  if (seen.has(instance.toLowerCase()))
    return refuse(400, 'business-rule', 'hookInstance was used before; each call needs a new one')
  seen.add(instance.toLowerCase())
  return undefined
}

const URL = /^https?:\/\/[^\s]+$/

/** Compartment scopes of SMART v1 and v2: they name whom the token is about. */
const PATIENT_SCOPE = /(^|\s)patient\//

/** fhirAuthorization is optional on the wire (CDS Hooks), and whole when it is there; it never comes without fhirServer (CRD facts A5). */
function checkAuthorization(request: JsonObject, payer: Payer): Refusal | undefined {
  const server = request.fhirServer
  // CRD demands it since 2.0; a de-identified call of CRD 1.1 names no server.
  if (server === undefined && payer.crd !== '1.1') return refuse(400, 'required', 'fhirServer is missing')
  if (server !== undefined && !URL.test(textOf(server) ?? ''))
    return refuse(400, 'value', 'fhirServer must be a URL')
  const authorization = request.fhirAuthorization
  if (authorization === undefined) return undefined
  if (!isObject(authorization)) return refuse(400, 'structure', 'fhirAuthorization must be an object')
  if (server === undefined) return refuse(400, 'required', 'fhirAuthorization came without fhirServer')
  const missing = ['access_token', 'scope', 'subject'].filter((field) => !textOf(authorization[field]))
  if (missing.length > 0) return refuse(400, 'required', `fhirAuthorization lacks ${missing.join(', ')}`)
  if (authorization.token_type !== 'Bearer')
    return refuse(400, 'value', 'fhirAuthorization.token_type must be Bearer')
  if (!Number.isInteger(authorization.expires_in) || Number(authorization.expires_in) <= 0)
    return refuse(400, 'value', 'fhirAuthorization.expires_in must be whole seconds')
  const { patient } = authorization
  if (PATIENT_SCOPE.test(String(authorization.scope)) && patient === undefined)
    return refuse(400, 'required', 'fhirAuthorization has patient scopes and does not say which patient')
  return patient !== undefined && patient !== at(request, 'context', 'patientId')
    ? refuse(400, 'business-rule', 'fhirAuthorization.patient is not the patient of the context')
    : undefined
}

/** The version that the caller asks for where the payer offers several, else the payer's own. */
const versionAskedOf = (request: JsonObject, payer: Payer): CrdVersion => {
  const asked = at(request, 'extension', 'davinci-crd.requestedVersion')
  return (typeof asked === 'string' && payer.versions.includes(asked) && versionNamed(asked)) || payer.crd
}

/** Reads a request as a strict payer would: the Question, or the first thing that is wrong. */
export function readQuestion(
  body: unknown,
  counter: Counter,
): { readonly question: Question } | { readonly refusal: Refusal } {
  const { payer, service, seen, today } = counter
  if (!isObject(body)) return { refusal: refuse(400, 'structure', 'the body must be a JSON object') }
  if (body.hook !== service.hook)
    return {
      refusal: refuse(
        422,
        'value',
        `${String(service.id)} answers ${String(service.hook)}, not ${String(body.hook)}`,
      ),
    }
  const hook = hookNamed(service.hook)
  if (!hook) return { refusal: refuse(422, 'value', `${String(service.hook)} is not served here`) }
  const patientId = textOf(at(body, 'context', 'patientId')) ?? ''
  const version = versionAskedOf(body, payer)
  const refusal =
    checkInstance(body, seen) ??
    checkAuthorization(body, payer) ??
    checkVersion(service, body) ??
    checkContext(hook, body.context, version) ??
    checkConfiguration(service, body, payer) ??
    checkKeys(hook, service, body.prefetch) ??
    checkPatient(body.prefetch, patientId) ??
    checkShapes(service, body.prefetch)
  if (refusal) return { refusal }
  const sole = soleCoverage(body.prefetch, payer, patientId, today)
  if ('refusal' in sole) return sole
  const fetched = fetchedSubjects(hook, body)
  if ('refusal' in fetched) return fetched
  const prefetch = isObject(body.prefetch) ? body.prefetch : {}
  const patient = isObject(prefetch.patient) ? prefetch.patient : {}
  const masked = payer.deidentified && isMasked(patient)
  const unmasked = masked ? checkDeidentified(patient, sole.coverage) : undefined
  if (unmasked) return { refusal: unmasked }
  return {
    question: {
      hook,
      version,
      hookInstance: textOf(body.hookInstance) ?? '',
      userId: textOf(at(body, 'context', 'userId')),
      patientId,
      patient,
      coverage: sole.coverage,
      masked,
      subjects: [...subjectsOf(hook, body.context), ...fetched.subjects],
      dispatchedTo: textOf(at(body, 'context', 'performer')),
      sent: [
        ...Object.values(prefetch).flatMap((value) => [...resourcesIn(value)]),
        ...Object.values(prefetch).filter((value) => isObject(value) && value.resourceType !== 'Bundle'),
      ].filter(isObject),
      configuration: configurationOf(service, body, payer),
    },
  }
}
