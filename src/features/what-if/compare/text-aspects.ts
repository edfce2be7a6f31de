import type { FormValues } from '../form-values'
import { PLACES_OF_SERVICE } from '../place-of-service'
import { VISIT_SETTINGS } from '../visit-settings'
import type { AspectOf } from './aspects'

export type TextAspect =
  | 'place'
  | 'when'
  | 'quantity'
  | 'generic'
  | 'dosage'
  | 'coverage'
  | 'appointment-day'
  | 'appointment-hour'
  | 'visit-start'
  | 'visit-setting'

interface TextAspectOf extends AspectOf<string> {
  /** The values to choose from; a day, a time, a number or words where there are none. The coverages stand in the chart. */
  readonly control: 'date' | 'time' | 'number' | 'words' | 'coverage' | readonly Choice[]
}

export interface Choice {
  readonly value: string
  readonly words: string
}

/** What is typed or chosen from a list. */
export const textAspects: Readonly<Record<TextAspect, TextAspectOf>> = {
  place: {
    label: 'Place of service',
    control: [
      { value: '', words: 'Not stated' },
      ...PLACES_OF_SERVICE.map(({ code, name }) => ({ value: code, words: name })),
    ],
    read: (values) => values.place,
    write: (values, place) => ({ ...values, place }),
  },
  when: {
    label: 'When',
    control: 'date',
    read: (values) => values.when,
    write: (values, when) => ({ ...values, when }),
  },
  quantity: {
    label: 'How many',
    control: 'number',
    read: (values) => values.quantity,
    write: (values, quantity) => ({ ...values, quantity }),
  },
  generic: {
    label: 'Brand or generic',
    control: [
      { value: 'false', words: 'A generic in its place is allowed' },
      { value: 'true', words: 'As written: no generic in its place' },
    ],
    read: (values) => String(values.details.asWritten),
    write: (values, written) => ({
      ...values,
      details: { ...values.details, asWritten: written === 'true' },
    }),
  },
  dosage: {
    label: 'Dosage',
    control: 'words',
    read: (values) => values.dosage,
    write: (values, dosage) => ({ ...values, dosage }),
  },
  coverage: {
    label: 'Coverage',
    control: 'coverage',
    read: (values) => values.coverageId,
    write: (values, coverageId) => ({ ...values, coverageId }),
  },
  'appointment-day': {
    label: 'Day',
    control: 'date',
    read: (values) => values.appointment.day,
    write: (values, day) => ({ ...values, appointment: onDay(values.appointment, day) }),
  },
  'appointment-hour': {
    label: 'Time',
    control: 'time',
    read: (values) => values.appointment.hour,
    write: (values, hour) => ({ ...values, appointment: { ...values.appointment, hour } }),
  },
  'visit-start': {
    label: 'Begins',
    control: 'date',
    read: (values) => values.visit.start,
    write: (values, start) => ({ ...values, visit: beginning(values.visit, start) }),
  },
  'visit-setting': {
    label: 'Where the patient is seen',
    control: VISIT_SETTINGS.map(({ code, words }) => ({ value: code, words })),
    read: (values) => values.visit.setting,
    write: (values, setting) => ({ ...values, visit: { ...values.visit, setting } }),
  },
}

/** The last day is never before the first. */
const onDay = (appointment: FormValues['appointment'], day: string): FormValues['appointment'] => ({
  ...appointment,
  day,
  until: appointment.until < day ? day : appointment.until,
})

/** An end before the new beginning holds no longer. */
const beginning = (visit: FormValues['visit'], start: string): FormValues['visit'] => ({
  ...visit,
  start,
  end: visit.end < start ? '' : visit.end,
})
