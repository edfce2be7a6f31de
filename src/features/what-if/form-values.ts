import { at, flag, number, text } from '../../domain/json'
import type { NewId } from '../../domain/ports'
import type { CodeEntry } from '../asking/CodeSearch'
import { NOBODY, type PartyEntry, readParty } from '../asking/entries'
import {
  emptyOrder,
  NOTHING,
  type OrderValues,
  orderIn,
  readEntry,
  readId,
  readOrder,
  readOrders,
  readTexts,
} from './order-values'

/** What a question is about; each belongs to a hook of CRD. */
export type About = 'order' | 'appointment' | 'visit' | 'dispatch'

/** An appointment as typed. */
export interface AppointmentValues {
  /** Synthetic id, as all drafts have. */
  readonly id: string
  readonly what: CodeEntry
  /** A day and an hour, or some day between two. */
  readonly isExact: boolean
  /** `YYYY-MM-DD`; `HH:MM`; minutes. */
  readonly day: string
  readonly hour: string
  readonly minutes: string
  /** The last day, where it is some day between two. */
  readonly until: string
  readonly who: PartyEntry
  readonly where: PartyEntry
  /** Empty: no order. `described`: the orders of the form. Else `ServiceRequest/12` of the chart. */
  readonly basedOn: string
}

/** A visit as typed. */
export interface VisitValues {
  readonly id: string
  readonly moment: 'start' | 'discharge'
  /** Id of an Encounter of the chart; empty: one that does not exist. */
  readonly real: string
  /** v3-ActCode. */
  readonly setting: string
  readonly what: CodeEntry
  readonly start: string
  readonly end: string
  readonly who: PartyEntry
  readonly where: PartyEntry
}

/** Sending orders out, as typed. */
export interface DispatchValues {
  /** Synthetic id of the Task. */
  readonly id: string
  /** `ServiceRequest/12` of the chart. */
  readonly existing: readonly string[]
  /** The orders of the form go too. */
  readonly isNew: boolean
  readonly to: PartyEntry
  readonly withTask: boolean
  readonly repetitions: string
  readonly until: string
}

/** What stands in the form: the order that is being described, and all besides it. */
export interface FormValues extends OrderValues {
  readonly about: About
  /** The other orders of the question, and where among them the one being described belongs. */
  readonly others: readonly OrderValues[]
  readonly position: number
  readonly appointment: AppointmentValues
  readonly visit: VisitValues
  readonly dispatch: DispatchValues
  /** Asked for only where the launch names no practitioner. */
  readonly requester: PartyEntry
  /** Coverage id; empty = the likely primary one. */
  readonly coverageId: string
  /** The payers of the other active coverages are asked too. */
  readonly askOthers: boolean
  readonly deIdentified: boolean
  /** The payer is asked while the order is being chosen (order-select). Never kept: it is switched on for one question. */
  readonly checkAsTyped: boolean
}

/** An empty form. `today` is `YYYY-MM-DD`. */
export const emptyForm = (today: string, newId: NewId): FormValues => ({
  ...emptyOrder(today, newId()),
  about: 'order',
  others: [],
  position: 0,
  appointment: {
    id: newId(),
    what: NOTHING,
    isExact: true,
    day: today,
    hour: '09:00',
    minutes: '30',
    until: today,
    who: NOBODY,
    where: NOBODY,
    basedOn: '',
  },
  visit: {
    id: newId(),
    moment: 'start',
    real: '',
    setting: 'AMB',
    what: NOTHING,
    start: today,
    end: '',
    who: NOBODY,
    where: NOBODY,
  },
  dispatch: {
    id: newId(),
    existing: [],
    isNew: false,
    to: NOBODY,
    withTask: false,
    repetitions: '',
    until: '',
  },
  requester: NOBODY,
  coverageId: '',
  askOthers: true,
  deIdentified: false,
  checkAsTyped: false,
})

const ABOUTS: readonly About[] = ['order', 'appointment', 'visit', 'dispatch']

/** A form kept over a new launch (storage is not trusted): what can be read of it, the rest as in an empty form. */
export function readForm(kept: unknown, today: string, newId: NewId): FormValues {
  const { appointment, visit, dispatch, ...empty } = emptyForm(today, newId)
  const others = readOrders(kept, today, newId)
  return {
    ...empty,
    ...readOrder(kept, today, () => empty.id),
    about: ABOUTS.find((each) => each === text(kept, 'about')) ?? 'order',
    others,
    position: Math.max(0, Math.min(others.length, Math.trunc(number(kept, 'position') ?? 0))),
    appointment: readAppointment(at(kept, 'appointment'), appointment),
    visit: readVisit(at(kept, 'visit'), visit),
    dispatch: readDispatch(at(kept, 'dispatch'), dispatch),
    requester: readParty(kept, 'requester'),
    coverageId: text(kept, 'coverageId') ?? '',
    askOthers: flag(kept, 'askOthers') ?? true,
    deIdentified: flag(kept, 'deIdentified') ?? false,
  }
}

const readAppointment = (kept: unknown, empty: AppointmentValues): AppointmentValues => ({
  id: readId(kept, 'id', () => empty.id),
  what: readEntry(kept, 'what'),
  isExact: flag(kept, 'isExact') ?? true,
  day: text(kept, 'day') ?? empty.day,
  hour: text(kept, 'hour') ?? empty.hour,
  minutes: text(kept, 'minutes') ?? empty.minutes,
  until: text(kept, 'until') ?? empty.until,
  who: readParty(kept, 'who'),
  where: readParty(kept, 'where'),
  basedOn: text(kept, 'basedOn') ?? '',
})

const readVisit = (kept: unknown, empty: VisitValues): VisitValues => ({
  id: readId(kept, 'id', () => empty.id),
  moment: text(kept, 'moment') === 'discharge' ? 'discharge' : 'start',
  real: text(kept, 'real') ?? '',
  setting: text(kept, 'setting') ?? empty.setting,
  what: readEntry(kept, 'what'),
  start: text(kept, 'start') ?? empty.start,
  end: text(kept, 'end') ?? '',
  who: readParty(kept, 'who'),
  where: readParty(kept, 'where'),
})

const readDispatch = (kept: unknown, empty: DispatchValues): DispatchValues => ({
  id: readId(kept, 'id', () => empty.id),
  existing: readTexts(kept, 'existing'),
  isNew: flag(kept, 'isNew') ?? false,
  to: readParty(kept, 'to'),
  withTask: flag(kept, 'withTask') ?? false,
  repetitions: text(kept, 'repetitions') ?? '',
  until: text(kept, 'until') ?? '',
})

/** Whether orders are described for this question: a visit has none, an appointment need not. */
export function describesOrders(values: FormValues): boolean {
  switch (values.about) {
    case 'order':
      return true
    case 'appointment':
      return values.appointment.basedOn === 'described'
    case 'visit':
      return false
    case 'dispatch':
      return values.dispatch.isNew
  }
}

/** All orders of the form, in their order. */
export const ordersOf = (values: FormValues): readonly OrderValues[] =>
  values.others.toSpliced(values.position, 0, orderIn(values))

/** Nothing that a payer may know of is left to ask about: the patient pays for it (CRD dev-26). */
export function isPaidByPatient(values: FormValues): boolean {
  const { about, patientPays, dispatch } = values
  if (describesOrders(values)) {
    const isPaid = ordersOf(values).every((order) => order.patientPays)
    return isPaid && (about !== 'dispatch' || dispatch.existing.length === 0)
  }
  return about !== 'dispatch' && patientPays
}
