import { type ComponentProps, type RefObject, useEffect, useMemo, useRef } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import { formsAtHand } from '../../domain/crd/questionnaire-source'
import type { SuggestionWorld } from '../../domain/crd/suggestion'
import { documentPatient } from '../../domain/document/document-patient'
import { renderText } from '../../domain/document/text'
import { useAnnounce } from '../../ui'
import { PrintSheet } from '../../ui/PrintSheet'
import { useWork, type Work } from '../work'
import { AnswerBlock } from './AnswerBlock'
import { answerDocument, withNotes } from './answer-document'
import { Cards } from './Cards'
import type { CardDesk } from './card-desk'
import { filling } from './filling'
import type { FormValues } from './form-values'
import { LintNotes } from './LintNotes'
import { lintNotes } from './lint-notes'
import { practitionerName } from './PartySearch'
import type { SuggestionDesk } from './Suggestions'
import type { ScenarioFacts } from './to-scenario'
import type { Answered } from './use-ask'
import { useFeedback } from './use-feedback'
import { glanceAtAnswer } from './verdict'

/** How suggestions get into the form. */
export interface Suggesting extends Required<Pick<SuggestionDesk, 'onUse'>> {
  /** The form of now, which they are filled into. */
  readonly values: FormValues
  readonly facts: ScenarioFacts
}

interface Props {
  readonly answered: Answered
  readonly isStale?: boolean
  readonly onAskAgain?: () => void
  readonly suggesting?: Suggesting
  /** Focus there waits for the answer: the Ask button, the answers' column. */
  readonly waitingPlaces?: readonly RefObject<HTMLElement | null>[]
  /** An answer of earlier: to be read, copied and printed, and no more. */
  readonly readOnly?: boolean
  /** Opens what a link to this very app hands over, as the payer gave it (see `readAppContext`). */
  readonly onOwnLink?: (appContext: string) => void
}

const NOWHERE: readonly RefObject<HTMLElement | null>[] = []

/** An answer with its cards and its sheet of paper. A chunk of its own: nothing of it is needed before the first answer. */
export default function GivenAnswer(props: Props) {
  const { answered, isStale = false, onAskAgain, waitingPlaces = NOWHERE, readOnly = false } = props
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
      {(answer.kind === 'answered' || answer.kind === 'undecided') && (
        // What was left aside, filtered and told belongs to this one answer.
        <AnswerCards key={answer.hookInstance ?? answer.askedAt} {...props} answer={answer} />
      )}
      <LintNotes notes={notes} />
      <PrintSheet document={content} />
    </>
  )
}

/** The cards of an answer, with all that can be done with them here. */
function AnswerCards({
  answered,
  answer,
  suggesting,
  readOnly = false,
  onOwnLink,
}: Props & { readonly answer: ComponentProps<typeof Cards>['answer'] }) {
  const work = useWork()
  const { site, session, ports } = work
  const { orders, scenario } = answered
  const world = useMemo(() => suggestionWorld(orders, work), [orders, work])
  const forms = useMemo(() => formsAtHand(answer), [answer])
  const feedback = useFeedback(answer, ports)
  const desk: CardDesk = {
    world,
    scenario,
    forms,
    ownLinks: {
      appBaseUrl: `${window.location.origin}${window.location.pathname}`,
      check: { payers: site.payers, patientId: session.patientId, now: ports.clock.now() },
      ...(onOwnLink && { onOpen: onOwnLink }),
    },
    ...(!readOnly &&
      suggesting && { onUse: suggesting.onUse, fill: filling(suggesting.values, suggesting.facts) }),
    ...(!readOnly && feedback && { feedback }),
  }
  return <Cards answer={answer} desk={desk} readOnly={readOnly} />
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

const suggestionWorld = (orders: Answered['orders'], { session, ports }: Work): SuggestionWorld => ({
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
