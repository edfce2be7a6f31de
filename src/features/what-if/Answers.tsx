import { type RefObject, useEffect, useRef } from 'react'
import { renderText } from '../../domain/document/text'
import { bannerName, birthDate, gender, recordNumber } from '../../domain/fhir/person'
import { ageInYears, formatDate, Panel, useAnnounce } from '../../ui'
import { useWork, type Work } from '../work'
import { AnswerBlock } from './AnswerBlock'
import { AskingBlock } from './AskingBlock'
import { answerDocument } from './answer-document'
import { Cards } from './Cards'
import { practitionerName } from './PartySearch'
import { PrintSheet } from './PrintSheet'
import type { useAsk } from './use-ask'
import { glanceAtAnswer } from './verdict'

interface Props {
  readonly asking: ReturnType<typeof useAsk>
  readonly currentKey: string
  readonly payerName: string
  readonly onAskAgain: () => void
  /** Around the Ask button: focus there has not moved on since asking. */
  readonly askArea: RefObject<HTMLElement | null>
}

/** The right column: the payer being asked, then the last answer with its cards. */
export function Answers({ asking, currentKey, payerName, onAskAgain, askArea }: Props) {
  const work = useWork()
  const { waiting, answered, skip } = asking
  const column = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useNews(asking, payerName, heading, [askArea, column])
  const isStale = answered !== undefined && answered.question.key !== currentKey
  const content = answered && answerDocument(answered, { ...printFrame(work), isStale })
  return (
    <section className="stack" aria-label="What the payer says" ref={column}>
      {waiting !== undefined && <AskingBlock waiting={waiting} payerName={payerName} onSkip={skip} />}
      {answered !== undefined && content !== undefined && (
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
            <Cards answer={answered.answer} orders={answered.orders} />
          )}
          <PrintSheet content={content} />
        </>
      )}
      {waiting === undefined && answered === undefined && (
        <Panel title="No question asked yet">
          <p className="soft">
            Describe the order and ask. {payerName === 'the payer' ? 'The payer' : payerName} answers here:
            whether it is covered, whether it needs prior authorization, and what it asks for.
          </p>
        </Panel>
      )}
    </section>
  )
}

/**
 * Says what is new. An answer's heading takes focus only where the user waits for it: on the Ask button, in this column, or nowhere;
 * a field that is being typed in keeps it (U5, U17).
 */
function useNews(
  { waiting, answered }: Props['asking'],
  payerName: string,
  heading: RefObject<HTMLElement | null>,
  waitingPlaces: readonly RefObject<HTMLElement | null>[],
) {
  const announce = useAnnounce()
  const places = useRef(waitingPlaces)
  useEffect(() => {
    places.current = waitingPlaces
  })
  const isSlow = waiting?.isSlow === true
  useEffect(() => {
    if (isSlow) announce(`${payerName} is slower than usual. You can skip it.`)
  }, [isSlow, payerName, announce])
  useEffect(() => {
    if (answered === undefined) return
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

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function printFrame({ chart, ports }: Work) {
  const { patient, user } = chart
  const born = birthDate(patient)
  const age = ageInYears(born, ports.clock.now())
  return {
    patient: {
      name: bannerName(patient),
      born: age === undefined ? formatDate(born) : `${formatDate(born)} (${age} y)`,
      gender: capital(gender(patient) ?? 'Not known'),
      identifier: recordNumber(patient) ?? 'Not known',
    },
    askedBy: user === undefined ? 'Not known' : practitionerName(user),
  }
}
