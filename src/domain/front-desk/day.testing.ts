import type { Page } from '../fhir/bundle'
import { type FhirJson, text } from '../json'
import type { Payer } from '../payer-directory'
import type { EhrPort, SearchParams } from '../ports'
import { fail, ok, type Result } from '../result'

export const BASE = 'https://ehr.example/fhir'
const SYSTEM = 'urn:oid:2.16.840.1.113883.6.300'
export const ACME: Payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: SYSTEM, value: '95216' }],
  cdsBase: 'https://acme.example',
  authorization: 'open',
}

export const patient = (id: string, family = 'Roe'): FhirJson => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: ['Jane'] }],
  birthDate: '1965-07-14',
})

export const coverage = (patientId: string, more: Readonly<Record<string, unknown>> = {}): FhirJson => ({
  resourceType: 'Coverage',
  id: `c-${patientId}`,
  status: 'active',
  beneficiary: { reference: `Patient/${patientId}` },
  payor: [{ identifier: { system: SYSTEM, value: '95216' } }],
  ...more,
})

export const appointment = (
  id: string,
  patientId: string,
  more: Readonly<Record<string, unknown>> = {},
): FhirJson => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  serviceType: [{ coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '97802' }], text: 'Nutrition' }],
  start: '2026-11-23T09:00:00-06:00',
  end: '2026-11-23T09:30:00-06:00',
  participant: [
    { actor: { reference: `Patient/${patientId}` }, status: 'accepted' },
    { actor: { reference: 'Practitioner/moreno', display: 'Dr. Moreno' }, status: 'accepted' },
    { actor: { reference: 'Location/suite' }, status: 'accepted' },
  ],
  ...more,
})

interface Faults {
  /** Knows no lists of patients: finds nobody. */
  readonly noPatientLists?: boolean
  readonly refuses?: (type: string, params: SearchParams) => number | undefined
  readonly pageSize?: number
}

/** An EHR over a few resources; `asked`: every request in order. */
export function dayEhr(resources: readonly FhirJson[], faults: Faults = {}) {
  const asked: string[] = []
  const { pageSize = 100 } = faults
  const missing = (): Result<never> => fail({ kind: 'http', server: 'Lakeside EHR', status: 404 })
  const page = (matches: readonly FhirJson[], from = 0, key = ''): Result<Page> => {
    const end = from + pageSize
    return ok({
      matches: matches.slice(from, end),
      includes: [],
      outcomes: [],
      unreadable: 0,
      ...(end < matches.length && { next: `${BASE}?${key}&from=${end}` }),
    })
  }
  const searches = new Map<string, readonly FhirJson[]>()
  const fits = (resource: FhirJson, params: SearchParams): boolean =>
    params.every(([name, value]) => {
      const values = value.split(',')
      if (name === '_id') return values.includes(resource.id ?? '')
      if (name !== 'patient' || (faults.noPatientLists && values.length > 1)) return name !== 'patient'
      return values.includes((text(resource, 'beneficiary', 'reference') ?? '').slice('Patient/'.length))
    })
  const ehr: EhrPort = {
    name: 'Lakeside EHR',
    base: BASE,
    capability: async () => missing(),
    expand: async () => missing(),
    async read(type, id) {
      asked.push(`${type}/${id}`)
      const found = resources.find((each) => each.resourceType === type && each.id === id)
      return found === undefined ? missing() : ok(found)
    },
    async search(type, params) {
      const key = `${type}?${params.map((pair) => pair.join('=')).join('&')}`
      asked.push(key)
      const status = faults.refuses?.(type, params)
      if (status !== undefined) return fail({ kind: 'http', server: 'Lakeside EHR', status })
      const matches = resources.filter((each) => each.resourceType === type && fits(each, params))
      searches.set(key, matches)
      return page(matches, 0, key)
    },
    async next(url) {
      asked.push('next')
      const [, key = '', from = '0'] = /\?(.*)&from=(\d+)$/.exec(url) ?? []
      return page(searches.get(key) ?? [], Number(from), key)
    },
  }
  return { ehr, asked }
}

export const QUERY = {
  date: '2026-11-23',
  from: '2026-11-23T00:00:00-06:00',
  until: '2026-11-24T00:00:00-06:00',
}
