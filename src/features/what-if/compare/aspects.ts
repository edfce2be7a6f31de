import type { CodeEntry } from '../../asking/CodeSearch'
import type { PartyEntry } from '../../asking/entries'
import type { FormValues } from '../form-values'

/** Where in the form a thing stands, and how it is called. */
export interface AspectOf<Value> {
  readonly label: string
  readonly read: (values: FormValues) => Value
  readonly write: (values: FormValues, value: Value) => FormValues
}

export type PartyType = 'Practitioner' | 'Organization' | 'Location'

const inAppointment = (values: FormValues, changed: Partial<FormValues['appointment']>): FormValues => ({
  ...values,
  appointment: { ...values.appointment, ...changed },
})
const inVisit = (values: FormValues, changed: Partial<FormValues['visit']>): FormValues => ({
  ...values,
  visit: { ...values.visit, ...changed },
})

export type CodeAspect = 'appointment-what' | 'visit-what'

/** What is searched for by code, besides what is ordered. */
export const codeAspects: Readonly<Record<CodeAspect, AspectOf<CodeEntry>>> = {
  'appointment-what': {
    label: 'Appointment for',
    read: (values) => values.appointment.what,
    write: (values, what) => inAppointment(values, { what }),
  },
  'visit-what': {
    label: 'Kind of visit',
    read: (values) => values.visit.what,
    write: (values, what) => inVisit(values, { what }),
  },
}

export type PartyAspect =
  | 'performer'
  | 'location'
  | 'appointment-who'
  | 'appointment-where'
  | 'visit-who'
  | 'visit-where'
  | 'sent-to'

/** Who and where, by the chart's people, organizations and places of that name. */
export const partyAspects: Readonly<
  Record<PartyAspect, AspectOf<PartyEntry> & { readonly types: readonly PartyType[] }>
> = {
  performer: {
    label: 'Performed by',
    types: ['Practitioner', 'Organization'],
    read: (values) => values.performer,
    write: (values, performer) => ({ ...values, performer }),
  },
  location: {
    label: 'Where',
    types: ['Location'],
    read: (values) => values.location,
    write: (values, location) => ({ ...values, location }),
  },
  'appointment-who': {
    label: 'With',
    types: ['Practitioner'],
    read: (values) => values.appointment.who,
    write: (values, who) => inAppointment(values, { who }),
  },
  'appointment-where': {
    label: 'At',
    types: ['Location'],
    read: (values) => values.appointment.where,
    write: (values, where) => inAppointment(values, { where }),
  },
  'visit-who': {
    label: 'With',
    types: ['Practitioner'],
    read: (values) => values.visit.who,
    write: (values, who) => inVisit(values, { who }),
  },
  'visit-where': {
    label: 'At',
    types: ['Location'],
    read: (values) => values.visit.where,
    write: (values, where) => inVisit(values, { where }),
  },
  'sent-to': {
    label: 'Sent to',
    types: ['Organization', 'Practitioner', 'Location'],
    read: (values) => values.dispatch.to,
    write: (values, to) => ({ ...values, dispatch: { ...values.dispatch, to } }),
  },
}
