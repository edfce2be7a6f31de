import { type DraftAppointment, type DraftEncounter, type Question, questionOf } from './question'
import { type DraftOrder, type FieldError, isCalendarDate, type Scenario, sharedOrders } from './scenario'
import { codeSentence, isCode, isParty, isReferenceTo, validate } from './scenario-check'

/** Fields that are not of every order: of some kinds, of an appointment, a visit or a dispatch. */
export type QuestionField =
  | FieldError['field']
  | 'basedOn'
  | 'lenses'
  | 'frequency'
  | 'supply'
  | 'selections'
  | 'appointments'
  | 'serviceType'
  | 'time'
  | 'performers'
  | 'encounter'
  | 'class'
  | 'type'
  | 'task'

/** What keeps a question from being asked. `orderId`: the order or appointment that it is about. */
export interface QuestionError {
  readonly orderId?: string
  readonly field: QuestionField
  readonly message: string
}

/** All that keeps a scenario from being asked with its hook: empty means it may be. */
export function validateQuestion(scenario: Scenario): readonly QuestionError[] {
  const question = questionOf(scenario)
  const orders = needsOrders(question) ? validate(scenario) : validateThose(scenario)
  return [
    ...orders,
    ...sharedOrders(scenario).flatMap((order) => validateDetails(order, scenario.deIdentified === true)),
    ...validateContent(scenario, question),
  ]
}

/** An appointment and a visit need no order, and orders of the chart can be dispatched. */
function needsOrders(question: Question): boolean {
  if (question.hook === 'order-dispatch') return question.existing.length === 0
  return question.hook === 'order-sign' || question.hook === 'order-select'
}

const validateThose = (scenario: Scenario): readonly QuestionError[] =>
  sharedOrders(scenario).length === 0 ? [] : validate(scenario)

function validateDetails(order: DraftOrder, isDeIdentified: boolean): readonly QuestionError[] {
  const errors: QuestionError[] = []
  const add = (field: QuestionField, message: string) => errors.push({ orderId: order.id, field, message })
  if (isDeIdentified && order.coding.length === 0)
    add('coding', 'Words are not sent in a de-identified question: choose a code.')
  if (order.kind === 'CommunicationRequest' && order.basedOn?.reference === undefined)
    add('basedOn', 'Choose the order that the records are about.')
  const { frequency } = order
  if (frequency && !(isCount(frequency.times) && frequency.period > 0 && Number.isFinite(frequency.period)))
    add('frequency', 'Enter how often, as whole numbers greater than zero.')
  if (order.daysSupply !== undefined && !isCount(order.daysSupply))
    add('supply', 'Enter the days of one fill as a whole number greater than zero.')
  if (order.refills !== undefined && !isCount(order.refills + 1))
    add('supply', 'Enter the refills as a whole number.')
  if (order.kind === 'VisionPrescription' && order.lenses?.length === 0)
    add('lenses', 'Choose at least one eye.')
  for (const { axis } of order.lenses ?? [])
    if (axis !== undefined && !(Number.isInteger(axis) && axis >= 0 && axis <= 180))
      add('lenses', 'The axis of a lens is between 0 and 180 degrees.')
  return errors
}

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0

function validateContent(scenario: Scenario, question: Question): readonly QuestionError[] {
  switch (question.hook) {
    case 'order-sign':
      return []
    case 'order-select': {
      const ids = sharedOrders(scenario).map((order) => order.id)
      return question.selections.every((id) => ids.includes(id))
        ? []
        : [{ field: 'selections', message: 'What was chosen is not among the orders.' }]
    }
    case 'appointment-book':
      return validateAppointments(scenario, question.appointments)
    case 'encounter-start':
    case 'encounter-discharge':
      if (question.encounter.kind === 'hypothetical') return validateEncounter(question.encounter.encounter)
      return isId(question.encounter.id)
        ? []
        : [{ field: 'encounter', message: 'Choose a visit of the chart.' }]
    case 'order-dispatch':
      return [
        ...(isReferenceTo(question.performer.reference, performers)
          ? []
          : [{ field: 'performer' as const, message: 'Choose from the chart who is to do it.' }]),
        ...(question.task?.until === undefined || isCalendarDate(question.task.until)
          ? []
          : [{ field: 'task' as const, message: 'Enter a date that exists, as year, month and day.' }]),
      ]
  }
}

