import type { FhirStore } from '../../fhir'
import { deskDay, freeDay } from '../../front-desk/calendar'
import { CROWD, crowdPerson } from '../../front-desk/crowd'
import type { Visit } from '../../front-desk/people'
import { loadPerson, loadVisit } from './weeks'

/** What a crowd person can have for a payer. */
const PLANS = ['acme', 'borealis', 'cedar', 'delta', 'unlisted', 'self', 'none'] as const

type PlanName = (typeof PLANS)[number]

/** A busy day as asked for. */
export interface BusyDay {
  readonly count: number
  /** `YYYY-MM-DD` */
  readonly date: string
  /** In turn: the first patient has the first one, and so on. */
  readonly payers: readonly [PlanName, ...PlanName[]]
}

const SERVICES = [
  ['follow-up', 'clinic-suite-4'],
  ['follow-up', 'clinic-suite-4'],
  ['laboratory', 'clinic-suite-4'],
  ['therapy', 'riverside-therapy'],
  ['wellness', 'clinic-suite-4'],
  ['mri-head', 'imaging-center'],
  ['flu-shot', 'clinic-suite-4'],
  ['follow-up', 'eastgate-clinic'],
  ['telehealth', 'clinic-suite-4'],
  ['nutrition', 'clinic-suite-4'],
] as const

const STAFF = ['moreno', 'weber', 'raman', 'ibarra', 'osei'] as const

/** The day begins at seven; everybody starts somebody new each quarter of an hour. */
const FIRST = 7 * 60

function visitOf(i: number): Visit {
  const [service, at] = SERVICES[i % SERVICES.length] ?? SERVICES[0]
  const start = FIRST + 15 * Math.floor(i / STAFF.length)
  const time = [Math.floor(start / 60), start % 60].map((n) => String(n).padStart(2, '0')).join(':')
  return { key: 'visit', day: 0, time, service, with: STAFF[i % STAFF.length] ?? 'moreno', at }
}

const isPlan = (name: string): name is PlanName => PLANS.some((plan) => plan === name)

/** Reads what a link or `POST /_busy` asks for: `count` up to 240, `payers` with commas, `date`. A sentence where it cannot be. */
export function readBusyDay(
  given: { readonly count: string; readonly payers?: string | undefined; readonly date?: string | undefined },
  now: Date,
): BusyDay | { readonly problem: string } {
  const count = Number(given.count)
  if (!Number.isInteger(count) || count < 1 || count > CROWD)
    return { problem: `A busy day has 1 to ${CROWD} appointments, not ${given.count}.` }
  const names = (given.payers || 'acme,borealis').split(',').map((name) => name.trim())
  const [first, ...rest] = names.filter(isPlan)
  if (first === undefined || rest.length + 1 < names.length)
    return { problem: `Payers of a busy day are ${PLANS.join(', ')}.` }
  const date = given.date || freeDay(deskDay(now))
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    return { problem: `${date} is no day.` }
  return { count, date, payers: [first, ...rest] }
}

/** The fields of a JSON body that `readBusyDay` takes. */
export function busyFields(body: unknown): Parameters<typeof readBusyDay>[0] {
  const fields = new Map(Object.entries(typeof body === 'object' && body !== null ? body : {}))
  const text = (name: string) => (fields.has(name) ? String(fields.get(name)) : undefined)
  return { count: text('count') ?? '', payers: text('payers'), date: text('date') }
}

/** Makes a day with so many appointments, each of another patient; what a busy day had before is made anew. Until the next reset. */
export function loadBusyDay(store: FhirStore, { count, date, payers }: BusyDay): void {
  clearBusyDay(store)
  const desk = deskDay(store.now())
  for (let i = 0; i < count; i += 1) {
    const person = crowdPerson(i + 1, payers[i % payers.length] ?? payers[0])
    loadPerson(store, person, `0088-${String(1001 + i)}`, desk)
    const visit = visitOf(i)
    loadVisit(store, { id: `${person.id}-${visit.key}`, person, visit, day: date, status: 'booked' })
  }
}

function clearBusyDay(store: FhirStore): void {
  for (const type of ['Appointment', 'Coverage', 'Patient'])
    for (const { id } of store.all(type)) if (id.startsWith('crowd-')) store.forget(type, id)
}
