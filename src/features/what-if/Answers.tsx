import { lazy, type RefObject, Suspense, useEffect, useRef } from 'react'
import { Panel, Skeleton, useAnnounce } from '../../ui'
import { AskingBlock } from './AskingBlock'
import type { Suggesting } from './GivenAnswer'
import { loadGivenAnswer } from './load-later'
import type { useAsk } from './use-ask'

const GivenAnswer = lazy(loadGivenAnswer)

interface Props {
  readonly asking: ReturnType<typeof useAsk>
  readonly currentKey: string
  readonly payerName: string
  /** False where the chart names no payer that can be asked. */
  readonly canAsk: boolean
  readonly onAskAgain: () => void
  readonly suggesting: Suggesting
  /** Around the Ask button: focus there has not moved on since asking. */
  readonly askArea: RefObject<HTMLElement | null>
}

/** The right column: the payer being asked, then the last answer with its cards. */
export function Answers({ asking, currentKey, payerName, canAsk, onAskAgain, suggesting, askArea }: Props) {
  const { waiting, answered, skip } = asking
  const column = useRef<HTMLElement>(null)
  const announce = useAnnounce()
  const isSlow = waiting?.isSlow === true
  useEffect(() => {
    if (isSlow) announce(`${payerName} is slower than usual. You can skip it.`)
  }, [isSlow, payerName, announce])
  return (
    <section className="stack" aria-label="What the payer says" ref={column}>
      {waiting !== undefined && <AskingBlock waiting={waiting} payerName={payerName} onSkip={skip} />}
      {answered !== undefined && (
        <Suspense fallback={<Skeleton lines={8} label="Laying out the answer" />}>
          <GivenAnswer
            answered={answered}
            isStale={answered.question.key !== currentKey}
            onAskAgain={onAskAgain}
            suggesting={suggesting}
            waitingPlaces={[askArea, column]}
          />
        </Suspense>
      )}
      {waiting === undefined && answered === undefined && (
        <Panel title="No question asked yet">
          <p className="soft">
            {canAsk
              ? `Describe the order and ask. ${payerName === 'the payer' ? 'The payer' : payerName} answers here: whether it is covered, whether it needs prior authorization, and what it asks for.`
              : 'No payer can be asked about this patient. The note on coverage beside the question says why, and what to do.'}
          </p>
        </Panel>
      )}
    </section>
  )
}
