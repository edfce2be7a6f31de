import { type CardDesk, card } from './cards'
import type { JsonObject } from './json'
import { objectsIn } from './json'
import type { Assertion } from './rules'
import { patientOf, referenceTo } from './suggestions'

/** What is covered, in the words of a payer that has no extension for it. */
const COVERED: Readonly<Record<Assertion['covered'], string>> = {
  covered: 'Covered',
  'not-covered': 'Not covered',
  conditional: 'Covered on conditions',
  indeterminate: 'Coverage cannot be decided yet',
}

const AUTHORIZATION: Readonly<Record<NonNullable<Assertion['paNeeded']>, string>> = {
  'no-auth': 'no prior authorization required',
  'auth-needed': 'prior authorization required',
  satisfied: 'prior authorization granted',
  performpa: 'the performer requests prior authorization',
  conditional: 'prior authorization required on conditions',
  indeterminate: 'prior authorization cannot be decided yet',
}

/** An assertion in one sentence. */
function sentence({ covered, paNeeded, reasons = [], satisfiedPaId }: Assertion): string {
  const parts = [
    COVERED[covered],
    ...(paNeeded ? [AUTHORIZATION[paNeeded]] : []),
    ...(satisfiedPaId ? [`number ${satisfiedPaId}`] : []),
    ...reasons.map(({ text }) => text),
  ]
  return parts.join('; ')
}

const NOTED = [
  'ServiceRequest',
  'DeviceRequest',
  'MedicationRequest',
  'NutritionOrder',
  'CommunicationRequest',
]

/** The order with the payer's remark: its note, or the comment of an Appointment; undefined for types that have neither. */
function remarked(order: JsonObject, { payer, today }: CardDesk, text: string): JsonObject | undefined {
  if (order.resourceType === 'Appointment') return { ...order, comment: text }
  if (!NOTED.includes(String(order.resourceType))) return undefined
  return { ...order, note: [...objectsIn(order.note), { authorString: payer.title, time: today, text }] }
}

const annotation = (order: JsonObject, desk: CardDesk, text: string): JsonObject | undefined => {
  const resource = remarked(order, desk, text)
  return (
    resource && {
      label: 'Add to the record',
      uuid: desk.newId(),
      actions: [{ type: 'update', description: 'Add the payer’s remark to the order', resource }],
    }
  )
}

/** Stores the authorization as a ClaimResponse and links the order to it; the two refer to each other by the id given here (CRD 1.1, transaction rules). */
function storage(order: JsonObject, desk: CardDesk, number: string): JsonObject {
  const id = desk.newId()
  const { payer, today } = desk
  const response = {
    resourceType: 'ClaimResponse',
    id,
    status: 'active',
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }] },
    use: 'preauthorization',
    patient: patientOf(order, desk),
    created: today,
    insurer: { identifier: payer.identifier, display: payer.title },
    outcome: 'complete',
    preAuthRef: number,
  }
  const linked = {
    ...order,
    supportingInfo: [...objectsIn(order.supportingInfo), { reference: `ClaimResponse/${id}` }],
  }
  return {
    label: 'Store the authorization',
    uuid: desk.newId(),
    actions: [
      { type: 'create', description: 'Store the authorization', resource: response },
      { type: 'update', description: 'Link the order to it', resource: linked },
    ],
  }
}

/** A Task to ask once more when the missing facts are there: how CRD 1.1 puts a question off. */
function deferral(order: JsonObject, desk: CardDesk, assertion: Assertion): readonly JsonObject[] {
  if (!assertion.infoNeeded?.length) return []
  const about = referenceTo(order)
  const description = `Ask ${desk.payer.title} again when this is known: ${assertion.infoNeeded.join(', ')}`
  const task = {
    resourceType: 'Task',
    id: desk.newId(),
    status: 'requested',
    intent: 'proposal',
    code: { text: 'Ask the payer again' },
    description,
    focus: { reference: about },
    for: patientOf(order, desk),
    authoredOn: desk.today,
  }
  return [
    card(desk, 'prior-auth', about, {
      summary: 'More facts are needed before this can be decided',
      indicator: 'info',
      detail: description,
      selectionBehavior: 'at-most-one',
      suggestions: [
        {
          label: 'Put it off until then',
          uuid: desk.newId(),
          actions: [{ type: 'create', description: 'Add a task to ask again', resource: task }],
        },
      ],
    }),
  ]
}

/** What CRD 1.1 says with cards, where later versions have coverage-information: a remark to keep, an authorization to store, a question put off. */
export function annotationCards(
  order: JsonObject,
  assertion: Assertion,
  desk: CardDesk,
): readonly JsonObject[] {
  const text = sentence(assertion)
  const number = assertion.satisfiedPaId
  const suggestions = [
    ...(number && order.resourceType === 'ServiceRequest' ? [storage(order, desk, number)] : []),
    annotation(order, desk, text),
  ].filter((offered) => offered !== undefined)
  const told = card(desk, 'prior-auth', referenceTo(order), {
    summary: (number ? `Authorization ${number} was granted` : text).slice(0, 139),
    indicator: assertion.covered === 'not-covered' ? 'critical' : 'info',
    detail: text,
    ...(suggestions.length > 0 ? { selectionBehavior: 'at-most-one', suggestions } : {}),
  })
  return [told, ...deferral(order, desk, assertion)]
}
