import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import { documentPatient } from '../../domain/document/document-patient'
import { renderText } from '../../domain/document/text'
import { useAnnounce } from '../../ui'
import { PrintSheet } from '../../ui/PrintSheet'
import { practitionerName } from '../asking/PartySearch'
import type { Answered } from '../asking/use-ask'
import { useWork, type Work } from '../work'
import { AnswerBlock } from './AnswerBlock'
import { AnswerCards, type CardUse } from './AnswerCards'
import { answerDocument, withNotes } from './answer-document'
import { LintNotes } from './LintNotes'
import { lintNotes } from './lint-notes'
import { glanceAtAnswer } from './verdict'

interface Props extends CardUse {
  readonly answered: Answered
  readonly isStale?: boolean
  readonly onAskAgain?: () => void
  /** Focus there waits for the answer: the Ask button, the answers' column. */
  readonly waitingPlaces?: readonly RefObject<HTMLElement | null>[]
  /** Its cards stand with those of other payers. */
  readonly withoutCards?: boolean
}

const NOWHERE: readonly RefObject<HTMLElement | null>[] = []

/** An answer with its cards and its sheet of paper. A chunk of its own: nothing of it is needed before the first answer. */
export default function GivenAnswer(props: Props) {
  const { answered, isStale = false, onAskAgain, waitingPlaces = NOWHERE, readOnly = false } = props
  const { withoutCards = false } = props
  const alone = useMemo(() => [answered], [answered])
  const { answer } = answered
  const work = useWork()
  const heading = useRef<HTMLHeadingElement>(null)
  useNews(answer, heading, waitingPlaces)
  const notes = useMemo(() => lintNotes(answered), [answered])
  const content = answerDocument(answered, { ...printFrame(work), isStale })
  return (
    <>
      <AnswerBlock
        answered={answered}
        isStale={isStale}
        onAskAgain={readOnly ? undefined : onAskAgain}
        text={renderText(withNotes(content, notes))}
        headingRef={heading}
        technicalDetails={work.site.policy.technicalDetails}
      />
      {!withoutCards && (
        // What was left aside, filtered and told belongs to this one answer.
        <AnswerCards key={answer.hookInstance ?? answer.askedAt} {...props} answered={alone} />
      )}
      <LintNotes notes={notes} />
      <PrintSheet document={content} />
    </>
  )
}

/**
 * Says what is new. An answer's heading takes focus only where the user waits for it: on the Ask button, in this column, or nowhere;
 * a field that is being typed in keeps it, and so does the answer of another payer that is being read (U5, U17).
 */
function useNews(
  answer: PayerAnswer,
  heading: RefObject<HTMLElement | null>,
  waitingPlaces: readonly RefObject<HTMLElement | null>[],
) {
  const announce = useAnnounce()
  const places = useRef(waitingPlaces)
  useEffect(() => {
    places.current = waitingPlaces
  })
  useEffect(() => {
    const { sentence } = glanceAtAnswer(answer)
    announce(`${answer.payer?.name ?? ''}: ${sentence}`)
    const active = document.activeElement
    const isReading = active instanceof HTMLHeadingElement && active !== heading.current
    const isWaiting =
      active === null ||
      active === document.body ||
      places.current.some((place) => place.current?.contains(active) === true)
    if (isWaiting && !isReading) heading.current?.focus()
  }, [answer, announce, heading])
}

function printFrame({ chart, ports }: Work) {
  const { patient, user } = chart
  return {
    patient: documentPatient(patient, ports.clock.now()),
    askedBy: user === undefined ? 'Not known' : practitionerName(user),
  }
}
