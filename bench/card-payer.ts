import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { isObject, type JsonObject, objects } from '../src/domain/json'

/** How much the payer answers with. */
export interface AnswerSize {
  readonly cards: number
  /** How often coverage-information stands on the order that was asked about. */
  readonly assertions: number
}

const DETAIL = `**What we need** before this can be decided:

- A sleep study of the last twelve months, with the apnoea-hypopnoea index
- A note of the visit at which treatment was discussed
- The [policy](https://policy.example/pap) that applies

| Item | Limit |
|---|---|
| Device | one in five years |
| Masks | four a year |

The device is rented for thirteen months and belongs to the patient afterwards.`

/** What shows at once of each card that is no mere information. */
export const LIST_ITEMS = 3
export const isOpen = (i: number): boolean => indicatorOf(i) !== 'info'

/** A payer that answers every question with this many cards of all three kinds, each with text, a link and now and then a suggestion. */
export function createCardPayer({ cards, assertions }: AnswerSize): Hono {
  const app = new Hono()
  app.use(cors())
  app.get('/cds-services', (c) =>
    c.json({
      services: [
        {
          hook: 'order-sign',
          id: 'many-cards',
          title: 'Many cards',
          description: 'For the benchmark',
          prefetch: {},
        },
      ],
    }),
  )
  app.post('/cds-services/many-cards', async (c) => {
    const request: unknown = await c.req.json()
    const order = objects(request, 'context', 'draftOrders', 'entry')[0]?.resource
    return c.json({
      cards: Array.from({ length: cards }, (_, i) => card(i, order)),
      ...(assertions > 0 && isObject(order) && { systemActions: [annotated(order, assertions)] }),
    })
  })
  return app
}

const indicatorOf = (i: number): string => (i % 5 === 0 ? 'critical' : i % 2 === 0 ? 'info' : 'warning')

const card = (i: number, order: unknown) => ({
  uuid: `card-${i}`,
  summary: `Message ${i + 1}: positive airway pressure device`,
  indicator: indicatorOf(i),
  source: { label: 'Acme Health', topic: { system: 'urn:topics', code: 'guidance' } },
  detail: DETAIL,
  links: [{ label: 'Policy', url: 'https://policy.example/pap', type: 'absolute' }],
  ...(i % 4 === 0 && {
    selectionBehavior: 'any',
    suggestions: [
      {
        label: 'Rent it',
        uuid: `suggestion-${i}`,
        actions: [
          {
            type: 'update',
            description: 'Rental',
            resource: { ...(isObject(order) && order), occurrenceDateTime: '2027-01-01' },
          },
        ],
      },
    ],
  }),
})

/** The order with one assertion for each of so many billing codes (CRD 2.2: what is said of several services is disjoint). */
const annotated = (order: JsonObject, assertions: number) => ({
  type: 'update',
  description: 'Coverage information',
  resource: {
    ...order,
    extension: Array.from({ length: assertions }, (_, i) =>
      coverageInformation(i, objects(order, 'insurance')[0]),
    ),
  },
})

const CODES = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/coverage-information-codes'

const coverageInformation = (i: number, coverage: unknown) => ({
  url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
  extension: [
    { url: 'coverage', valueReference: coverage },
    { url: 'covered', valueCode: i % 3 === 0 ? 'conditional' : 'covered' },
    { url: 'pa-needed', valueCode: i % 2 === 0 ? 'auth-needed' : 'no-auth' },
    { url: 'doc-needed', valueCode: 'clinical' },
    { url: 'doc-purpose', valueCode: i % 2 === 0 ? 'withpa' : 'withclaim' },
    { url: 'info-needed', valueCode: 'performer' },
    {
      url: 'billingCode',
      valueCoding: {
        system: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
        code: `E${1000 + i}`,
        display: `Device ${i + 1}`,
      },
    },
    { url: 'reason', valueCodeableConcept: { text: 'Depends on who supplies it.' } },
    detail('cat-limitation', 'allowed-quantity', { valueQuantity: { value: i + 1, unit: 'device' } }),
    detail('cat-other', 'instructions', { valueString: 'Send the sleep study with the request.' }),
    { url: 'date', valueDate: '2026-11-20' },
    { url: 'coverage-assertion-id', valueString: `assertion-${i + 1}` },
    { url: 'expiry-date', valueDate: '2027-02-20' },
    {
      url: 'contact',
      valueContactDetail: { name: 'Acme Health', telecom: [{ system: 'phone', value: '800 555 0142' }] },
    },
  ],
})

const detail = (category: string, code: string, value: object) => ({
  url: 'detail',
  extension: [
    { url: 'category', valueCodeableConcept: { coding: [{ system: CODES, code: category }] } },
    { url: 'code', valueCodeableConcept: { coding: [{ system: CODES, code }] } },
    { url: 'value', ...value },
  ],
})
