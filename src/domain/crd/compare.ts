import type { FhirJson } from '../json'
import type { PayerAnswer } from './ask'
import { answeredRows, type CellContent, pendingRows, type RowId, rowLabels } from './compare-cells'

/** One way of doing it, with what each payer said of it. */
export interface ComparedVariant {
  readonly key: string
  /** In the user's words or ours, e.g. "As first asked". */
  readonly label: string
  /** The drafts as they were asked: for telling answers about several orders apart. */
  readonly orders: readonly FhirJson[]
  /** Of each payer the latest counts. */
  readonly answers: readonly PayerAnswer[]
  /** Payers without an answer here are still to be heard: said in these words, and never taken for a difference. */
  readonly pending?: string
}

/** A cell of the table. It is never blank: what is not there is said (U8). */
export interface ComparisonCell {
  readonly lines: readonly string[]
  /** false: "Not stated", "No answer" and the like, which never mean no. */
  readonly isStated: boolean
  /** Says something else than the first column. Read out as "differs", never by colour alone. */
  readonly differs: boolean
}

export interface ComparisonRow {
  readonly id: RowId
  readonly label: string
  /** One for each column, in their order. */
  readonly cells: readonly ComparisonCell[]
}

/** What one payer said of all variants. */
export interface PayerComparison {
  readonly payerId: string
  readonly payerName: string
  readonly rows: readonly ComparisonRow[]
}

/** Variants side by side, the original first. No order of merit: columns stand as they were made. */
export interface Comparison {
  readonly columns: readonly { readonly key: string; readonly label: string }[]
  readonly payers: readonly PayerComparison[]
  /** Labels of variants beyond the sixth, which have no column. */
  readonly leftOut: readonly string[]
}

/** The original and five beside it (U8). */
const mostVariants = 6

/** Rows that stand only where a payer said something for them. */
const optionalRows: ReadonlySet<RowId> = new Set(['other', 'messages'])

/** When it was answered differs always and means nothing; so it is never marked. */
const unmarkedRows: ReadonlySet<RowId> = new Set(['answered'])

type TimeText = (epochMs: number) => string

/** Compares variants, the first being the original. `timeText`: a moment (epoch milliseconds) for people, with its zone. */
export function compare(variants: readonly ComparedVariant[], timeText: TimeText): Comparison {
  const shown = variants.slice(0, mostVariants)
  const payers = new Map<string, string>()
  for (const variant of shown)
    for (const { payer } of variant.answers) payers.set(payer?.id ?? '', payer?.name ?? 'No payer found')
  return {
    columns: shown.map(({ key, label }) => ({ key, label })),
    payers: [...payers].map(([payerId, payerName]) => ({
      payerId,
      payerName,
      rows: rowsOf(shown.map((variant) => cellsOf(variant, payerId, timeText))),
    })),
    leftOut: variants.slice(mostVariants).map(({ label }) => label),
  }
}

function cellsOf({ answers, orders, pending }: ComparedVariant, payerId: string, timeText: TimeText) {
  const answer = latest(answers, payerId)
  return answer === undefined && pending !== undefined
    ? pendingRows(pending)
    : answeredRows(answer, orders, timeText)
}

function latest(answers: readonly PayerAnswer[], payerId: string): PayerAnswer | undefined {
  return answers
    .filter((answer) => (answer.payer?.id ?? '') === payerId)
    .reduce<PayerAnswer | undefined>(
      (last, answer) => (last === undefined || answer.askedAt >= last.askedAt ? answer : last),
      undefined,
    )
}

function rowsOf(columns: readonly Readonly<Record<RowId, CellContent>>[]): readonly ComparisonRow[] {
  const ids = Object.keys(rowLabels) as readonly RowId[]
  return ids.flatMap((id) => {
    const contents = columns.map((column) => column[id])
    if (optionalRows.has(id) && contents.every((content) => !content.isStated)) return []
    const first = contents[0]?.meaning
    const cells = contents.map(({ lines, isStated, meaning }) => ({
      lines,
      isStated,
      // What is still to be heard is no difference, and nothing differs from it.
      differs: !unmarkedRows.has(id) && first !== undefined && meaning !== undefined && meaning !== first,
    }))
    return [{ id, label: rowLabels[id], cells }]
  })
}

/** The comparison as plain text, lines parted by LF: a list for each row, so that it reads in any width. */
export function comparisonText(comparison: Comparison): string {
  const labels = comparison.columns.map(({ label }) => label)
  const blocks = comparison.payers.map(({ payerName, rows }) =>
    [
      payerName,
      '-'.repeat(Math.min(payerName.length, 72)),
      ...rows.flatMap(({ label, cells }) => [
        label,
        ...cells.map(
          ({ lines, differs }, index) =>
            `  ${labels[index] ?? ''}${differs ? ' (differs)' : ''}: ${lines.join('; ')}`,
        ),
      ]),
    ].join('\n'),
  )
  const left = comparison.leftOut.length > 0 ? [`Not compared: ${comparison.leftOut.join(', ')}`] : []
  return `${['What-if: nothing has been ordered. Compared with the first.', ...blocks, ...left].join('\n\n')}\n`
}
