import { prepare } from '../src/domain/crd/ask'
import { hookRequest, orderSignContext } from '../src/domain/crd/hook-request'
import { mri, service, worldOf } from '../src/domain/crd/samples.test-data'
import type { JsonObject } from '../src/domain/json'
import { emptyForm, type FormValues } from '../src/features/what-if/form-values'
import { emptyOrder, type OrderValues } from '../src/features/what-if/order-values'
import { toScenario } from '../src/features/what-if/to-scenario'
import { median, ratio, type Section } from './measure'

const ORDERS = 20
const KINDS = ['ServiceRequest', 'DeviceRequest', 'MedicationRequest'] as const
const WARM_UP = 200
const RUNS = 1000

const TODAY = '2026-12-01'

const orderOf = (i: number): OrderValues => {
  const order = emptyOrder(TODAY, `draft-${i + 1}`)
  const kind = KINDS[i % KINDS.length] ?? 'ServiceRequest'
  const label = 'MRI of the knee'
  const item = { label, coding: mri.coding, source: 'preset' } as const
  return {
    ...order,
    kind,
    what: { ...order.what, [kind]: { text: label, item } },
    quantity: `${i + 1}`,
    otherReasons: mri.reasons.flatMap(({ coding }) => coding),
  }
}

const [first, ...others] = Array.from({ length: ORDERS }, (_, i) => orderOf(i))
const form: FormValues = { ...emptyForm(TODAY, () => 'draft-0'), ...first, others }
const read = () =>
  toScenario(form, {
    version: 1,
    patientId: 'p1',
    user: { reference: 'Practitioner/dr1', display: 'Dr. Moreno' },
    reasons: [],
  })

/** A hook request with 20 orders, in this process: from the form, the body alone, and all that happens before sending (chart in memory). */
export async function buildHookRequest(): Promise<Section> {
  const scenario = read()
  const prepared = await prepare(scenario, worldOf())
  if (prepared.kind !== 'ready') throw new Error('The question of the benchmark is not let through.')
  const { json, body } = prepared.request
  if (prepared.orders.length !== ORDERS) throw new Error('Not all orders of the benchmark are sent.')
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
  // In turns, so that what the machine does meanwhile falls on all alike.
  const times = { baseline: [] as number[], form: [] as number[], body: [] as number[], all: [] as number[] }
  for (let i = 0; i < WARM_UP + RUNS; i += 1) {
    const world = worldOf()
    const begun = performance.now()
    JSON.stringify(json)
    const written = performance.now()
    read()
    const understood = performance.now()
    build()
    const built = performance.now()
    await prepare(scenario, world)
    const ended = performance.now()
    if (i < WARM_UP) continue
    times.baseline.push(written - begun)
    times.form.push(understood - written)
    times.body.push(built - understood)
    times.all.push(ended - built)
  }
  const baseline = median(times.baseline)
  const unit = '× JSON.stringify of the request'
  return {
    title: `A hook request with ${ORDERS} orders`,
    measures: [
      { name: 'Size of the request', value: body.length, unit: 'characters' },
      { name: 'Reading the form', value: ratio(median(times.form), baseline), unit },
      { name: 'Building its body', value: ratio(median(times.body), baseline), unit },
      {
        name: 'Coverage, discovery, prefetch, body and guard',
        value: ratio(median(times.all), baseline),
        unit,
      },
    ],
  }
}
