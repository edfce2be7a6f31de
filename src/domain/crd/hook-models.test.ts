import { describe, expect, it } from 'vitest'
import { at, isObject, isResource, list, objects, text } from '../json'
import { ok } from '../result'
import { fromPackage, guides, isThere } from './guide-profiles.test-data'
import { asking, device, dispatch, hypothetical, visit } from './question.test-data'
import { mri, payerOf, prepared, scenario, worldOf } from './samples.test-data'
import type { Scenario } from './scenario'

const newest = guides[1] ?? ''
const prefetch = {
  encounter: 'Encounter/{{context.encounterId}}',
  orders: 'ServiceRequest?_id={{context.dispatchedOrders.resolve().ofType(ServiceRequest).id}}',
  devices: 'DeviceRequest?_id={{context.dispatchedOrders.resolve().ofType(DeviceRequest).id}}',
}

async function requestOf(hook: string, given: Scenario) {
  const service = { id: `${hook}-crd`, hook, prefetch, versions: ['2.2'], configurationOptions: [] }
  const cds = payerOf(async () => ok({ cards: [] }))
  cds.discover = async () => ok({ services: [service], unreadable: 0 })
  return (await prepared(worldOf({ cds }), given)).request.json
}

const isOf: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: (value) => typeof value === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(value),
  uuid: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  code: (value) => typeof value === 'string' && /^\S+$/.test(value),
  url: (value) => typeof value === 'string' && /^\S+$/.test(value),
  uri: (value) => typeof value === 'string' && /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(value),
  string: (value) => typeof value === 'string' && value.trim() !== '',
  Bundle: (value) => isResource(value) && value.resourceType === 'Bundle',
  Resource: isResource,
}

const fieldsOf = (json: unknown): readonly string[] => (isObject(json) ? Object.keys(json).sort() : [])

/** What of the first level of a logical model JSON does not keep: too few, too many, of another type, or not of the model. */
function broken(model: string, json: unknown): readonly string[] {
  const elements = objects(fromPackage(newest, `StructureDefinition-${model}.json`), 'snapshot', 'element')
  const own = elements.filter((each) => text(each, 'id')?.split('.').length === 2)
  const nameOf = (id: unknown) => text(id)?.split('.')[1] ?? ''
  const known = new Set(own.map((each) => nameOf(each.id)))
  const strange = fieldsOf(json).filter((name) => !known.has(name))
  const wrong = own.flatMap((element) => {
    const name = nameOf(element.id)
    const value = at(json, name)
    const isList = element.max === '*' && name !== 'prefetch'
    const given = isList ? list(value) : value === undefined ? [] : [value]
    const fits = isOf[text(element, 'type', 0, 'code') ?? ''] ?? (() => true)
    if (given.length < Number(element.min)) return [`${name} is missing`]
    return given.every(fits) && (!isList || value === undefined || Array.isArray(value))
      ? []
      : [`${name} is of another type`]
  })
  return [...strange.map((name) => `${name} is not of the model`), ...wrong]
}

describe.skipIf(!isThere(newest))('requests by the logical models of CRD 2.2', () => {
  const orders = { orders: [mri, device] }
  const rows: readonly (readonly [string, string | undefined, Scenario])[] = [
    ['order-sign', 'CRDOrderSignContext', { ...scenario, encounterId: 'e1' }],
    [
      'order-select',
      'CRDOrderSelectContext',
      asking({ hook: 'order-select', selections: ['draft-2'] }, orders),
    ],
    [
      'appointment-book',
      'CRDAppointmentBookContext',
      asking({ hook: 'appointment-book', appointments: [visit] }, { orders: [] }),
    ],
    ['order-dispatch', 'CRDOrderDispatchContext', asking(dispatch, orders)],
    // Their models are not in the guide's package.
    [
      'encounter-start',
      undefined,
      asking({ hook: 'encounter-start', encounter: hypothetical }, { orders: [] }),
    ],
    [
      'encounter-discharge',
      undefined,
      asking({ hook: 'encounter-discharge', encounter: hypothetical }, { orders: [] }),
    ],
  ]
  it.each(rows)('are kept by %s, but for the token that is never sent', async (hook, context, given) => {
    const json = await requestOf(hook, given)
    expect(broken('CRDHooksRequest', json)).toEqual(['fhirAuthorization is missing'])
    if (context !== undefined) expect(broken(context, json.context)).toEqual([])
    else expect(fieldsOf(json.context)).toEqual(['encounterId', 'patientId', 'userId'])
  })

  it('find what is missing, of another type, or not of the model', async () => {
    const { context } = await requestOf('order-sign', scenario)
    const bare = { userId: at(context, 'userId'), patientId: 'Patient/p1', extra: 1 }
    expect(broken('CRDOrderSignContext', bare)).toEqual([
      'extra is not of the model',
      'patientId is of another type',
      'draftOrders is missing',
    ])
  })
})
