import type { AppointmentTime, DraftAppointment, DraftEncounter, Question } from '../../domain/crd/question'
import type { Party } from '../../domain/crd/scenario'
import { partyOf } from '../asking/entries'
import { instant } from '../asking/local-time'
import { type ChartReason, reasonsOf } from './chart-reasons'
import { type AppointmentValues, describesOrders, type FormValues, ordersOf } from './form-values'
import { visitSetting } from './visit-settings'

/** What the form is about besides its orders; undefined: orders alone, which are asked about as if they were signed (CRD found-35). */
export function toQuestion(values: FormValues, known: readonly ChartReason[]): Question | undefined {
  switch (values.about) {
    case 'order':
      return undefined
    case 'appointment':
      return { hook: 'appointment-book', appointments: [toAppointment(values, known)] }
    case 'visit': {
      const { moment, real } = values.visit
      return {
        hook: moment === 'start' ? 'encounter-start' : 'encounter-discharge',
        encounter:
          real === ''
            ? { kind: 'hypothetical', encounter: toEncounter(values, known) }
            : { kind: 'real', id: real },
      }
    }
    case 'dispatch': {
      const { existing, to, withTask, id, repetitions, until } = values.dispatch
      const often = repetitions.trim()
      return {
        hook: 'order-dispatch',
        existing,
        performer: partyOf(to) ?? { display: '' },
        ...(withTask && {
          task: {
            id,
            ...(often !== '' && { repetitions: Number(often) }),
            ...(until !== '' && { until }),
          },
        }),
      }
    }
  }
}

const present = (...parties: readonly (Party | undefined)[]): readonly Party[] =>
  parties.flatMap((party) => party ?? [])

function toAppointment(values: FormValues, known: readonly ChartReason[]): DraftAppointment {
  const { appointment } = values
  const { id, what, who, where, basedOn } = appointment
  const described = describesOrders(values)
    ? ordersOf(values)
        .filter((order) => !order.patientPays)
        .map((order) => order.id)
    : []
  const words = what.item?.label
  return {
    id,
    serviceType: what.item?.coding ?? [],
    ...(words !== undefined && { text: words }),
    time: timeOf(appointment),
    performers: present(partyOf(who), partyOf(where)),
    reasons: reasonsOf(values, known),
    basedOn: basedOn === '' ? [] : basedOn === 'described' ? described : [basedOn],
    billing: [],
    // Where it is based on the form's orders, each of them says for itself who pays.
    patientPays: values.patientPays && basedOn !== 'described',
  }
}

/** A day and an hour where the user is, as FHIR instants; else the days between which it is wanted. */
function timeOf({ isExact, day, hour, minutes, until }: AppointmentValues): AppointmentTime {
  if (!isExact) return { kind: 'between', start: day, end: until }
  const start = new Date(`${day}T${hour}:00`)
  const length = Number(minutes)
  if (Number.isNaN(start.getTime()) || !(length > 0)) return { kind: 'exact', start: '', end: '' }
  return { kind: 'exact', start: instant(start), end: instant(new Date(start.getTime() + length * 60_000)) }
}

function toEncounter(values: FormValues, known: readonly ChartReason[]): DraftEncounter {
  const { id, setting, what, start, end, who, where } = values.visit
  const practitioner = partyOf(who)
  const location = partyOf(where)
  const words = what.item?.label
  return {
    id,
    class: visitSetting(setting),
    type: what.item?.coding ?? [],
    ...(words !== undefined && { text: words }),
    start,
    ...(end !== '' && { end }),
    ...(practitioner && { practitioner }),
    ...(location && { location }),
    reasons: reasonsOf(values, known),
    billing: [],
  }
}
