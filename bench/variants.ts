import type { AskWorld } from '../src/domain/crd/ask'
import { askAll, prepareAll } from '../src/domain/crd/ask-all'
import type { DraftOrder, Scenario } from '../src/domain/crd/scenario'
import { type Asking, PATIENT, startAsking } from './asking'
import { median, ratio, repeat, type Section } from './measure'

const RUNS = 7
const PAYER_DELAY_MS = 300

const mri: DraftOrder = {
  id: 'draft-1',
  kind: 'ServiceRequest',
  coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148', display: 'MRI of the lower back' }],
  occurrence: '2027-01-10',
  quantity: { value: 1 },
  reasons: [{ reference: 'Condition/jane-roe-back-pain', coding: [] }],
  requester: { reference: 'Practitioner/moreno', display: 'Dr. Moreno' },
  billing: [],
  patientPays: false,
}

/** The question and four beside it, each with one thing changed. */
const CHANGES: readonly Partial<DraftOrder>[] = [
  {},
  { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '97802', display: 'Nutrition counselling' }] },
  { performer: { reference: 'Organization/northside-hospital', display: 'Northside' } },
  { occurrence: '2027-03-01' },
  { quantity: { value: 2 } },
]

const VARIANTS: readonly Scenario[] = CHANGES.map((change, index) => ({
  version: index + 1,
  patientId: PATIENT,
  encounterId: 'jane-roe-visit-today',
  orders: [{ ...mri, ...change }],
}))

/** Milliseconds. */
interface Compared {
  readonly slowest: number
  readonly calls: number
  /** From the first call that goes out to the last answer. */
  readonly sent: number
  /** From nothing read to the last answer. */
  readonly whole: number
}

/** Variants beside each other, as they are compared: each asks both payers by itself, all at the same time. The payers take their time. */
export async function compareVariants(): Promise<Section> {
  const asking = await startAsking(0)
  try {
    await asking.slow(PAYER_DELAY_MS)
    // Once for nothing: the first calls of a process take longer.
    await askVariants(asking)
    const runs = await repeat(RUNS, () => askVariants(asking))
    const of = (pick: (run: Compared) => number): number => median(runs.map(pick))
    const unit = '× the slowest single call'
    return {
      title: `${VARIANTS.length} variants, two payers that take ${PAYER_DELAY_MS / 1000} s each`,
      measures: [
        { name: 'Calls of payers', value: of((run) => run.calls), unit: 'calls', target: '10' },
        {
          name: 'From the first call to the last answer',
          value: of((run) => ratio(run.sent, run.slowest)),
          unit,
          target: 'near 1',
        },
        {
          name: 'With discovery, chart and prefetch before it, nothing read yet',
          value: of((run) => ratio(run.whole, run.slowest)),
          unit,
        },
      ],
    }
  } finally {
    await asking.close()
  }
}

async function askVariants(asking: Asking): Promise<Compared> {
  const opened = await asking.open()
  const calls: { readonly start: number; readonly end: number }[] = []
  const cds: AskWorld['cds'] = {
    ...opened.cds,
    async invoke(request, options) {
      const start = performance.now()
      const answer = await opened.cds.invoke(request, options)
      calls.push({ start, end: performance.now() })
      return answer
    },
  }
  const world: AskWorld = { ...opened, cds }
  const begun = performance.now()
  const answers = await Promise.all(
    VARIANTS.map(async (variant) => {
      const { questions } = await prepareAll(variant, world)
      return askAll(questions, world, () => undefined)
    }),
  )
  const ended = performance.now()
  for (const { kind, payer } of answers.flat())
    if (kind !== 'answered' && kind !== 'undecided' && kind !== 'silent')
      throw new Error(`A variant of the benchmark was not answered by ${payer?.name ?? 'anyone'}: ${kind}.`)
  return {
    slowest: Math.max(...calls.map(({ start, end }) => end - start)),
    calls: calls.length,
    sent: ended - Math.min(...calls.map(({ start }) => start)),
    whole: ended - begun,
  }
}
