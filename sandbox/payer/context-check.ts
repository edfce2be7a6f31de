import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { checkAppointment, checkOrder } from './order-content'
import { type Refusal, refuse } from './refusal'

/** Hooks that the sandbox payers serve. */
export type Hook = 'order-sign' | 'appointment-book'

const USERS = /^(Practitioner|PractitionerRole|Patient|RelatedPerson)\/[A-Za-z0-9\-.]{1,64}$/
const ID = /^[A-Za-z0-9\-.]{1,64}$/

const FIELD = { 'order-sign': 'draftOrders', 'appointment-book': 'appointments' } as const

/** The Bundle of the context, or what is wrong with its frame (CRD facts A2: collection, no total, fullUrl and id on every entry). */
function checkBundle(bundle: unknown, field: string): Refusal | undefined {
  if (at(bundle, 'resourceType') !== 'Bundle')
    return refuse(400, 'structure', `context.${field} must be a Bundle`)
  if (at(bundle, 'type') !== 'collection')
    return refuse(400, 'value', `context.${field}.type must be collection`)
  if (at(bundle, 'total') !== undefined)
    return refuse(400, 'structure', `context.${field} must not have a total`)
  const entries = objectsIn(at(bundle, 'entry'))
  if (entries.length === 0) return refuse(400, 'required', `context.${field} has no entry`)
  const seen = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const where = `context.${field}.entry[${index}]`
    const id = textOf(at(entry, 'resource', 'id'))
    const fullUrl = textOf(entry.fullUrl)
    if (!isObject(entry.resource)) return refuse(400, 'required', `${where} has no resource`)
    if (!fullUrl) return refuse(400, 'required', `${where} has no fullUrl`)
    if (!id || !ID.test(id))
      return refuse(400, 'required', `${where}.resource has no id that can be referred to`)
    if (seen.has(fullUrl)) return refuse(400, 'value', `${where}.fullUrl is there twice`)
    seen.add(fullUrl)
  }
  return undefined
}

/** Checks the hook's context; the refusal names the field. */
export function checkContext(hook: Hook, context: unknown): Refusal | undefined {
  if (!isObject(context)) return refuse(400, 'required', 'context is missing')
  if (!USERS.test(textOf(context.userId) ?? ''))
    return refuse(
      400,
      'value',
      'context.userId must be a reference such as Practitioner/id or PractitionerRole/id',
    )
  const patientId = textOf(context.patientId)
  if (!patientId || !ID.test(patientId))
    return refuse(400, 'value', 'context.patientId must be an id, not a reference')
  if (context.encounterId !== undefined && !ID.test(textOf(context.encounterId) ?? ''))
    return refuse(400, 'value', 'context.encounterId must be an id')
  const frame = checkBundle(context[FIELD[hook]], FIELD[hook])
  if (frame) return frame
  const check = hook === 'order-sign' ? checkOrder : checkAppointment
  for (const resource of subjectsOf(hook, context)) {
    const wrong = check(resource, patientId)
    if (wrong) return wrong
  }
  return undefined
}

/** The orders or appointments of a checked context. */
export const subjectsOf = (hook: Hook, context: unknown): readonly JsonObject[] =>
  objectsIn(at(context, FIELD[hook], 'entry')).flatMap((entry) =>
    isObject(entry.resource) ? [entry.resource] : [],
  )
