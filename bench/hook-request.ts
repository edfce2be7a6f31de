import { prepare } from '../src/domain/crd/ask'
import { hookRequest, orderSignContext } from '../src/domain/crd/hook-request'
import { mri, scenario as oneOrder, service, worldOf } from '../src/domain/crd/samples.test-data'
import type { DraftOrder, Scenario } from '../src/domain/crd/scenario'
import type { JsonObject } from '../src/domain/json'
import { median, ratio, type Section } from './measure'

const ORDERS = 20
const KINDS = ['ServiceRequest', 'DeviceRequest', 'MedicationRequest'] as const
const WARM_UP = 200
const RUNS = 1000

const scenario: Scenario = {
  ...oneOrder,
  orders: Array.from(
    { length: ORDERS },
    (_, i): DraftOrder => ({
      ...mri,
      id: `draft-${i + 1}`,
      kind: KINDS[i % KINDS.length] ?? 'ServiceRequest',
      occurrence: '2026-12-01',
      quantity: { value: i + 1 },
    }),
  ),
}

/** A hook request with 20 orders, in this process: the body alone, and all that happens before sending (chart in memory). */
export async function buildHookRequest(): Promise<Section> {
  const prepared = await prepare(scenario, worldOf())
  if (prepared.kind !== 'ready') throw new Error('The question of the benchmark is not let through.')
  const { json, body } = prepared.request
  const frame = {
    session: worldOf().session,
    coverageId: prepared.choice.coverage.id,
    authoredOn: '2026-11-20T12:00:00Z',
  }
  const build = (): JsonObject => {
    const context = orderSignContext(scenario, frame)
    if (!context.ok) throw new Error('The context of the benchmark cannot be built.')
    return hookRequest('00000000-0000-4000-8000-000000000001', frame, context.value, {}, service)
  }
  // In turns, so that what the machine does meanwhile falls on all three alike.
  const times = { baseline: [] as number[], body: [] as number[], all: [] as number[] }
  for (let i = 0; i < WARM_UP + RUNS; i += 1) {
    const world = worldOf()
    const begun = performance.now()
    JSON.stringify(json)
    const written = performance.now()
    build()
    const built = performance.now()
    await prepare(scenario, world)
    const ended = performance.now()
    if (i < WARM_UP) continue
    times.baseline.push(written - begun)
    times.body.push(built - written)
    times.all.push(ended - built)
  }
  const baseline = median(times.baseline)
  const unit = '× JSON.stringify of the request'
  return {
    title: `A hook request with ${ORDERS} orders`,
    measures: [
      { name: 'Size of the request', value: body.length, unit: 'characters' },
      { name: 'Building its body', value: ratio(median(times.body), baseline), unit },
      {
        name: 'Coverage, discovery, prefetch, body and guard',
        value: ratio(median(times.all), baseline),
        unit,
      },
    ],
  }
}
