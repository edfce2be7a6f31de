import { useQuery } from '@tanstack/react-query'
import type { EhrPort } from '../../domain/ports'
import { appointmentOf } from '../asking/booked-visit'
import type { PartyEntry } from '../asking/entries'
import { dayOf } from '../asking/local-time'
import { ONCE } from '../asking/once'
import { useWork, type Work } from '../work'
import { type DeskVisit, readDeskVisit } from './desk-visit'
import { readWorkplace } from './workplace'

/** What a question can be filled from: appointments, soonest first, and where the user works. */
export interface Beginnings {
  readonly visits: readonly DeskVisit[]
  /** The launch was opened for the first of them. */
  readonly isNamed: boolean
  /** The chart's appointments could not be read. */
  readonly isFailed: boolean
  readonly place?: PartyEntry
}

type Visits = Omit<Beginnings, 'place'>

/** More of the next appointments than this are not offered. */
const MOST = 5

/** The launch's appointment, else the patient's next ones; undefined while they are being read. Read once. */
export function useVisits(): Beginnings | undefined {
  const work = useWork()
  const { session } = work
  const id = appointmentOf(session.fhirContext, session.fhirBase)
  const query = useQuery({
    queryKey: ['front-desk', session.key, 'visits', id],
    queryFn: async (): Promise<Beginnings> => {
      const [visits, place] = await Promise.all([
        id === undefined ? readNext(work) : readNamed(work, id),
        readWorkplace(work.ports.ehr, work.chart.userRoles),
      ])
      return { ...visits, ...(place && { place }) }
    },
    ...ONCE,
  })
  return query.isError ? NONE_READ : query.data
}

const NONE_READ: Visits = { visits: [], isNamed: false, isFailed: true }

async function readNamed(work: Work, id: string): Promise<Visits> {
  const { session, site, ports } = work
  const appointment = await ports.ehr.read('Appointment', id)
  if (!appointment.ok) return NONE_READ
  const visit = readDeskVisit(appointment.value, session, site.presets.orders)
  // Somebody else's, or called off: nothing is taken from it, and the next ones are looked for.
  return visit === undefined ? readNext(work) : { visits: [visit], isNamed: true, isFailed: false }
}

async function readNext({ session, site, ports }: Work): Promise<Visits> {
  const today = dayOf(ports.clock.now())
  const found = await nextAppointments(ports.ehr, session.patientId, today)
  if (!found.ok) return NONE_READ
  const visits = found.value.matches
    .flatMap((each) => readDeskVisit(each, session, site.presets.orders) ?? [])
    // A server may pass over the date.
    .filter(({ day }) => day === undefined || day >= today)
    .toSorted((a, b) => (a.start ?? a.day ?? '').localeCompare(b.start ?? b.day ?? ''))
  return { visits: visits.slice(0, MOST), isNamed: false, isFailed: false }
}

/** Some servers refuse a date that is none of a day's: then all of the patient's are looked through. */
async function nextAppointments(ehr: EhrPort, patientId: string, today: string) {
  const ofPatient = [
    ['patient', patientId],
    ['_count', '20'],
  ] as const
  const next = await ehr.search('Appointment', [...ofPatient, ['date', `ge${today}`]])
  const isRefused = !next.ok && next.problem.kind === 'http' && next.problem.status === 400
  return isRefused ? ehr.search('Appointment', ofPatient) : next
}
