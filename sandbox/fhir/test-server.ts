import type { Bundle, OperationOutcome } from 'fhir/r4'
import { createFhirApp, type FhirAppOptions } from './http'
import { FhirStore } from './store'
import type { Caller, Offer, TypeRules } from './types'

/** Base URL of the test endpoint. */
export const base = 'https://ehr.test/fhir'

const everything: TypeRules = {
  interactions: ['read', 'vread', 'search-type', 'create', 'update', 'delete'],
  conditionalCreate: true,
}

const types = [
  'AllergyIntolerance',
  'Binary',
  'Bundle',
  'Condition',
  'Coverage',
  'DocumentReference',
  'Encounter',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'Procedure',
  'Provenance',
  'ValueSet',
]

/** An endpoint that offers everything on a handful of types. */
export const fullOffer: Offer = {
  name: 'Test server',
  types: Object.fromEntries(types.map((type) => [type, everything])),
  batch: true,
  transaction: true,
  everything: true,
}

/** A store with two patients, a practitioner, and a clock that stands still. */
export const smallStore = (): FhirStore => {
  let ids = 0
  const store = new FhirStore({
    now: () => new Date('2026-11-20T12:00:00Z'),
    newId: () => {
      ids += 1
      return `new-${ids}`
    },
  })
  store.loadTransaction({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        resource: {
          resourceType: 'Patient',
          id: 'jane',
          name: [{ family: 'Roe', given: ['Jane'] }],
          gender: 'female',
        },
      },
      {
        resource: {
          resourceType: 'Patient',
          id: 'ben',
          name: [{ family: 'Ökafor', given: ['Ben'] }],
          gender: 'male',
        },
      },
      {
        resource: {
          resourceType: 'Practitioner',
          id: 'moreno',
          identifier: [{ system: 'urn:npi', value: '1' }],
        },
      },
    ],
  })
  return store
}

/** What came back, read. */
interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** A caller of the endpoint: `call('GET /Patient/jane')`. Options go over those of a full endpoint for a user with all scopes. */
export const serve = (
  options: Partial<FhirAppOptions> & { readonly caller?: Caller } = {},
): ((request: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>) => {
  const { caller = { scopes: ['user/*.cruds'] }, ...rest } = options
  const app = createFhirApp({ base, store: smallStore(), offer: fullOffer, authorize: () => caller, ...rest })
  return async (request, body, headers = {}) => {
    const [method = 'GET', path = '/'] = request.split(' ')
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await app.request(path.startsWith(base) ? path.slice(base.length) : path, {
      method,
      headers: { ...(text === undefined ? {} : { 'Content-Type': 'application/fhir+json' }), ...headers },
      ...(text === undefined ? {} : { body: text }),
    })
    const received = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: received === '' ? undefined : JSON.parse(received),
    }
  }
}

/** The body as a Bundle. */
export const bundleIn = (answer: Answer): Bundle => answer.body as Bundle

/** `Type/id` of all entries of one search mode. */
export const keysIn = (answer: Answer, mode: 'match' | 'include' = 'match'): readonly string[] =>
  (bundleIn(answer).entry ?? [])
    .filter((entry) => entry.search?.mode === mode)
    .map((entry) => `${entry.resource?.resourceType}/${entry.resource?.id}`)

/** The diagnostics of an OperationOutcome, joined. */
export const complaintIn = (answer: Answer): string =>
  (answer.body as OperationOutcome).issue.map((issue) => issue.diagnostics).join('; ')

/** A valid Condition of a patient. */
export const condition = (patient: string, more: object = {}): object => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/${patient}` },
  code: { text: 'Cough' },
  ...more,
})
