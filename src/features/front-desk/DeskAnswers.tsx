import { type RefObject, useEffect, useRef, useState } from 'react'
import { frontDeskAnswer } from '../../domain/front-desk/answer'
import { inWords } from '../../domain/front-desk/phrases'
import { en } from '../../domain/front-desk/words/en'
import { Button, Panel, useAnnounce } from '../../ui'
import { AskingBlock } from '../asking/AskingBlock'
import { useAsk } from '../asking/use-ask'
import { useKeep } from '../asking/use-keep'
import { AnswerColumn } from './AnswerColumn'
import type { DeskValues } from './desk-values'
import { OtherFields } from './OtherFields'
import { questionOf, type useDeskQuestion } from './use-desk-question'

type Asking = ReturnType<typeof useAsk>

interface Props {
  readonly asking: Asking
  /** The form of now, and what it makes of the chart. */
  readonly values: DeskValues
  readonly now: ReturnType<typeof useDeskQuestion>
  readonly onAskAgain: () => void
  /** Where the focus was when it was asked: it goes to the answer only where it has not moved on. */
  readonly askedFrom: RefObject<Element | null>
}

/** The right column: who is being asked, the answers, and beside them those for another date or place. */
export default function DeskAnswers({ asking, values, now, onAskAgain, askedFrom }: Props) {
  const { world, view, today, payerName, payerNames, question } = now
  const other = useAsk(world, useKeep())
  const [comparing, setComparing] = useState<'day' | 'where'>()
  /** The question that the other one was compared with: beside another one it would mislead. */
  const [comparedWith, setComparedWith] = useState<string>()
  const otherFrom = useRef<Element | null>(null)
  const heading = useArrival(asking, payerName, askedFrom, today)
  const otherHeading = useArrival(other, payerName, otherFrom, today, () => setComparing(undefined))
  const { waiting, answered } = asking
  const [first] = answered

  const askOther = (changed: DeskValues) => {
    const { scenario, asked } = questionOf(changed, now.facts, 1)
    otherFrom.current = document.activeElement
    setComparedWith(first?.question.key)
    other.start({ question: asked, scenario, asksOthers: now.asksOthers })
  }
  // A stale answer is none to compare with: the other one would be about the form of now.
  const canCompare = first?.answer.payer !== undefined && first.question.key === question.asked.key
  const column = { view, today, onAskAgain }
  const hasOther =
    comparedWith !== undefined &&
    comparedWith === first?.question.key &&
    other.waiting.length + other.answered.length > 0
  return (
    <section className="stack" aria-label="What the payer says">
      {waiting.length + answered.length === 0 && (
        <Panel title="No question asked yet">
          <p className="soft">
            Ask, and the answer stands here: covered or not, what to tell the patient, what to collect, whom
            to call.
          </p>
        </Panel>
      )}
      <div className={hasOther ? 'fd-beside' : 'stack'}>
        <div className="stack">
          <Waitings asking={asking} payerName={payerName} />
          <AnswerColumn
            {...column}
            answered={answered}
            currentKey={question.asked.key}
            headingRef={heading}
          />
        </div>
        {hasOther && (
          <div className="stack">
            <Waitings asking={other} payerName={payerName} />
            <AnswerColumn {...column} answered={other.answered} headingRef={otherHeading} />
          </div>
        )}
      </div>
      {canCompare && (
        <div className="cluster no-print">
          <Button aria-expanded={comparing === 'day'} onClick={() => setComparing('day')}>
            Compare another date
          </Button>
          <Button aria-expanded={comparing === 'where'} onClick={() => setComparing('where')}>
            Compare another place
          </Button>
        </div>
      )}
      {canCompare && comparing !== undefined && (
        <OtherFields
          key={comparing}
          about={comparing}
          values={values}
          isAsking={other.waiting.length > 0}
          payerNames={payerNames}
          onAsk={askOther}
          onClose={() => setComparing(undefined)}
        />
      )}
    </section>
  )
}

/** One block for each payer whose answer is still to come. */
function Waitings({ asking, payerName }: { readonly asking: Asking; readonly payerName: string }) {
  return asking.waiting.map((each) => (
    <AskingBlock
      key={each.payer?.id ?? ''}
      waiting={each}
      payerName={payerName}
      onSkip={() => asking.skip(each.payer)}
    />
  ))
}

/**
 * Leads to an answer once it is there: the focus goes to its heading where the user waited for it, else it is announced and nothing
 * moves (U5, U17). `onLed`: the focus has gone there.
 */
function useArrival(
  { waiting, answered }: Asking,
  payerName: string,
  askedFrom: RefObject<Element | null>,
  today: string,
  onLed?: () => void,
): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const announce = useAnnounce()
  const led = useRef(onLed)
  useEffect(() => {
    led.current = onLed
  })
  const first = waiting.length === 0 ? answered[0] : undefined
  const done = first?.round
  const headline = first && inWords(frontDeskAnswer(first.answer, { today, date: today }).headline, en)
  const isAnswer = first?.answer.kind === 'answered' || first?.answer.kind === 'undecided'
  const said = isAnswer ? `The answer is there. ${headline}` : headline
  useEffect(() => {
    if (done === undefined || said === undefined) return
    const hasWaited = askedFrom.current !== null && askedFrom.current === document.activeElement
    if (!hasWaited) return announce(said)
    heading.current?.focus()
    led.current?.()
  }, [done, said, askedFrom, announce])
  const slow = waiting.some((each) => each.isSlow)
  useEffect(() => {
    if (slow) announce(`${payerName}: slower than usual. You can skip it.`)
  }, [slow, payerName, announce])
  return heading
}
