import { lazy, type RefObject, Suspense, useEffect, useRef } from 'react'
import type { PreparedAll } from '../../domain/crd/ask-all'
import { Disclosure, Panel, Skeleton, useAnnounce } from '../../ui'
import { AskingBlock } from '../asking/AskingBlock'
import type { useAsk } from '../asking/use-ask'
import type { Suggesting } from './AnswerCards'
import { loadGivenAnswers } from './load-later'

const GivenAnswers = lazy(loadGivenAnswers)

interface Props {
  readonly asking: ReturnType<typeof useAsk>
  readonly currentKey: string
  readonly payerName: string
  /** False where the chart names no payer that can be asked. */
  readonly canAsk: boolean
  readonly onAskAgain: () => void
  readonly suggesting: Suggesting
  /** Opens what a card of a payer hands over to another task of this app. */
  readonly onOwnLink: ((appContext: string) => void) | undefined
  /** Around the Ask button: focus there has not moved on since asking. */
  readonly askArea: RefObject<HTMLElement | null>
}

/** The right column: the payers being asked, then the last answers with their cards, the likely primary first. */
export function Answers(props: Props) {
  const { asking, currentKey, payerName, canAsk, onAskAgain, suggesting, onOwnLink, askArea } = props
  const { waiting, answered, notAsked, skip } = asking
  const column = useRef<HTMLElement>(null)
  const announce = useAnnounce()
  const slow = waiting
    .filter((each) => each.isSlow)
    .map((each) => each.payer?.name ?? payerName)
    .join(' and ')
  useEffect(() => {
    if (slow !== '') announce(`${slow}: slower than usual. You can skip it.`)
  }, [slow, announce])
  return (
    <section className="stack" aria-label="What the payer says" ref={column}>
      {waiting.map((each) => (
        <AskingBlock
          key={each.payer?.id ?? ''}
          waiting={each}
          payerName={payerName}
          onSkip={() => skip(each.payer)}
        />
      ))}
      {answered.length > 0 && (
        <Suspense fallback={<Skeleton lines={8} label="Laying out the answer" />}>
          <GivenAnswers
            answered={answered}
            currentKey={currentKey}
            onAskAgain={onAskAgain}
            suggesting={suggesting}
            waitingPlaces={[askArea, column]}
            {...(onOwnLink && { onOwnLink })}
          />
        </Suspense>
      )}
      {answered.length > 0 && notAsked.length > 0 && <NotAsked notAsked={notAsked} />}
      {waiting.length === 0 && answered.length === 0 && (
        <Panel title="No question asked yet">
          <p className="soft">
            {canAsk
              ? `Describe what would happen and ask. ${payerName === 'the payer' ? 'The payer' : payerName} answers here: whether it is covered, whether it needs prior authorization, and what it asks for.`
              : 'No payer can be asked about this patient. The note on coverage beside the question says why, and what to do.'}
          </p>
        </Panel>
      )}
    </section>
  )
}

/** Coverages that nobody was asked about: silence about them is not an answer (U4). */
const NotAsked = ({ notAsked }: Pick<PreparedAll, 'notAsked'>) => (
  <Disclosure summary={`Not asked about: ${notAsked.map(({ coverage }) => coverage.name).join(', ')}`}>
    <ul className="wi-sent">
      {notAsked.map(({ coverage, why }) => (
        <li key={coverage.id}>
          {coverage.name}: {why}.
        </li>
      ))}
    </ul>
  </Disclosure>
)
