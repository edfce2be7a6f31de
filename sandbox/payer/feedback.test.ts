import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import { hookRequest, JANE, JANE_AT, medicationRequest, serviceRequest, WEI } from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, send } from './test-payer'

let acme: RunningPayer
let cedar: RunningPayer

beforeAll(async () => {
  const now = () => new Date('2026-11-20T10:00:00Z')
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', now })
  cedar = await startPayer({ name: 'cedar', port: 0, app: 'http://app.example', now })
})

afterAll(() => Promise.all([acme.close(), cedar.close()]))

const tell = (payer: RunningPayer, feedback: unknown, service = 'order-sign-crd') =>
  fetch(`${payer.url}/cds-services/${service}/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ feedback }),
  })

const lipitor = async () => {
  const reply = await send(acme, hookRequest(JANE, [medicationRequest('617318')]))
  return cardWith(reply, /generic is covered/) ?? {}
}
const outcomeTimestamp = '2026-11-20T10:05:00Z'

describe('feedback on a card', () => {
  it('is taken, accepted with its suggestion or overridden with a reason of the card, and stays in the log', async () => {
    const card = await lipitor()
    const accepted = { card: card.uuid, outcome: 'accepted', outcomeTimestamp }
    const suggestion = { id: at(card, 'suggestions', 0, 'uuid') }
    expect((await tell(acme, [{ ...accepted, acceptedSuggestions: [suggestion] }])).status).toBe(200)
    const reason = at(card, 'overrideReasons', 0)
    const overridden = { card: card.uuid, outcome: 'overridden', outcomeTimestamp }
    const overrideReason = { reason, userComment: 'Told at the last visit' }
    expect((await tell(acme, [{ ...overridden, overrideReason }])).status).toBe(200)
    const log = objectsIn(await (await fetch(`${acme.url}/_log`)).json())
    expect(
      log.filter(({ path }) => String(path).endsWith('/feedback')).map(({ status, body }) => [status, body]),
    ).toEqual([
      [200, expect.stringContaining('acceptedSuggestions')],
      [200, expect.stringContaining('Told at the last visit')],
    ])
  })

  it.each([
    ['a card that was never given', { card: '00000000-0000-4000-8000-000000000000' }, 404],
    ['an outcome that there is not', { outcome: 'ignored' }, 400],
    ['no time', { outcomeTimestamp: undefined }, 400],
    ['a suggestion of another card', { acceptedSuggestions: [{ id: 'x' }] }, 400],
    ['an empty list of suggestions', { acceptedSuggestions: [] }, 400],
    ['a reason beside an acceptance', { overrideReason: { userComment: 'No' } }, 400],
    [
      'a reason that the card did not offer',
      { outcome: 'overridden', overrideReason: { reason: { code: 'x' } } },
      400,
    ],
  ] as const)('with %s is refused', async (_, spoilt: JsonObject, status) => {
    const { uuid } = await lipitor()
    const answer = await tell(acme, [{ card: uuid, outcome: 'accepted', outcomeTimestamp, ...spoilt }])
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome' })
  })

  it('is about cards of the service that gave them, and ends with a reset', async () => {
    const { uuid } = await lipitor()
    const item = { card: uuid, outcome: 'accepted', outcomeTimestamp }
    expect((await tell(acme, [item], 'order-select-crd')).status).toBe(404)
    expect((await tell(acme, [item], 'nothing')).status).toBe(404)
    expect((await tell(acme, [])).status).toBe(400)
    expect((await tell(acme, [item])).status).toBe(200)
    await fetch(`${acme.url}/_reset`, { method: 'POST' })
    expect((await tell(acme, [item])).status).toBe(404)
  })

  it('is not taken by a payer that does not ask for it', async () => {
    const reply = await send(cedar, hookRequest(JANE_AT.cedar, [medicationRequest('617318')]))
    const uuid = reply.cards[0]?.uuid
    expect(uuid).toBeDefined()
    expect((await tell(cedar, [{ card: uuid, outcome: 'accepted', outcomeTimestamp }])).status).toBe(404)
  })
})

describe('the history of a member', () => {
  it('is a smart link on a card about an anticoagulant at order-sign, with override reasons', async () => {
    const reply = await send(acme, hookRequest(JANE, [medicationRequest('1364445')]))
    const card = cardWith(reply, /holds history/)
    const [link] = objectsIn(card?.links)
    expect(link).toMatchObject({ type: 'smart', url: 'http://app.example/' })
    const context: unknown = JSON.parse(String(link?.appContext))
    expect(context).toMatchObject({
      type: 'pdex-member-history',
      payerFhirBase: `${acme.url}/fhir`,
      memberIdentifier: { value: JANE.memberId },
      ehrPatient: 'p-1',
    })
    expect(objectsIn(card?.overrideReasons).length).toBeGreaterThan(1)
  })

  it('is not offered of somebody whom the payer does not know', async () => {
    const nobody = { ...WEI, memberId: 'AH00000000' }
    const reply = await send(acme, hookRequest(nobody, [medicationRequest('1364445')]))
    expect(JSON.stringify(reply.cards)).not.toContain('smart')
  })

  it('is not on other cards', async () => {
    const reply = await send(acme, hookRequest(JANE, [serviceRequest('J1745')]))
    expect(JSON.stringify(reply.cards)).not.toContain('"smart"')
  })
})

it('a payer says where its services are, to any origin', async () => {
  const answer = await fetch(`${cedar.url}/.well-known/davinci-configuration`, {
    headers: { Origin: 'http://app.example' },
  })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(await answer.json()).toEqual({
    identifier: { system: 'urn:oid:2.16.840.1.113883.6.300', value: '71044' },
    endpoints: {
      'davinci_crd_hook_endpoint#1.1': `${cedar.url}/cds-services`,
      'davinci_pdex_provider_endpoint#2.1': `${cedar.url}/fhir`,
    },
  })
})
