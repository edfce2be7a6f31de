import { blankIn, checkBundle, drafted, ID } from './bundle-check'
import { checkDispatch } from './dispatch-check'
import type { CrdVersion, Hook } from './hooks'
import { isObject, type JsonObject, localReference, textOf } from './json'
import { checkAppointment, checkOrder } from './order-content'
import { type Refusal, refuse } from './refusal'

const USERS = /^(Practitioner|PractitionerRole|Patient|RelatedPerson)\/[A-Za-z0-9\-.]{1,64}$/

/** The people and the visit of the context; order-dispatch has no user (CRD facts A2). */
function checkPeople(hook: Hook, context: JsonObject): Refusal | undefined {
  if (hook !== 'order-dispatch' && !USERS.test(textOf(context.userId) ?? ''))
    return refuse(
      400,
      'value',
      'context.userId must be a reference such as Practitioner/id or PractitionerRole/id',
    )
  if (!ID.test(textOf(context.patientId) ?? ''))
    return refuse(400, 'value', 'context.patientId must be an id, not a reference')
  const visit = hook === 'encounter-start' || hook === 'encounter-discharge'
  if (visit && context.encounterId === undefined)
    return refuse(400, 'required', `context.encounterId is missing; ${hook} is about an encounter`)
  return context.encounterId !== undefined && !ID.test(textOf(context.encounterId) ?? '')
    ? refuse(400, 'value', 'context.encounterId must be an id')
    : undefined
}

/** The selections of order-select: references to orders of draftOrders, at least one (CDS Hooks order-select 1.0). */
function checkSelections(context: JsonObject): Refusal | undefined {
  const { selections } = context
  if (!Array.isArray(selections) || selections.length === 0)
    return refuse(400, 'required', 'context.selections must list at least one order')
  const orders = new Set(
    drafted(context, 'draftOrders').map(({ resourceType, id }) => `${resourceType}/${id}`),
  )
  for (const [index, selection] of selections.entries())
    if (typeof selection !== 'string' || !orders.has(selection))
      return refuse(
        400,
        'value',
        `context.selections[${index}] is ${JSON.stringify(selection)}, which is not among the draftOrders`,
      )
  return undefined
}

function checkDrafts(
  context: JsonObject,
  field: string,
  check: (resource: JsonObject, patientId: string) => Refusal | undefined,
): Refusal | undefined {
  const frame = checkBundle(context[field], field)
  if (frame) return frame
  for (const resource of drafted(context, field)) {
    const wrong = check(resource, textOf(context.patientId) ?? '')
    if (wrong) return wrong
  }
  return undefined
}

/** Checks the hook's context in the shape of a CRD version; the refusal names the field. */
export function checkContext(hook: Hook, context: unknown, version: CrdVersion): Refusal | undefined {
  if (!isObject(context)) return refuse(400, 'required', 'context is missing')
  const people = checkPeople(hook, context)
  if (people) return people
  const wrong = checkSubjects(hook, context, version)
  if (wrong) return wrong
  const blank = blankIn(context, 'context')
  return blank ? refuse(400, 'value', `${blank} is there and empty; leave it out`) : undefined
}

function checkSubjects(hook: Hook, context: JsonObject, version: CrdVersion): Refusal | undefined {
  switch (hook) {
    case 'appointment-book':
      return checkDrafts(context, 'appointments', checkAppointment)
    case 'order-sign':
      return checkDrafts(context, 'draftOrders', checkOrder)
    case 'order-select':
      return checkDrafts(context, 'draftOrders', checkOrder) ?? checkSelections(context)
    case 'order-dispatch':
      return checkDispatch(context, version)
    case 'encounter-start':
    case 'encounter-discharge':
      return undefined
  }
}

/** What the context itself holds and the answer is about; nothing for hooks whose context has references alone. */
export function subjectsOf(hook: Hook, context: unknown): readonly JsonObject[] {
  switch (hook) {
    case 'appointment-book':
      return drafted(context, 'appointments')
    case 'order-sign':
      return drafted(context, 'draftOrders')
    case 'order-select': {
      // Only what was just chosen is answered; the rest of the drafts is context.
      const selections = isObject(context) && Array.isArray(context.selections) ? context.selections : []
      return drafted(context, 'draftOrders').filter(({ resourceType, id }) =>
        selections.some((selection) => localReference(selection) === `${resourceType}/${id}`),
      )
    }
    case 'encounter-start':
    case 'encounter-discharge':
    case 'order-dispatch':
      return []
  }
}
