import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { ErrorSummary, type FieldError, Skeleton } from '../../ui'
import { afterPaint } from '../asking/after-paint'
import { loadAsking } from '../asking/load-asking'
import { dayOf } from '../asking/local-time'
import { useAsk } from '../asking/use-ask'
import { useKeep } from '../asking/use-keep'
import { useWork } from '../work'
import { DeskForm } from './DeskForm'
import { DESK_IDS } from './desk-scenario'
import { type DeskValues, emptyDesk, fromVisit } from './desk-values'
import './front-desk.css'
import { useDeskQuestion } from './use-desk-question'
import { useVisits } from './use-visits'

const loadAnswers = () => import('./DeskAnswers')
const DeskAnswers = lazy(loadAnswers)
const Today = lazy(() => import('./Today'))

/** The front desk's task: one question, one answer, while the patient waits. Nothing is booked, ordered or written. */
export default function FrontDesk() {
  const { ports } = useWork()
  const visits = useVisits()
  const [values, setValues] = useState<DeskValues>(() => emptyDesk(dayOf(ports.clock.now()), ports.newId))
  const [isTouched, setTouched] = useState(false)
  const [isFilled, setFilled] = useState(false)
  if (visits !== undefined && !isFilled) {
    setFilled(true)
    const [next] = visits.visits
    const { place = values.where } = visits
    // What was typed while the chart was being read is not taken away.
    const placed = values.where.text === '' ? { ...values, where: place } : values
    setValues(next === undefined || isTouched ? placed : fromVisit(placed, next))
  }
  const change = (next: DeskValues) => {
    setTouched(true)
    setValues(next)
  }
  const now = useDeskQuestion(values)
  const { question, world, view } = now
  const asking = useAsk(world, useKeep())
  const [attempt, setAttempt] = useState<{ readonly count: number; readonly errors: readonly FieldError[] }>()
  const askedFrom = useRef<Element | null>(null)
  const isAsking = asking.waiting.some(({ question: { key } }) => key === question.asked.key)

  useEffect(
    () => afterPaint(() => void Promise.all([loadAsking(), loadAnswers()]).catch(() => undefined)),
    [],
  )
  useEffect(() => document.getElementById(DESK_IDS.what)?.focus({ preventScroll: true }), [])

  const ask = (event?: FormEvent) => {
    event?.preventDefault()
    if (isAsking) return
    if (question.errors.length > 0) {
      setAttempt((last) => ({ count: (last?.count ?? 0) + 1, errors: question.errors }))
      return
    }
    setAttempt(undefined)
    askedFrom.current = document.activeElement
    asking.start({ question: question.asked, scenario: question.scenario, asksOthers: now.asksOthers })
  }
  const summary = attempt !== undefined && question.errors.length > 0 ? attempt : undefined
  return (
    <div className="columns fd">
      <section className="stack" aria-label="The question">
        {summary && <ErrorSummary key={summary.count} errors={summary.errors} />}
        <form noValidate onSubmit={ask}>
          <DeskForm
            values={values}
            onChange={change}
            visits={visits}
            errors={attempt === undefined ? [] : question.errors}
            view={view}
            payerName={now.payerName}
            isAsking={isAsking}
          />
        </form>
        <Suspense fallback={null}>
          <Today />
        </Suspense>
      </section>
      <Suspense fallback={<Skeleton lines={8} label="Opening" />}>
        <DeskAnswers
          asking={asking}
          values={values}
          world={world}
          currentKey={question.asked.key}
          payerName={now.payerName}
          view={view}
          today={now.today}
          asksOthers={now.asksOthers}
          onAskAgain={ask}
          askedFrom={askedFrom}
        />
      </Suspense>
    </div>
  )
}
