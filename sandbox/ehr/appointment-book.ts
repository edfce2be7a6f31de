import { randomUUID } from 'node:crypto'
import type { Appointment } from 'fhir/r4'
import type { Ehr } from './context'
import { fhirBase } from './context'
import type { Record } from './records'

type JsonObject = Readonly<{ [name: string]: unknown }>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What this EHR reads of a service in a discovery document. */
export interface BookService {
  readonly id: string
  readonly prefetch: Readonly<{ [key: string]: string }>
  readonly versions: readonly string[]
}

/** The appointment-book service of a discovery document, if it lists one. */
export function findBookService(discovery: unknown): BookService | undefined {
  const services = isObject(discovery) && Array.isArray(discovery.services) ? discovery.services : []
  const service = services.find((s): s is JsonObject => isObject(s) && s.hook === 'appointment-book')
  if (service === undefined || typeof service.id !== 'string') return undefined
  const extension = isObject(service.extension) ? service.extension : {}
  const versions = extension['davinci-crd.version']
  const templates = Object.entries(isObject(service.prefetch) ? service.prefetch : {})
  return {
    id: service.id,
    prefetch: Object.fromEntries(templates.filter((t): t is [string, string] => typeof t[1] === 'string')),
    versions: Array.isArray(versions) ? versions.filter((v) => typeof v === 'string') : [],
  }
}

const OWN_VERSION = '2.2'

/** CRD dev-3: named where the service lists versions; ours if it is among them, else its latest. */
function requestedVersion(versions: readonly string[]): string | undefined {
  return versions.includes(OWN_VERSION) ? OWN_VERSION : versions.at(-1)
}

/** What this EHR can prefetch: the patient and the primary coverage, by what the template asks for, not by what the key is called (CRD found-30). */
function prefetched(
  template: string,
  base: string,
  patient: Record<'Patient'>,
  coverage: Record<'Coverage'>,
): unknown {
  if (/^Patient\/\{\{%?context\.patientId\}\}$/.test(template)) return patient
  if (!/^Coverage\?(.*&)?(patient|beneficiary)=(Patient\/)?\{\{%?context\.patientId\}\}/.test(template))
    return undefined
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: 1,
    entry: [{ fullUrl: `${base}/Coverage/${coverage.id}`, resource: coverage, search: { mode: 'match' } }],
  }
}

/** The member number of a Coverage: the identifier typed MB, else the subscriber's. */
function memberIdOf(coverage: Record<'Coverage'>): string | undefined {
  const member = coverage.identifier?.find((i) => i.type?.coding?.some((c) => c.code === 'MB'))
  return member?.value ?? coverage.subscriberId
}

export interface BookOccasion {
  readonly service: BookService
  readonly user: string
  readonly patient: Record<'Patient'>
  readonly coverage: Record<'Coverage'>
  readonly appointment: Appointment & { readonly id: string }
}

/** The hook request (CDS Hooks 2.0, CRD A2, PDex facts §2.2): one proposed appointment, and what the service may know beforehand. */
export function bookRequest(ehr: Ehr, occasion: BookOccasion): object {
  const { service, patient, coverage, appointment } = occasion
  const base = fhirBase(ehr, 'full')
  const version = requestedVersion(service.versions)
  const memberId = memberIdOf(coverage)
  const prefetch = Object.entries(service.prefetch).flatMap(([key, template]) => {
    const value = prefetched(template, base, patient, coverage)
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    hook: 'appointment-book',
    hookInstance: randomUUID(),
    fhirServer: base,
    context: {
      userId: `Practitioner/${occasion.user}`,
      patientId: patient.id,
      appointments: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ fullUrl: `urn:uuid:${appointment.id}`, resource: appointment }],
      },
    },
    prefetch: Object.fromEntries(prefetch),
    extension: {
      ...(memberId === undefined ? {} : { memberId }),
      coverage: `Coverage/${coverage.id}`,
      ...(version === undefined ? {} : { 'davinci-crd.requestedVersion': version }),
    },
  }
}