const performers = ['Practitioner', 'PractitionerRole', 'Organization', 'Location'] as const
const isId = (id: string): boolean => /^[A-Za-z0-9\-.]{1,64}$/.test(id)

function validateAppointments(
  scenario: Scenario,
  appointments: readonly DraftAppointment[],
): readonly QuestionError[] {
  const kept = scenario.orders.filter((order) => order.patientPays).map((order) => order.id)
  const shared = appointments.filter(
    (each) => !each.patientPays && !each.basedOn.some((id) => kept.includes(id)),
  )
  if (appointments.length === 0) return [{ field: 'appointments', message: 'Describe the appointment.' }]
  if (shared.length === 0)
    return [
      {
        field: 'appointments',
        message: 'Every appointment is paid by the patient, so there is nothing to ask the payer.',
      },
    ]
  const ids = [...appointments.map((each) => each.id), ...scenario.orders.map((order) => order.id)]
  const errors: QuestionError[] =
    new Set(ids).size === ids.length && ids.every(isId)
      ? []
      : [{ field: 'appointments', message: 'Each appointment needs an id of its own.' }]
  return [...errors, ...shared.flatMap((each) => validateAppointment(each, scenario))]
}

function validateAppointment(draft: DraftAppointment, scenario: Scenario): readonly QuestionError[] {
  const errors: QuestionError[] = []
  const add = (field: QuestionField, message: string) => errors.push({ orderId: draft.id, field, message })
  const says = draft.serviceType.length > 0 || (draft.text ?? '').trim() !== ''
  if (draft.basedOn.length === 0 && !says) add('serviceType', 'Choose what the appointment is for.')
  if (scenario.deIdentified === true && draft.basedOn.length === 0 && draft.serviceType.length === 0)
    add('serviceType', 'Words are not sent in a de-identified question: choose a code.')
  if (![...draft.serviceType, ...draft.billing].every(isCode)) add('serviceType', codeSentence)
  if (
    !draft.basedOn.every(
      (id) => scenario.orders.some((order) => order.id === id) || /^[A-Z]\w+\/\S+$/.test(id),
    )
  )
    add('basedOn', 'The order that the appointment is based on is not there.')
  if (draft.performers.length === 0 || !draft.performers.every(isParty))
    add('performers', 'Choose who sees the patient, or where.')
  const isTime = draft.time.kind === 'exact' ? isInstant : isCalendarDate
  if (!isTime(draft.time.start) || !isTime(draft.time.end) || draft.time.end < draft.time.start)
    add('time', 'Enter when it begins and when it ends.')
  return errors
}

/** FHIR instant: with seconds and the offset from UTC. */
const isInstant = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  isCalendarDate(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value))

function validateEncounter(draft: DraftEncounter): readonly QuestionError[] {
  const errors: QuestionError[] = []
  const add = (field: QuestionField, message: string) => errors.push({ orderId: draft.id, field, message })
  if (!isId(draft.id)) add('encounter', 'The visit needs an id of its own.')
  if (!isCode(draft.class))
    add('class', 'Choose whether it is an office visit, an admission or an emergency.')
  if (draft.type.length === 0 && (draft.text ?? '').trim() === '')
    add('type', 'Choose what kind of visit it is.')
  if (![...draft.type, ...draft.billing].every(isCode)) add('type', codeSentence)
  if (!isCalendarDate(draft.start)) add('time', 'Enter a date that exists, as year, month and day.')
  if (draft.end !== undefined && !(isCalendarDate(draft.end) && draft.end >= draft.start))
    add('time', 'A visit ends on or after the day on which it begins.')
  return errors
}
