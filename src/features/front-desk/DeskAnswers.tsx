import { type RefObject, useEffect, useRef, useState } from 'react'
import type { AskWorld } from '../../domain/crd/ask'
import { Button, Panel, useAnnounce } from '../../ui'
import { AskingBlock } from '../asking/AskingBlock'
import type { CoverageView } from '../asking/coverage-view'
import { useAsk } from '../asking/use-ask'
import { useKeep } from '../asking/use-keep'
import { useWork } from '../work'
import { AnswerColumn } from './AnswerColumn'
import type { DeskValues } from './desk-values'
import { OtherFields } from './OtherFields'
import { questionOf } from './use-desk-question'

interface Props {
  readonly asking: ReturnType<typeof useAsk>
  /** The form of now. */
  readonly values: DeskValues
  readonly world: AskWorld
  readonly currentKey: string
  readonly payerName: string
  readonly view: CoverageView
  /** `YYYY-MM-DD` */
  readonly today: string
  readonly asksOthers: boolean
  readonly onAskAgain: () => void
  /** Where the focus was when it was asked: it goes to the answer only where it has not moved on. */
  readonly askedFrom: RefObject<Element | null>
}

/** The right column: who is being asked, the answers, and beside them those for another date or place. */
export default function DeskAnswers(props: Props) {
  const { asking, values, world, currentKey, payerName, view, today, asksOthers, onAskAgain, askedFrom } =
    props
  const { session, site } = useWork()
  const other = useAsk(world, useKeep())
  const [comparing, setComparing] = useState<'day' | 'where'>()
  const heading = useRef<HTMLHeadingElement>(null)
  const announce = useAnnounce()
  const { waiting, answered } = asking
  const done = waiting.length === 0 && answered.length > 0 ? answered[0]?.round : undefined
  useEffect(() => {
    if (done === undefined) return
    if (askedFrom.current !== null && askedFrom.current === document.activeElement) heading.current?.focus()
    else announce('The answer is there.')
  }, [done, askedFrom, announce])
  const slow = waiting.some((each) => each.isSlow)
  useEffect(() => {
    if (slow) announce(`${payerName}: slower than usual. You can skip it.`)
  }, [slow, payerName, announce])

  const askOther = (changed: DeskValues) => {
    const { scenario, asked } = questionOf(changed, { ...session, site }, 1)
    other.start({ question: asked, scenario, asksOthers })
  }
  const column = { view, today, onAskAgain }
  const hasOther = other.waiting.length + other.answered.length > 0
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
          {waiting.map((each) => (
            <AskingBlock
              key={each.payer?.id ?? ''}
              waiting={each}
              payerName={payerName}
              onSkip={() => asking.skip(each.payer)}
            />
          ))}
          <AnswerColumn {...column} answered={answered} currentKey={currentKey} headingRef={heading} />
        </div>
        {hasOther && (
          <div className="stack">
            {other.waiting.map((each) => (
              <AskingBlock
                key={each.payer?.id ?? ''}
                waiting={each}
                payerName={payerName}
                onSkip={() => other.skip(each.payer)}
              />
            ))}
            <AnswerColumn {...column} answered={other.answered} />
          </div>
        )}
      </div>
      {answered.length > 0 && (
        <div className="cluster no-print">
          <Button aria-expanded={comparing === 'day'} onClick={() => setComparing('day')}>
            Compare another date
          </Button>
          <Button aria-expanded={comparing === 'where'} onClick={() => setComparing('where')}>
            Compare another place
          </Button>
        </div>
      )}
      {comparing !== undefined && (
        <OtherFields
          key={comparing}
          about={comparing}
          values={values}
          isAsking={other.waiting.length > 0}
          payerName={payerName}
          onAsk={askOther}
          onClose={() => setComparing(undefined)}
        />
      )}
    </section>
  )
}
