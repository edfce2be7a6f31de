import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Something that a payer knows and the chart may not. `service` is an id of services.json. */
export interface Known {
  /** So many times in the last months, the latest a week ago. */
  readonly done?: { readonly service: string; readonly times: number }
  /** Another visit, elsewhere, so many working days after the desk day. */
  readonly visit?: { readonly service: string; readonly day: number }
  readonly authorized?: { readonly service: string; readonly number: string }
  /** The payer's end of the coverage, in working days after the desk day. */
  readonly end?: number
}

/** One coverage in the chart, and what its payer makes of it. */
export interface Plan {
  /** A payer of the sandbox; `unlisted` has no address, `self` is the patient. */
  readonly payer: 'acme' | 'borealis' | 'cedar' | 'delta' | 'unlisted' | 'self'
  /** The member's number at the payer; none = the payer knows nobody. */
  readonly number?: string
  /** The number in the chart, where it is another one; empty = none. */
  readonly chartNumber?: string
  /** The payer remembers `chartNumber` as the member's old number. */
  readonly remembers?: boolean
  readonly status?: 'active' | 'cancelled'
  /** Its end in the chart: `YYYY-MM-DD`, or working days after the desk day. */
  readonly end?: string | number
  readonly relationship?: 'self' | 'child' | 'spouse'
  readonly known?: Known
}

/** An appointment of the two weeks. */
export interface Visit {
  /** In the id: `{patient}-{key}`. */
  readonly key: string
  /** Working days after the desk day. */
  readonly day: number
  /** `HH:MM` at the clinic. */
  readonly time: string
  readonly service: string
  readonly with: string
  readonly at: string
  readonly status?: 'proposed' | 'pending' | 'cancelled'
  /** The participants are references without a display. */
  readonly nameless?: boolean
  /** Booked for an order of the chart. */
  readonly ordered?: boolean
  /** The patient has come: there is an Encounter to it. */
  readonly arrived?: boolean
  /** ICD-10-CM code and its words. */
  readonly reason?: readonly [code: string, display: string]
}

/** Somebody who comes to the front desk. */
export interface Person {
  readonly id: string
  readonly family: string
  readonly given: string
  /** The name in its own script, family name first. */
  readonly own?: readonly [family: string, given: string]
  readonly gender: 'female' | 'male'
  readonly born: string
  readonly language?: 'en' | 'es'
  readonly plans: readonly Plan[]
  readonly visits?: readonly Visit[]
}

/** A service that is booked at the front desk. */
export interface DeskService {
  readonly label: string
  readonly minutes: number
  /** The clinic's own code, and the one that payers know. */
  readonly own: string
  readonly coding: { readonly system: string; readonly code: string; readonly display: string }
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../data/front-desk/${file}`, import.meta.url)), 'utf8'))

// Our own files: tests hold them to what they are for.
/** The people of the front desk, in `sandbox/data/front-desk/people.json`. */
export const PEOPLE = read('people.json') as readonly Person[]

const SERVICES = read('services.json') as Readonly<{ [id: string]: DeskService }>

/** A service by its id. Throws where there is none: our own data are wrong then. */
export function deskService(id: string): DeskService {
  const service = SERVICES[id]
  if (service === undefined) throw new Error(`There is no service ${id} at the front desk`)
  return service
}

/** A CodeableConcept of a service. */
export const serviceConcept = ({ label, own, coding }: DeskService) => ({
  coding: [{ system: 'https://lakeside.example/service-types', code: own, display: label }, coding],
  text: label,
})
