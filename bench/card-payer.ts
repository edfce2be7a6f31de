import { Hono } from 'hono'
import { cors } from 'hono/cors'

const CARDS = 20

const DETAIL = `**What we need** before this can be decided:

- A sleep study of the last twelve months, with the apnoea-hypopnoea index
- A note of the visit at which treatment was discussed
- The [policy](https://policy.example/pap) that applies

| Item | Limit |
|---|---|
| Device | one in five years |
| Masks | four a year |

The device is rented for thirteen months and belongs to the patient afterwards.`

/** A payer that answers every question with twenty cards of all three kinds, each with text, a link and now and then a suggestion. */
export function createCardPayer(): Hono {
  const app = new Hono()
  app.use(cors())
  app.get('/cds-services', (c) =>
    c.json({
      services: [
        {
          hook: 'order-sign',
          id: 'twenty-cards',
          title: 'Twenty cards',
          description: 'For the benchmark',
          prefetch: {},
        },
      ],
    }),
  )
  app.post('/cds-services/twenty-cards', async (c) => {
    const request = (await c.req.json()) as { context: { draftOrders: { entry: { resource: object }[] } } }
    const order = request.context.draftOrders.entry[0]?.resource
    return c.json({ cards: Array.from({ length: CARDS }, (_, i) => card(i, order)) })
  })
  return app
}

const card = (i: number, order: object | undefined) => ({
  uuid: `card-${i}`,
  summary: `Message ${i + 1}: positive airway pressure device`,
  indicator: i % 5 === 0 ? 'critical' : i % 2 === 0 ? 'info' : 'warning',
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
          { type: 'update', description: 'Rental', resource: { ...order, occurrenceDateTime: '2027-01-01' } },
        ],
      },
    ],
  }),
})
