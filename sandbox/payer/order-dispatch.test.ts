import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject } from './json'
import { BEN, bundle, deviceRequest, JANE, requestFor, type SampleRequest } from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, said, send } from './test-payer'

let acme: RunningPayer
let borealis: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
  borealis = await startPayer({ name: 'borealis', port: 0, app: 'http://app.example' })
})

afterAll(async () => {
  await acme.close()
  await borealis.close()
})

const found = (...resources: readonly JsonObject[]) => bundle('searchset', resources)

const CPAP = deviceRequest('E0601')

const TASK = {
  resourceType: 'Task',
  id: 't-1',
  status: 'draft',
  intent: 'order',
  code: { coding: [{ code: 'fulfill' }] },
  focus: { reference: 'DeviceRequest/o-E0601' },
  for: { reference: 'Patient/p-1' },
}

const dispatch = (context: JsonObject = {}, prefetch: JsonObject = {}) =>
  requestFor(
    'order-dispatch',
    JANE,
    { dispatchedOrders: ['DeviceRequest/o-E0601'], performer: 'Organization/lhm', ...context },
    { deviceRequests: found(CPAP), ...prefetch },
  )

describe('order-dispatch 1.1, at the payer of CRD 2.2', () => {
  it('answers on the orders that travel in prefetch', async () => {
    const { status, systemActions } = await send(acme, dispatch({ fulfillmentTasks: [TASK] }))
    expect(status).toBe(200)
    expect(systemActions.map((action) => at(action, 'resource', 'id'))).toEqual(['o-E0601'])
  })

  it('sees that the performer is outside the network, and offers others', async () => {
    const lhm = { resourceType: 'Organization', id: 'lhm', name: 'Lakeside Home Medical' }
    const reply = await send(acme, dispatch({}, { organizations: found(lhm) }))
    expect(said(reply.systemActions[0])).toMatchObject({ 'pa-needed': ['auth-needed'] })
    expect(cardWith(reply, /outside the network/)).toMatchObject({
      suggestions: [{ label: 'Harbor Medical Supply' }, { label: 'Northside Home Care' }],
    })
  })

  it.each<[string, SampleRequest, number, RegExp]>([
    ['without orders', dispatch({ dispatchedOrders: [] }), 400, /dispatchedOrders must list/],
    [
      'in the shape of 1.0',
      dispatch({ dispatchedOrders: undefined, order: 'DeviceRequest/o-E0601' }),
      400,
      /shape of order-dispatch 1.0/,
    ],
    ['when the tasks are misspelt', dispatch({ 'fulfillment-tasks': [TASK] }), 400, /spelt fulfillmentTasks/],
    ['when an order is a resource', dispatch({ dispatchedOrders: [CPAP] }), 400, /must be a reference/],
    ['when it is no order', dispatch({ dispatchedOrders: ['Observation/x'] }), 422, /not an order/],
    ['without a performer', dispatch({ performer: undefined }), 400, /context.performer/],
    [
      'when an order was not sent',
      dispatch({}, { deviceRequests: null }),
      412,
      /the dispatched DeviceRequest\/o-E0601/,
    ],
    [
      'when an order is over',
      dispatch({}, { deviceRequests: found(deviceRequest('E0601', { status: 'completed' })) }),
      422,
      /only draft and active/,
    ],
    [
      'when a task asks for something else',
      dispatch({ fulfillmentTasks: [{ ...TASK, code: { coding: [{ code: 'approve' }] } }] }),
      422,
      /code must be fulfill/,
    ],
    [
      'when a task is about another order',
      dispatch({ fulfillmentTasks: [{ ...TASK, focus: { reference: 'DeviceRequest/x' } }] }),
      422,
      /focus/,
    ],
    [
      'when a task is another patient’s',
      dispatch({ fulfillmentTasks: [{ ...TASK, for: { reference: 'Patient/x' } }] }),
      422,
      /another patient/,
    ],
  ])('is refused %s', async (_name, request, status, words) => {
    expect(await send(acme, request)).toMatchObject({ status, refusal: expect.stringMatching(words) })
  })

  it('takes the shape of the version that was asked for', async () => {
    const request = dispatch()
    const older = { ...request, extension: { ...request.extension, 'davinci-crd.requestedVersion': '2.1' } }
    const { systemActions } = await send(acme, older)
    expect(said(systemActions[0]).contact).toEqual([{ system: 'phone', value: '800-555-0142' }])
  })
})

describe('order-dispatch 1.0, at the payer of CRD 2.0.1', () => {
  const single = (context: JsonObject) =>
    requestFor(
      'order-dispatch',
      BEN,
      { performer: 'Organization/n', ...context },
      { deviceRequests: found(CPAP) },
    )

  it('answers on the one order', async () => {
    const { systemActions } = await send(borealis, single({ order: 'DeviceRequest/o-E0601', task: TASK }))
    expect(systemActions.map((action) => at(action, 'resource', 'id'))).toEqual(['o-E0601'])
  })

  it('is refused in the shape of 1.1', async () => {
    expect(await send(borealis, single({ dispatchedOrders: ['DeviceRequest/o-E0601'] }))).toMatchObject({
      status: 400,
      refusal: expect.stringContaining('send order (1.0)'),
    })
  })
})
