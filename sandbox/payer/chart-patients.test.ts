import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { FhirStore, loadBundles, type Stored } from '../fhir'
import { at, type JsonObject, objectsIn } from './json'
import type { PayerName } from './payer'
import { bundle } from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { type Reply, said, send } from './test-payer'

/** The sandbox EHR's own chart: what its patients' payers say of the drafts in it. */
const chart = new FhirStore()
loadBundles(chart, 'sandbox/data/ehr')

const running = new Map<PayerName, RunningPayer>()
async function payerOf(name: PayerName): Promise<RunningPayer> {
  const now = () => new Date('2026-11-20T10:00:00Z')
  const known = running.get(name) ?? (await startPayer({ name, port: 0, app: 'http://app.example', now }))
  running.set(name, known)
  return known
}
afterAll(() => Promise.all([...running.values()].map((payer) => payer.close())))

const plain = (stored: Stored | undefined): JsonObject => JSON.parse(JSON.stringify(stored ?? {}))

const draftsOf = (patient: string, type: string): readonly JsonObject[] =>
  chart.search(type, `patient=${patient}&status=draft`).map((stored) => plain(stored))

interface Asked {
  readonly payer: PayerName
  readonly patient: string
  readonly coverage: string
  readonly orders: readonly JsonObject[]
}

/** Order-sign as a careful client sends it: the patient, one coverage, its payor's Organization where the Coverage only refers to it. */
async function sign({ payer, patient, coverage, orders }: Asked): Promise<Reply> {
  const sent = plain(chart.get('Coverage', coverage))
  const payor = String(at(sent, 'payor', 0, 'reference') ?? '')
  const organization = payor.startsWith('Organization/')
    ? [plain(chart.get('Organization', payor.split('/')[1] ?? ''))]
    : []
  return send(await payerOf(payer), {
    hook: 'order-sign',
    hookInstance: randomUUID(),
    fhirServer: 'http://ehr.example/fhir',
    context: {
      userId: 'Practitioner/moreno',
      patientId: patient,
      draftOrders: bundle('collection', orders),
    },
    prefetch: {
      patient: plain(chart.get('Patient', patient)),
      coverage: bundle('searchset', [sent, ...organization]),
    },
    extension: payer === 'acme' ? { 'davinci-crd.requestedVersion': '2.2' } : {},
  })
}

const TYPES = [
  'ServiceRequest',
  'DeviceRequest',
  'MedicationRequest',
  'NutritionOrder',
  'VisionPrescription',
  'CommunicationRequest',
]

describe.each([
  ['cedar', 'nora-lindqvist', 'nora-lindqvist-cedar'],
  ['delta', 'tomas-herrera', 'tomas-herrera-delta'],
  ['oddity', 'alma-reyes', 'alma-reyes-oddity'],
  ['borealis', 'idris-bello', 'idris-bello-card'],
  ['acme', 'grace-whitfield', 'grace-whitfield-acme'],
  ['delta', 'grace-whitfield', 'grace-whitfield-delta'],
] as const)('%s about %s', (payer, patient, coverage) => {
  it('takes every draft of the chart, knows the member, and says something', async () => {
    const orders = TYPES.flatMap((type) => draftsOf(patient, type))
    expect(orders.length).toBeGreaterThan(0)
    const reply = await sign({ payer, patient, coverage, orders })
    expect([reply.status, reply.refusal]).toEqual([200, ''])
    expect(reply.cards.length + reply.systemActions.length).toBeGreaterThan(0)
    expect(JSON.stringify(reply.body)).not.toContain('no-member-found')
  })
})

describe('what the chart is made to show', () => {
  it('at Delta Plan, asked as the second payer, the first one is named', async () => {
    const orders = draftsOf('grace-whitfield', 'ServiceRequest')
    const reply = await sign({
      payer: 'delta',
      patient: 'grace-whitfield',
      coverage: 'grace-whitfield-delta',
      orders,
    })
    expect(reply.cards.some(({ summary }) => /first payer/.test(String(summary)))).toBe(true)
  })

  it('at Acme Health the hospital costs more, and a supplier is outside the network', async () => {
    const asked = { payer: 'acme', patient: 'grace-whitfield', coverage: 'grace-whitfield-acme' }
    const mri = await sign({ ...asked, orders: draftsOf('grace-whitfield', 'ServiceRequest') })
    expect(said(mri.systemActions[0]).covered).toEqual(['conditional'])
    const cpap = await sign({ ...asked, orders: draftsOf('grace-whitfield', 'DeviceRequest') })
    expect(cpap.cards.some(({ summary }) => /outside the network/.test(String(summary)))).toBe(true)
    const losartan = await sign({ ...asked, orders: draftsOf('grace-whitfield', 'MedicationRequest') })
    expect(losartan.cards.some(({ summary }) => /ACE inhibitor comes first/.test(String(summary)))).toBe(true)
  })

  it('at Delta Plan step therapy is done for Tomas Herrera, whose dispensed lisinopril it knows', async () => {
    const orders = draftsOf('tomas-herrera', 'MedicationRequest')
    const reply = await sign({
      payer: 'delta',
      patient: 'tomas-herrera',
      coverage: 'tomas-herrera-delta',
      orders,
    })
    expect(said(reply.systemActions[0]).covered).toEqual(['covered'])
  })

  it('at Borealis Mutual twelve tablets are more than are covered for Idris Bello', async () => {
    const orders = draftsOf('idris-bello', 'MedicationRequest')
    const reply = await sign({
      payer: 'borealis',
      patient: 'idris-bello',
      coverage: 'idris-bello-card',
      orders,
    })
    expect(reply.cards.some(({ summary }) => /More than the nine tablets/.test(String(summary)))).toBe(true)
  })

  it('at Oddity Insurance nothing is the standard’s coverage information', async () => {
    const orders = draftsOf('alma-reyes', 'ServiceRequest')
    const reply = await sign({
      payer: 'oddity',
      patient: 'alma-reyes',
      coverage: 'alma-reyes-oddity',
      orders,
    })
    expect(JSON.stringify(reply.body)).toContain('coverageInfo')
    expect(objectsIn(reply.cards).length).toBeGreaterThan(0)
  })
})
