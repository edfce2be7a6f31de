import type { DraftAppointment, Question } from '../../domain/crd/question'
import { type QuestionError, validateQuestion } from '../../domain/crd/question-check'
import { applies, type DraftOrder, type Scenario } from '../../domain/crd/scenario'
import type { Site } from '../../domain/site'
import type { FieldError } from '../../ui'
import { partyOf } from '../asking/entries'
import { keyOfItem } from '../asking/order-item'
import { type AskAs, askAsOf, orderKindOf } from './desk-item'
import type { DeskValues } from './desk-values'

/** Ids of the fields, for the way from an error to its field. */
export const DESK_IDS = {
  what: 'fd-what',
  day: 'fd-day',
  where: 'fd-where',
  who: 'fd-who',
} as const

/** What a question is made of besides what was typed. */
export interface DeskFacts {
  readonly patientId: string
  readonly encounterId?: string
  /** The visit of the chart that the patient has come for, where one was found. */
  readonly hereId?: string
  readonly site: Site
}

/** As what it would be asked: as the user says, else as the service does. */
export function askedAs({ askAs, what }: DeskValues, site: Site): AskAs {
  if (askAs !== '') return askAs
  return what.item === null ? 'visit' : askAsOf(what.item, site)
}

/** The question for a payer. Who asks is the session's user; who orders is the appointment's or the named clinician (issue 5). */
export function deskScenario(values: DeskValues, facts: DeskFacts): Scenario {
  const asked = askedAs(values, facts.site)
  const question = questionFor(asked, values, facts)
  return {
    version: 0,
    patientId: facts.patientId,
    ...(facts.encounterId !== undefined && { encounterId: facts.encounterId }),
    ...(values.coverageId !== '' && { coverageId: values.coverageId }),
    orders: asked === 'order' ? [orderOf(values, facts.site)] : [],
    ...(question && { question }),
  }
}

function questionFor(asked: AskAs, values: DeskValues, { hereId }: DeskFacts): Question | undefined {
  switch (asked) {
    case 'order':
      return undefined
    case 'visit':
      return { hook: 'appointment-book', appointments: [appointmentOf(values)] }
    case 'here': {
      const [practitioner, location] = [partyOf(values.who), partyOf(values.where)]
      const { item, text } = values.what
      if (hereId !== undefined) return { hook: 'encounter-start', encounter: { kind: 'real', id: hereId } }
      return {
        hook: 'encounter-start',
        encounter: {
          kind: 'hypothetical',
          encounter: {
            id: values.id,
            class: { system: ACT_CODE, code: 'AMB', display: 'ambulatory' },
            type: item?.coding ?? [],
            ...((item?.label ?? text) !== '' && { text: item?.label ?? text }),
            start: values.day,
            ...(practitioner && { practitioner }),
            ...(location && { location }),
            reasons: [],
            billing: [],
          },
        },
      }
    }
  }
}

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

function appointmentOf({ id, what, day, who, where, visit }: DeskValues): DraftAppointment {
  const isSameDay = visit?.start !== undefined && visit.end !== undefined && visit.day === day
  const isSameService =
    visit?.item !== undefined && what.item !== null && keyOfItem(visit.item) === keyOfItem(what.item)
  const words = what.item?.label ?? what.text.trim()
  return {
    id,
    serviceType: what.item?.coding ?? [],
    ...(words !== '' && { text: words }),
    time:
      isSameDay && visit.start !== undefined && visit.end !== undefined
        ? { kind: 'exact', start: visit.start, end: visit.end }
        : { kind: 'between', start: day, end: day },
    performers: [partyOf(who), partyOf(where)].filter((party) => party !== undefined),
    reasons: [],
    basedOn: isSameService && visit.orderId !== undefined ? [`ServiceRequest/${visit.orderId}`] : [],
    billing: [],
    patientPays: false,
  }
}

function orderOf({ id, what, day, who, where }: DeskValues, site: Site): DraftOrder {
  const kind = what.item === null ? 'ServiceRequest' : orderKindOf(what.item, site)
  const [requester, location] = [partyOf(who), partyOf(where)]
  const words = what.item?.label ?? what.text.trim()
  return {
    id,
    kind,
    coding: what.item?.coding ?? [],
    ...(words !== '' && { text: words }),
    occurrence: day,
    quantity: { value: 1 },
    reasons: [],
    ...(requester && { requester }),
    ...(location && applies(kind, 'location') && { location }),
    billing: [],
    patientPays: false,
  }
}

/** What keeps the question from being asked, in the desk's words and at its fields. */
export function deskErrors(values: DeskValues, scenario: Scenario): readonly FieldError[] {
  const errors = validateQuestion(scenario).map((error): FieldError => {
    const fieldId = fieldOf(error)
    return { fieldId, message: SENTENCES[fieldId] }
  })
  // Words alone are for people: a payer answers about codes.
  const isUnchosen = values.what.item === null
  const all = isUnchosen ? [{ fieldId: DESK_IDS.what, message: SENTENCES[DESK_IDS.what] }, ...errors] : errors
  return all.filter((error, index) => all.findIndex(({ fieldId }) => fieldId === error.fieldId) === index)
}

type FieldId = (typeof DESK_IDS)[keyof typeof DESK_IDS]

const SENTENCES: Readonly<Record<FieldId, string>> = {
  'fd-what': 'Choose the service from the list.',
  'fd-day': 'Enter a date that exists.',
  'fd-where': 'Choose the place, or who sees the patient, from the list.',
  'fd-who': 'Choose from the list who orders it.',
}

function fieldOf({ field }: QuestionError): FieldId {
  switch (field) {
    case 'time':
    case 'occurrence':
      return DESK_IDS.day
    case 'performers':
    case 'location':
      return DESK_IDS.where
    case 'requester':
      return DESK_IDS.who
    default:
      return DESK_IDS.what
  }
}
