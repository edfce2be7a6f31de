import { type PayerAnswer, prepare } from '../src/domain/crd/ask'
import { askAll, prepareAll } from '../src/domain/crd/ask-all'
import type { Question } from '../src/domain/crd/question'
import type { DraftOrder, Scenario } from '../src/domain/crd/scenario'
import { type Asking, PATIENT, startAsking } from './asking'
import { type ChartRequest, VISIT } from './chart'
import { type Measure, median, repeat, type Section } from './measure'
import { sequentialDepth } from './network'

const RUNS = 5
const CHART_DELAY_MS = 40

const role = { reference: 'PractitionerRole/moreno-lakeside', display: 'Dr. Moreno' }
const northside = { reference: 'Organization/northside-hospital', display: 'Northside' }
const imaging = { reference: 'Location/imaging-center', display: 'Imaging' }
const hcpcs = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'

const order = (id: string, kind: DraftOrder['kind'], system: string, code: string): DraftOrder => ({
  id,
  kind,
  coding: [{ system, code, display: 'Order' }],
  occurrence: '2027-01-10',
  ...(kind !== 'CommunicationRequest' && { quantity: { value: 1 } }),
  reasons: [{ reference: 'Condition/jane-roe-sleep-apnea', coding: [] }],
  requester: role,
  performer: northside,
  billing: [],
  patientPays: false,
})

const orders: readonly DraftOrder[] = [
  { ...order('draft-1', 'ServiceRequest', 'http://www.ama-assn.org/go/cpt', '72148'), location: imaging },
  order('draft-2', 'DeviceRequest', hcpcs, 'E0601'),
  order('draft-3', 'MedicationRequest', 'http://www.nlm.nih.gov/research/umls/rxnorm', '617310'),
]

const scenario = (question?: Question, over: Partial<Scenario> = {}): Scenario => ({
  version: 1,
  patientId: PATIENT,
  encounterId: VISIT,
  coverageId: 'jane-roe-acme',
  orders,
  ...(question && { question }),
  ...over,
})

/** Each with the longest chain of what needs an answer before it can be asked: coverage, visit, its people’s roles, their people. */
const QUESTIONS = [
  { name: 'Three orders', asked: scenario(), chain: 4 },
  {
    name: 'Orders while they are chosen',
    asked: scenario({ hook: 'order-select', selections: ['draft-1'] }),
    chain: 4,
  },
  {
    name: 'An appointment',
    asked: scenario({
      hook: 'appointment-book',
      appointments: [
        {
          id: 'appointment-1',
          serviceType: [{ system: 'http://snomed.info/sct', code: '11429006', display: 'Consultation' }],
          time: { kind: 'exact', start: '2027-01-10T09:00:00Z', end: '2027-01-10T09:30:00Z' },
          performers: [role, imaging],
          reasons: [],
          basedOn: ['draft-1'],
          billing: [],
          patientPays: false,
        },
      ],
    }),
    chain: 4,
  },
  {
    name: 'A visit of the chart',
    asked: scenario({ hook: 'encounter-start', encounter: { kind: 'real', id: VISIT } }, { orders: [] }),
    chain: 4,
  },
  {
    name: 'An order of the chart sent out',
    asked: scenario(
      {
        hook: 'order-dispatch',
        existing: ['ServiceRequest/jane-roe-nutrition-order'],
        performer: { reference: 'PractitionerRole/osei-lakeside', display: 'Kofi Osei' },
      },
      { orders: [] },
    ),
    chain: 3,
  },
] as const

/** The first question of a session: what it asks of the chart, where a payer wants all that the guide's sample services do (crd-facts A4). */
export async function fullPrefetch(): Promise<Section> {
  const asking = await startAsking(CHART_DELAY_MS)
  try {
    const measures: Measure[] = []
    const add = async (name: string, chain: number, run: () => Promise<readonly ChartRequest[]>) => {
      const runs = await repeat(RUNS, run)
      const of = (pick: (requests: readonly ChartRequest[]) => number): number => median(runs.map(pick))
      measures.push(
        { name: `${name}: requests to the chart`, value: of((each) => each.length), unit: 'requests' },
        { name: `${name}: resources read again`, value: of(readAgain), unit: 'resources', target: '0' },
        {
          name: `${name}: one request after the other`,
          value: of(sequentialDepth),
          unit: 'round trips',
          target: `${chain}, the longest chain`,
        },
      )
    }
    for (const { name, asked, chain } of QUESTIONS) await add(name, chain, () => askOne(asking, asked))
    const [orders] = QUESTIONS
    await add(`${orders.name}, two payers`, orders.chain, () => askBoth(asking, orders.asked))
    return { title: 'Asking with the guide’s full prefetch, nothing read before', measures }
  } finally {
    await asking.close()
  }
}

async function askOne(asking: Asking, asked: Scenario): Promise<readonly ChartRequest[]> {
  const world = await asking.open()
  const question = await prepare(asked, world)
  return readFor(asking, await askAll([question], world, () => undefined))
}

async function askBoth(asking: Asking, asked: Scenario): Promise<readonly ChartRequest[]> {
  const world = await asking.open()
  const { questions } = await prepareAll(asked, world)
  if (questions.length !== 2) throw new Error('The patient of the benchmark has two payers.')
  return readFor(asking, await askAll(questions, world, () => undefined))
}

/** What was read for answers that came: a question that was not let through would have read less. */
function readFor(asking: Asking, answers: readonly PayerAnswer[]): readonly ChartRequest[] {
  for (const { kind, payer } of answers)
    if (kind !== 'answered' && kind !== 'undecided')
      throw new Error(
        `The question of the benchmark was not answered by ${payer?.name ?? 'anyone'}: ${kind}.`,
      )
  return asking.taken()
}

const readAgain = (requests: readonly ChartRequest[]): number => {
  const read = requests.flatMap(({ resources }) => resources)
  return read.length - new Set(read).size
}
