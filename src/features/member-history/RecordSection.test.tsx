// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noReferences } from '../../domain/fhir/references'
import type { Verdict } from '../../domain/pdex/reconcile'
import { type HistoryRecord, historyRecord, type RecordKey } from '../../domain/pdex/record'
import { nothingSelected } from '../../domain/pdex/selection'
import { RecordSection } from './RecordSection'
import type { Judged } from './use-judgement'

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const problems = (count: number): readonly HistoryRecord[] =>
  Array.from({ length: count }, (_, n) =>
    historyRecord(
      'acme',
      { resourceType: 'Condition', id: `${n}`, code: { text: `Problem ${n}` }, recordedDate: '2026-01-01' },
      noReferences,
      [],
    ),
  )

const judgedAs = (records: readonly HistoryRecord[], verdictOf: (n: number) => Verdict): Judged => ({
  judgements: new Map(
    records.map(({ key }, n): [RecordKey, { verdict: Verdict; reason: string; differences: [] }] => [
      key,
      { verdict: verdictOf(n), reason: '', differences: [] },
    ]),
  ),
  onlyChart: [],
  chart: { read: new Set(), unread: [] },
})

const section = (records: readonly HistoryRecord[], judged?: Judged) => (
  <>
    <input aria-label="Elsewhere" />
    <RecordSection
      name="Problems"
      payerName="Acme Health"
      records={records}
      total={records.length}
      chartOnly={[]}
      judged={judged}
      empty=""
      selection={nothingSelected}
      onToggle={() => {}}
      onToggleGroup={() => {}}
    />
  </>
)

const box = (n: number) => screen.getByLabelText(new RegExp(`^Problem ${n},`))
const focused = () =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent

describe('a row with the focus, when comparing ends', () => {
  it('keeps it in the group that it moves to', () => {
    const records = problems(6)
    const { rerender } = render(section(records))
    act(() => box(4).focus())
    rerender(
      section(
        records,
        judgedAs(records, (n) => (n % 2 === 0 ? 'different' : 'only-payer')),
      ),
    )
    expect(focused()).toMatch(/^Problem 4,/)
    expect(document.activeElement?.closest('ul')?.getAttribute('aria-label')).toBe(
      'Problems, different from chart',
    )
  })

  it('keeps it far down in a long list too, which opens there', () => {
    const records = problems(400)
    const { rerender } = render(section(records))
    act(() => screen.getByRole('button', { name: /^Show all 400/ }).click())
    const was = focused()
    expect(document.activeElement?.closest('li')?.getAttribute('aria-posinset')).toBe('21')
    rerender(
      section(
        records,
        judgedAs(records, (n) => (n === 0 ? 'different' : 'only-payer')),
      ),
    )
    expect(focused()).toBe(was)
    expect(document.activeElement?.closest('li')?.getAttribute('aria-setsize')).toBe('399')
  })

  it('gives it to the fold that the row is in then', () => {
    const records = problems(3)
    const { rerender } = render(section(records))
    act(() => box(1).focus())
    rerender(
      section(
        records,
        judgedAs(records, (n) => (n === 1 ? 'same' : 'only-payer')),
      ),
    )
    expect(document.activeElement?.tagName).toBe('SUMMARY')
    expect(focused()).toContain('Same')
  })

  it('leaves it where the user went meanwhile', () => {
    const records = problems(3)
    const { rerender } = render(section(records))
    act(() => box(1).focus())
    act(() => screen.getByLabelText('Elsewhere').focus())
    const judged = judgedAs(records, () => 'only-payer')
    rerender(section(records, judged))
    expect(focused()).toBe('Elsewhere')
    // Nor does a list that comes later take it.
    act(() => box(1).focus())
    rerender(
      section(
        records,
        judgedAs(records, () => 'different'),
      ),
    )
    expect(focused()).toMatch(/^Problem 1,/)
    act(() => screen.getByLabelText('Elsewhere').focus())
    rerender(section([], judged))
    rerender(section(records, judged))
    expect(focused()).toBe('Elsewhere')
  })
})
