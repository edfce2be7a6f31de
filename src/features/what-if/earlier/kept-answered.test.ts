import { describe, expect, it } from 'vitest'
import type { InvocationRecord } from '../../../domain/audit'
import { ok } from '../../../domain/result'
import { as, asked, covered } from './kept.test-data'
import { keptAnswered, keptQuestion } from './kept-answered'

const coverageOf = (record: InvocationRecord) =>
  keptQuestion(record).find((line) => line.label === 'Coverage')?.value

describe('a kept question', () => {
  it('reads in words: its kind, what was asked about, and the coverage', async () => {
    const { record } = await asked(covered)
    const lines = keptQuestion(record).map(({ label, value }) => `${label}: ${value}`)
    expect(lines[0]).toBe('Kind of question: An order')
    expect(lines).toContain('What: MRI of the knee (73721)')
    expect(lines.at(-1)).toBe('Coverage: Coverage/cov1')
  })

  it('names the plan where the request carries the coverage, by itself or in a list', async () => {
    const { record } = await asked(covered)
    const plan = {
      resourceType: 'Coverage',
      id: 'cov1',
      class: [{ type: { coding: [{ code: 'plan' }] }, name: 'Gold PPO' }],
    }
    const carrying = (coverage: unknown): InvocationRecord => ({
      ...record,
      payload: { ...record.payload, request: { prefetch: { coverage } } },
    })
    expect(coverageOf(carrying(plan))).toBe('Gold PPO')
    expect(coverageOf(carrying({ resourceType: 'Bundle', entry: [{ resource: plan }] }))).toBe('Gold PPO')
    for (const other of [{ ...plan, id: 'cov2' }, null, 'x', { entry: [null] }])
      expect(coverageOf(carrying(other))).toBe('Coverage/cov1')
  })

  it('keeps several orders apart', async () => {
    const { record } = await asked(covered)
    const two: InvocationRecord = {
      ...record,
      payload: {
        ...record.payload,
        orders: [...record.payload.orders, { resourceType: 'DeviceRequest', id: 'd' }],
      },
    }
    expect(keptQuestion(two).map((line) => line.label)).toContain('MRI of the knee (73721): What')
  })
})

describe('a kept answer', () => {
  it('is what was shown then', async () => {
    const { record, answer } = await asked(covered)
    const kept = keptAnswered(record, [])
    if (!kept.ok || answer.kind !== 'answered') throw new Error('no answer')
    const { coverage, cards, kind, response } = answer
    expect(kept.value.answer).toMatchObject({
      kind,
      coverage,
      cards,
      response,
      payer: { name: 'Acme Health' },
    })
  })

  it('stays one that could not be decided', async () => {
    const { record } = await asked(covered)
    const kept = keptAnswered(as(record, { outcome: 'undecided' }), [])
    expect(kept.ok && kept.value.answer.kind).toBe('undecided')
  })

  it('fails where what came back cannot be read', async () => {
    const { record } = await asked(() => ok(['no object']))
    expect(keptAnswered(record, []).ok).toBe(false)
  })
})
