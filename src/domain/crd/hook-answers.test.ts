import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { ok } from '../result'
import { ask, prepare } from './ask'
import { asking, device, dispatch, hypothetical, visit } from './question.test-data'
import { coverageInformation, mri, payerOf, scenario, worldOf } from './samples.test-data'
import type { Scenario } from './scenario'

const prefetch = {
  encounter: 'Encounter/{{context.encounterId}}',
  orders: 'ServiceRequest?_id={{context.dispatchedOrders.resolve().ofType(ServiceRequest).id}}',
}

/** A payer that answers for each of these resources by system action (CRD hook-26, hook-33, hook-39). */
function worldFor(hook: string, asked: () => readonly FhirJson[]) {
  const said = coverageInformation(
    ['covered', { valueCode: 'covered' }],
    ['coverage-assertion-id', { valueString: 'A1' }],
  )
  const cds = payerOf(async () =>
    ok({
      cards: [],
      systemActions: asked().map((resource) => ({
        type: 'update',
        resource: { ...resource, extension: [said] },
      })),
    }),
  )
  const service = { id: `${hook}-crd`, hook, prefetch, versions: ['2.2'], configurationOptions: [] }
  cds.discover = async () => ok({ services: [service], unreadable: 0 })
  return worldOf({ cds })
}

describe('coverage information in the answer to any hook', () => {
  const rows: readonly (readonly [string, Scenario, readonly string[]])[] = [
    ['order-sign', scenario, ['ServiceRequest/draft-1']],
    [
      'order-select',
      asking({ hook: 'order-select', selections: ['draft-2'] }, { orders: [mri, device] }),
      ['ServiceRequest/draft-1', 'DeviceRequest/draft-2'],
    ],
    [
      'appointment-book',
      asking({ hook: 'appointment-book', appointments: [visit] }, { orders: [] }),
      ['Appointment/appointment-1'],
    ],
    [
      'encounter-start',
      asking({ hook: 'encounter-start', encounter: hypothetical }, { orders: [] }),
      ['Encounter/encounter-1'],
    ],
    [
      'encounter-discharge',
      asking({ hook: 'encounter-discharge', encounter: hypothetical }, { orders: [] }),
      ['Encounter/encounter-1'],
    ],
    ['order-dispatch', asking(dispatch), ['ServiceRequest/draft-1']],
  ]
  it.each(rows)('is read for what %s was about', async (hook, given, about) => {
    let orders: readonly FhirJson[] = []
    const world = worldFor(hook, () => orders.filter((each) => each.resourceType !== 'Task'))
    const question = await prepare(given, world)
    if (question.kind !== 'ready') throw new Error(JSON.stringify(question.answer))
    orders = question.orders
    const answer = await ask(question, world, () => {})
    if (answer.kind !== 'answered') throw new Error(`it ended ${answer.kind}`)
    expect(
      answer.coverage.map(({ order, isAsked, verdict, assertionId, foreignChanges }) => [
        order,
        isAsked,
        verdict.kind,
        assertionId,
        foreignChanges,
      ]),
    ).toEqual(about.map((each) => [each, true, 'covered', 'A1', []]))
  })
})
