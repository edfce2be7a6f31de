import type { PayerAnswer } from '../../../domain/crd/ask'
import { type Comparison, compare } from '../../../domain/crd/compare'
import { formatMadeAt, instantAt } from '../../../domain/document/made-at'
import type { Answered, Waiting } from '../../asking/use-ask'
import type { ColumnRun } from './ask-column'
import type { Column } from './column'

/** A column with where it stands. */
export interface ColumnView extends Column {
  readonly waiting: readonly Waiting[]
  /** Answers to this very question, one a payer. */
  readonly answered: readonly Answered[]
  /** It was answered before it was changed. */
  readonly isStale: boolean
  /** Every payer has answered; what failed or was skipped has not. */
  readonly isDone: boolean
}

/** `ofForm`: what the form has asked and heard, which holds for the column with the same question. */
export function viewColumn(column: Column, run: ColumnRun | undefined, ofForm: ColumnRun): ColumnView {
  const isMine = ({ question }: Pick<Waiting, 'question'>): boolean => question.key === column.key
  const waiting = [...(run?.waiting ?? []), ...ofForm.waiting.filter(isMine)]
  const answered = latestOf([...ofForm.answered, ...(run?.answered ?? [])].filter(isMine))
  return {
    ...column,
    waiting,
    answered,
    isStale: answered.length === 0 && run !== undefined && run.answered.length > 0,
    isDone: waiting.length === 0 && answered.length > 0 && answered.every(({ answer }) => hasSpoken(answer)),
  }
}

/** Of each payer the answer that was asked for last. */
const latestOf = (all: readonly Answered[]): readonly Answered[] =>
  all.filter(({ answer }, index) =>
    all.every(
      ({ answer: other }, place) =>
        other.payer?.id !== answer.payer?.id ||
        other.askedAt < answer.askedAt ||
        (other.askedAt === answer.askedAt && place <= index),
    ),
  )

/** The payer answered, if only with nothing to say. */
export const hasSpoken = ({ kind }: PayerAnswer): boolean =>
  kind === 'answered' || kind === 'undecided' || kind === 'silent'

/** Whether it can be sent now. */
export const canBeAsked = (view: ColumnView): boolean =>
  !view.isPaid && view.errors.length === 0 && view.waiting.length === 0

/** The answers side by side. */
export const comparisonOf = (views: readonly ColumnView[]): Comparison =>
  compare(
    views.map((view) => ({
      key: view.id,
      label: view.label,
      orders: view.answered.flatMap(({ orders }) => orders),
      answers: view.answered.map(({ answer }) => answer),
      ...pending(view),
    })),
    timeText,
  )

function pending({ waiting, answered, isPaid, isStale }: ColumnView): { readonly pending?: string } {
  if (isPaid) return { pending: 'Not asked: the patient pays' }
  if (waiting.length > 0) return { pending: 'Being asked' }
  if (isStale) return { pending: 'Changed: ask again' }
  return answered.length === 0 ? { pending: 'Not asked yet' } : {}
}

/** A moment on this machine's clock, with its zone. */
export const instantOf = (epochMs: number): string =>
  instantAt(epochMs, -new Date(epochMs).getTimezoneOffset())

const timeText = (epochMs: number): string => formatMadeAt(instantOf(epochMs))
