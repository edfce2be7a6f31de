import type { Ref } from 'react'
import { type FrontDeskAnswer, frontDeskAnswer } from '../../domain/front-desk/answer'
import { tellIn } from '../../domain/front-desk/paper-for-patient'
import { languageOf } from '../../domain/front-desk/words/patient/languages'
import type { FhirJson } from '../../domain/json'
import type { CoverageView } from '../asking/coverage-view'
import type { Answered } from '../asking/use-ask'
import { useWork } from '../work'
import { DeskAnswer } from './DeskAnswer'
import { dayAsked } from './day-asked'
import { Failure } from './Failure'
import { PaperActions } from './PaperActions'

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
  const { patient } = useWork().chart
  return answered.map((each, index) => {
    const { question, answer: given, scenario } = each
    const answer = frontDeskAnswer(given, { today, date: dayAsked(scenario, today) })
    const isStale = currentKey !== undefined && question.key !== currentKey
    return (
      <DeskAnswer
        key={given.payer?.id ?? 'none'}
        answer={answer}
        title={planOf(view, given.payer?.id) ?? given.payer?.name ?? 'No payer was asked'}
        about={question.title}
        memberId={question.lines.find(({ label }) => label === 'Member id, entered here')?.value ?? ''}
        isStale={isStale}
        onAskAgain={onAskAgain}
        {...(index === 0 && headingRef && { headingRef })}
        told={toldIn(patient, answer)}
        failure={<Failure answer={given} />}
        papers={<PaperActions answered={each} answer={answer} view={view} today={today} isStale={isStale} />}
      />
    )
  })
}

/** The coverage in the chart's words; undefined where the payer is none of the active coverages'. */
const planOf = (view: CoverageView, payerId: string | undefined): string | undefined =>
  view.kind === 'read' ? view.active.find(({ payer }) => payer?.id === payerId)?.name : undefined

/** For a patient with whom English is not spoken. */
function toldIn(patient: FhirJson, answer: FrontDeskAnswer) {
  const { language } = languageOf(patient)
  return language.tag === 'en'
    ? undefined
    : { language: language.tag, text: tellIn(language, answer).join(' ') }
}
