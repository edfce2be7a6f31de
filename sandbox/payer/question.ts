import { type Configuration, checkConfiguration, checkVersion, configurationOf } from './configuration'
import { checkContext, type Hook, subjectsOf } from './context-check'
import { at, isObject, type JsonObject, resourcesIn, textOf } from './json'
import type { Payer } from './payer'
import { checkKeys, checkPatient, soleCoverage } from './prefetch-check'
import { type Refusal, refuse } from './refusal'

/** A CDS Hooks request that passed every check. */
export interface Question {
  readonly hook: Hook
  readonly hookInstance: string
  readonly patientId: string
  readonly patient: JsonObject
  readonly coverage: JsonObject
  /** Draft orders, or proposed appointments. */
  readonly subjects: readonly JsonObject[]
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

/** fhirAuthorization is optional on the wire (CDS Hooks), and whole when it is there; it never comes without fhirServer. */
function checkAuthorization(request: JsonObject): Refusal | undefined {
  const server = request.fhirServer
  if (server !== undefined && !/^https?:\/\/[^\s]+$/.test(textOf(server) ?? ''))
    return refuse(400, 'value', 'fhirServer must be a URL')
  const authorization = request.fhirAuthorization
  if (authorization === undefined) return undefined
  if (!isObject(authorization)) return refuse(400, 'structure', 'fhirAuthorization must be an object')
  if (server === undefined) return refuse(400, 'required', 'fhirAuthorization came without fhirServer')
  const missing = ['access_token', 'scope', 'subject'].filter((field) => !textOf(authorization[field]))
  if (missing.length > 0) return refuse(400, 'required', `fhirAuthorization lacks ${missing.join(', ')}`)
  if (authorization.token_type !== 'Bearer')
    return refuse(400, 'value', 'fhirAuthorization.token_type must be Bearer')
  return Number.isInteger(authorization.expires_in)
    ? undefined
    : refuse(400, 'value', 'fhirAuthorization.expires_in must be whole seconds')
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
  const hook = service.hook as Hook
  const patientId = textOf(at(body, 'context', 'patientId')) ?? ''
  const refusal =
    checkInstance(body, seen) ??
    checkAuthorization(body) ??
    checkContext(hook, body.context) ??
    checkVersion(service, body) ??
    checkConfiguration(service, body) ??
    checkKeys(service, body.prefetch) ??
    checkPatient(body.prefetch, patientId)
  if (refusal) return { refusal }
  const sole = soleCoverage(body.prefetch, payer, patientId, today)
  if ('refusal' in sole) return sole
  const prefetch = isObject(body.prefetch) ? body.prefetch : {}
  return {
    question: {
      hook,
      hookInstance: textOf(body.hookInstance) ?? '',
      patientId,
      patient: isObject(prefetch.patient) ? prefetch.patient : {},
      coverage: sole.coverage,
      subjects: subjectsOf(hook, body.context),
      sent: Object.values(prefetch).flatMap((value) => [...resourcesIn(value)]),
      configuration: configurationOf(service, body),
    },
  }
}
