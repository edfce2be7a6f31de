import { readPage } from '../fhir/bundle'
import { type FhirJson, isResource } from '../json'
import type { FhirReader } from '../ports'
import { fail, ok, type Problem, type Result } from '../result'
import { type HistorySnapshot, type HistoryType, historyReading } from './history'

export const base = 'https://payer.example/fhir'
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: base,
  authorization: 'open',
} as const
export const member = {
  payer,
  patient: { resourceType: 'Patient', id: 'm1' },
  patientId: 'm1',
  identifier: { system: 'urn:m', value: 'M1' },
}
export const record = (type: string, id: string, extra: object = {}): FhirJson => ({
  resourceType: type,
  id,
  subject: { reference: 'Patient/m1' },
  ...extra,
})
export const bundle = (resources: readonly unknown[], next?: string, total?: number): unknown => ({
  resourceType: 'Bundle',
  ...(total !== undefined && { total }),
  link: next === undefined ? [] : [{ relation: 'next', url: next }],
  entry: resources.map((resource) => ({ resource })),
})
export const http = (status: number): Problem => ({ kind: 'http', server: 'Acme Health', status })

/** A payer that answers by address: `Type` for a search, else the `next` address. What is not named is empty. */
export function payerWith(
  answers: Readonly<Record<string, unknown | (() => Result<unknown>)>>,
  statement?: FhirJson,
) {
  const asked: string[] = []
  const answer = (key: string): Result<unknown> => {
    const found = Object.hasOwn(answers, key) ? answers[key] : bundle([])
    return typeof found === 'function' ? (found as () => Result<unknown>)() : ok(found)
  }
  const page = (key: string) => {
    const json = answer(key)
    return Promise.resolve(json.ok ? readPage(json.value, payer.name) : json)
  }
  const reader: FhirReader = {
    name: payer.name,
    base,
    capability: () => Promise.resolve(statement ? ok(statement) : fail(http(500))),
    read: (type, id) => {
      asked.push(`${type}/${id}`)
      const json = Object.hasOwn(answers, `${type}/${id}`) ? answer(`${type}/${id}`) : fail(http(404))
      return Promise.resolve(json.ok && isResource(json.value) ? ok(json.value) : fail(http(404)))
    },
    search: (type, params) => {
      asked.push(`${type}?${params.map((p) => p.join('=')).join('&')}`)
      return page(type)
    },
    next: (url) => {
      asked.push(url)
      return page(url)
    },
  }
  return { reader, asked }
}

export const read = async (reader: FhirReader, more: object = {}): Promise<HistorySnapshot> =>
  historyReading({ reader, member, onChange: () => undefined, ...more }).read()

export const stateOf = (snapshot: HistorySnapshot, type: HistoryType) =>
  snapshot.types.find((t) => t.type === type)?.state

export const statement = (types: object): FhirJson => ({
  resourceType: 'CapabilityStatement',
  rest: [
    {
      mode: 'server',
      resource: Object.entries(types).map(([type, rest]) => ({
        type,
        interaction: [{ code: 'search-type' }],
        ...rest,
      })),
    },
  ],
})
