import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { SuggestionWorld } from '../../domain/crd/suggestion'
import { documentPatient } from '../../domain/document/document-patient'
import { renderText } from '../../domain/document/text'
import { PrintSheet, useAnnounce } from '../../ui'
import { useWork, type Work } from '../work'
import { AnswerBlock } from './AnswerBlock'
import { answerDocument } from './answer-document'
import { Cards } from './Cards'
import { practitionerName } from './PartySearch'
import type { SuggestionDesk } from './Suggestions'
import type { Answered } from './use-ask'
import { glanceAtAnswer } from './verdict'

/** How suggestions get into the form. */
export type Suggesting = Pick<SuggestionDesk, 'fill' | 'onUse'>

interface Props {
  readonly answered: Answered
  readonly isStale: boolean
  readonly onAskAgain: () => void
  readonly suggesting: Suggesting
  /** Focus there waits for the answer: the Ask button, the answers' column. */
  readonly waitingPlaces: readonly RefObject<HTMLElement | null>[]
}

/** An answer with its cards and its sheet of paper. A chunk of its own: nothing of it is needed before the first answer. */
export default function GivenAnswer({ answered, isStale, onAskAgain, suggesting, waitingPlaces }: Props) {
  const work = useWork()
  const heading = useRef<HTMLHeadingElement>(null)
  useNews(answered, heading, waitingPlaces)
  const world = useMemo(() => suggestionWorld(answered, work), [answered, work])
  const content = answerDocument(answered, { ...printFrame(work), isStale })
  return (
    <>
      <AnswerBlock
        answered={answered}
        isStale={isStale}
        onAskAgain={onAskAgain}
        text={renderText(content)}
        headingRef={heading}
        technicalDetails={work.site.policy.technicalDetails}
      />
      {(answered.answer.kind === 'answered' || answered.answer.kind === 'undecided') && (
        <Cards answer={answered.answer} desk={{ world, scenario: answered.scenario, ...suggesting }} />
      )}
      <PrintSheet document={content} />
    </>
  )
}

/**
 * Says what is new. An answer's heading takes focus only where the user waits for it: on the Ask button, in this column, or nowhere;
 * a field that is being typed in keeps it (U5, U17).
 */
function useNews(
  answered: Answered,
  heading: RefObject<HTMLElement | null>,
  waitingPlaces: readonly RefObject<HTMLElement | null>[],
) {
  const announce = useAnnounce()
  const places = useRef(waitingPlaces)
  useEffect(() => {
    places.current = waitingPlaces
  })
  useEffect(() => {
    const { sentence } = glanceAtAnswer(answered.answer)
    announce(`${answered.answer.payer?.name ?? ''}: ${sentence}`)
    const active = document.activeElement
    const isWaiting =
      active === null ||
      active === document.body ||
      places.current.some((place) => place.current?.contains(active) === true)
    if (isWaiting) heading.current?.focus()
  }, [answered, announce, heading])
}

const suggestionWorld = ({ orders }: Answered, { session, ports }: Work): SuggestionWorld => ({
  resources: orders,
  patientId: session.patientId,
  fhirBase: session.fhirBase,
  newId: ports.newId,
})

function printFrame({ chart, ports }: Work) {
  const { patient, user } = chart
  return {
    patient: documentPatient(patient, ports.clock.now()),
    askedBy: user === undefined ? 'Not known' : practitionerName(user),
  }
}
