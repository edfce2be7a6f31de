import { describe, expect, it } from 'vitest'
import { at, type FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import { fail, ok, type Result } from '../result'
import type { AskWorld, PreparedQuestion } from './ask'
import { askAll, type PayerState, prepareAll, warmAll } from './ask-all'
import {
  acme,
  chart,
  coverage,
  fakeClock,
  organization,
  patient,
  payerOf,
  scenario,
  settle,
  worldOf,
} from './samples.test-data'

const beta: Payer = {
  ...acme,
  id: 'beta',
  name: 'Beta',
  identifiers: [{ system: 'urn:b', value: 'B' }],
  cdsBase: 'https://beta.example/cds',
}
const identified = (id: string, order: number, value: string, more: object = {}): FhirJson => ({
  ...coverage,
  id,
  order,
  payor: [{ identifier: { system: value === 'B' ? 'urn:b' : 'urn:other', value } }],
  ...more,
})
const records = [
  patient,
  organization,
  { ...coverage, order: 1 },
  identified('cov2', 2, 'B'),
  identified('cov3', 3, 'B'),
  identified('cov4', 4, 'Unknown'),
  identified('cov5', 5, 'B', { status: 'cancelled' }),
]
const world = (over: Partial<AskWorld> = {}) => {
  const ehr = chart(records)
  return worldOf({ ehr, payers: [acme, beta], ...over })
}
const ready = (given: Awaited<ReturnType<typeof prepareAll>>): readonly PreparedQuestion[] =>
  given.questions.flatMap((each) => (each.kind === 'ready' ? [each] : []))

describe('asking all payers', () => {
  it('asks the primary for coverage information and the others for all else, each about its own coverage', async () => {
    const prepared = await prepareAll(scenario, world())
    expect(
      ready(prepared).map(({ request, payerRole }) => [
        request.payer.id,
        payerRole,
        at(request.json, 'extension', 'davinci-crd.configuration'),
        at(request.json, 'prefetch', 'coverage', 'entry', 0, 'resource', 'id'),
        at(request.json, 'context', 'draftOrders', 'entry', 0, 'resource', 'insurance', 0, 'reference'),
      ]),
    ).toEqual([
      ['acme', 'primary', { 'unsolicited-determ': false }, 'cov1', 'Coverage/cov1'],
      ['beta', 'secondary', { 'unsolicited-determ': false, 'coverage-info': false }, 'cov2', 'Coverage/cov2'],
    ])
    expect(prepared.notAsked.map(({ coverage: { id }, why }) => [id, why])).toEqual([
      ['cov3', 'its payer is asked about another coverage'],
      ['cov4', 'its payer is not one that this app is set up to ask'],
      ['cov5', 'its status is cancelled'],
    ])
    expect(ready(prepared)[0]?.request.body).not.toContain('cov2')
  })

  it('makes another coverage the primary where the user chose it', async () => {
    const prepared = await prepareAll({ ...scenario, coverageId: 'cov2' }, world())
    expect(ready(prepared).map((each) => [each.request.payer.id, each.payerRole])).toEqual([
      ['beta', 'primary'],
      ['acme', 'secondary'],
    ])
  })

  it('reads nothing of the chart twice for it', async () => {
    const ehr = chart(records)
    const once = world({ ehr })
    await warmAll(scenario, once)
    const before = ehr.calls.length
    await prepareAll(scenario, once)
    expect(ehr.calls.length).toBe(before)
  })

  it('sends all at once, tells each payer’s state, and gives the answers together', async () => {
    const clock = fakeClock()
    const finish: ((result: Result<unknown>) => void)[] = []
    const cds = payerOf(() => new Promise((resolve) => finish.push(resolve)))
    const both = world({ clock, cds })
    const { questions } = await prepareAll(scenario, both)
    const told: string[] = []
    const kinds = (states: readonly PayerState[]) =>
      states.map((each) => `${each.payer?.id} ${each.state.kind}`).join(', ')
    const asking = askAll(questions, both, (states) => told.push(kinds(states)))
    expect(cds.sent).toHaveLength(2)
    expect(told.at(-1)).toBe('acme asking, beta asking')
    finish[1]?.(ok({ cards: [] }))
    await settle()
    expect(told.at(-1)).toBe('acme asking, beta done')
    await clock.advance(5000)
    expect(told.at(-1)).toBe('acme slow, beta done')
    finish[0]?.(fail({ kind: 'http', server: 'Acme', status: 500 }))
    const answers = await asking
    expect(answers.map((each) => [each.payerRole, each.kind])).toEqual([
      ['primary', 'failed'],
      ['secondary', 'silent'],
    ])
  })

  it('skips one payer and goes on with the others', async () => {
    const cds = payerOf(async () => ok({ cards: [] }))
    const both = world({ cds })
    const { questions } = await prepareAll(scenario, both)
    const signal = AbortSignal.abort()
    const answers = await askAll(questions, both, () => {}, {
      signalOf: (payer) => (payer.id === 'beta' ? signal : undefined),
    })
    expect(answers.map((each) => each.kind)).toEqual(['silent', 'skipped'])
  })

  it.each([
    ['no coverage at all', { ehr: chart([patient]) }, 'one-coverage'],
    ['a payer of the primary that is not in the directory', { payers: [beta] }, 'directory'],
  ] as const)('says of %s why it is not asked', async (_what, over, rule) => {
    const questionable = world(over)
    const { questions } = await prepareAll(scenario, questionable)
    const states: (readonly PayerState[])[] = []
    const [answer] = await askAll(questions, questionable, (each) => states.push(each))
    expect(answer).toMatchObject({ kind: 'refused', rule, payerRole: 'primary' })
    expect(states[0]?.[0]).toMatchObject({ payerRole: 'primary', state: { kind: 'done' } })
  })
})
