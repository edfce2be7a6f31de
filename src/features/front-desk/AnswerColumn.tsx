import type { Ref } from 'react'
import { frontDeskAnswer } from '../../domain/front-desk/answer'
import type { CoverageView } from '../asking/coverage-view'
import type { Answered } from '../asking/use-ask'
import { DeskAnswer } from './DeskAnswer'
import { dayAsked } from './day-asked'

interface Props {
  readonly answered: readonly Answered[]
  /** Absent: these answers are not of the form, and do not grow stale with it. */
  readonly currentKey?: string
  readonly view: CoverageView
  /** `YYYY-MM-DD` */
  readonly today: string
  readonly onAskAgain: () => void
  readonly headingRef?: Ref<HTMLHeadingElement>
}

/** The answers to one question: one block a payer, the likely primary first. */
export function AnswerColumn({ answered, currentKey, view, today, onAskAgain, headingRef }: Props) {
  return answered.map(({ question, answer, scenario }, index) => (
    <DeskAnswer
      key={answer.payer?.id ?? 'none'}
      answer={frontDeskAnswer(answer, { today, date: dayAsked(scenario, today) })}
      title={planOf(view, answer.payer?.id) ?? answer.payer?.name ?? 'No payer was asked'}
      about={question.title}
      memberId={question.lines.find(({ label }) => label === 'Member id, entered here')?.value ?? ''}
      isStale={currentKey !== undefined && question.key !== currentKey}
      onAskAgain={onAskAgain}
      {...(index === 0 && headingRef && { headingRef })}
    />
  ))
}

/** The coverage in the chart's words; undefined where the payer is none of the active coverages'. */
const planOf = (view: CoverageView, payerId: string | undefined): string | undefined =>
  view.kind === 'read' ? view.active.find(({ payer }) => payer?.id === payerId)?.name : undefined
