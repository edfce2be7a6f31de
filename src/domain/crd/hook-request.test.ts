import { describe, expect, it } from 'vitest'
import { hookRequest, orderSignContext, ordersOf, requestedVersion } from './hook-request'
import { fhirBase, mri, scenario, service } from './samples.test-data'

const frame = (fhirUser?: string) => ({
  session: { fhirBase, ...(fhirUser !== undefined && { fhirUser }) },
  coverageId: 'cov1',
  authoredOn: '2026-11-20T12:00:00Z',
})

describe('an order-sign request', () => {
  const users: readonly (readonly [string | undefined, string])[] = [
    ['Practitioner/dr7', 'Practitioner/dr7'],
    ['PractitionerRole/r1', 'PractitionerRole/r1'],
    [`${fhirBase}/Practitioner/dr7`, 'Practitioner/dr7'],
    ['Patient/p1', 'Practitioner/dr1'],
    [undefined, 'Practitioner/dr1'],
  ]
  it.each(users)('names the user %s as %s', (fhirUser, userId) => {
    expect(orderSignContext(scenario, frame(fhirUser))).toMatchObject({ ok: true, value: { userId } })
  })

  it('is refused where nobody can be named as the user', () => {
    const { requester: _, ...order } = mri
    expect(orderSignContext({ ...scenario, orders: [order] }, frame())).toMatchObject({
      ok: false,
      problem: { kind: 'refused', rule: 'user' },
    })
  })

  const versions: readonly (readonly [readonly string[], string | undefined])[] = [
    [['2.1', '2.2'], '2.2'],
    [['2.0', '2.1'], '2.1'],
    [['2.0'], '2.0'],
    [['9.9', '2.1'], '2.1'],
    [['9.9'], undefined],
    [[], undefined],
  ]
  it.each(versions)('of the versions %j asks for %s', (offered, version) => {
    expect(requestedVersion({ ...service, versions: offered })).toBe(version)
  })

  it('carries each order in a collection, with fullUrl and id', () => {
    const context = orderSignContext({ ...scenario, encounterId: 'e1' }, frame())
    expect(context).toMatchObject({
      value: {
        encounterId: 'e1',
        draftOrders: {
          type: 'collection',
          entry: [
            { fullUrl: `${fhirBase}/ServiceRequest/draft-1`, resource: { id: 'draft-1', status: 'draft' } },
          ],
        },
      },
    })
    expect(context.ok && ordersOf(context.value)).toHaveLength(1)
  })

  it('cannot be configured to allow an unsolicited determination', () => {
    const context = orderSignContext(scenario, frame())
    if (!context.ok) throw new Error('no context')
    const json = hookRequest('i', frame(), context.value, {}, service, {
      'unsolicited-determ': true,
      'max-cards': 3,
    })
    expect(json.extension).toMatchObject({
      'davinci-crd.configuration': { 'unsolicited-determ': false, 'max-cards': 3 },
    })
    expect('prefetch' in json).toBe(false)
  })
})
