import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { ErrorSummary, type FieldError, Skeleton } from '../../ui'
import { afterPaint } from '../asking/after-paint'
import { loadAsking } from '../asking/load-asking'
import { dayOf } from '../asking/local-time'
import { useAsk } from '../asking/use-ask'
import { useKeep } from '../asking/use-keep'
import { useWork, type Work } from '../work'
import { DeskForm } from './DeskForm'
import { draftOf, readDesk } from './desk-draft'
import { DESK_IDS } from './desk-scenario'
import { type DeskValues, emptyDesk, fromVisit } from './desk-values'
import './front-desk.css'
import { useDeskQuestion } from './use-desk-question'
import { useVisits } from './use-visits'

const loadAnswers = () => import('./DeskAnswers')
const DeskAnswers = lazy(loadAnswers)
const Today = lazy(() => import('./Today'))

interface Props {
  /** The patients who were asked about before in this session: their questions of today are listed too. */
  readonly before?: readonly Work[]
}

const NOBODY_BEFORE: readonly Work[] = []

/** The front desk's task: one question, one answer, while the patient waits. Nothing is booked, ordered or written. */
export default function FrontDesk({ before = NOBODY_BEFORE }: Props) {
  const work = useWork()
  const { ports, session } = work
  const visits = useVisits()
  const draftName = `front-desk ${session.patientId}`
  const [empty] = useState<DeskValues>(() => emptyDesk(dayOf(ports.clock.now()), ports.newId))
  const [draft] = useState(() => readDesk(ports.drafts.load(draftName), empty))
  const [values, setValues] = useState<DeskValues>(draft?.values ?? empty)
  const [isTouched, setTouched] = useState(draft !== undefined)
  const [isFilled, setFilled] = useState(false)
  if (visits !== undefined && !isFilled) {
    setFilled(true)
    const [next] = visits.visits
    const { place = values.where } = visits
    // What was typed while the chart was being read is not taken away.
    const visit = visits.visits.find(({ id }) => id === draft?.visitId) ?? null
    const placed = { ...values, visit, where: values.where.text === '' ? place : values.where }
    setValues(next === undefined || isTouched ? placed : fromVisit(placed, next))
  }
  const change = (next: DeskValues) => {
    setTouched(true)
    setValues(next)
  }
  useEffect(() => {
    // What nobody touched is filled from the chart again.
    if (isTouched) ports.drafts.save(draftName, draftOf(values))
  }, [ports, draftName, values, isTouched])
  const now = useDeskQuestion(values)
  const { question, world, view, here } = now
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
    if (isAsking || here?.kind === 'looking') return
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
            payerNames={now.payerNames}
            here={here}
            isAsking={isAsking || here?.kind === 'looking'}
          />
        </form>
      </section>
      <div className="fd-answers">
        <Suspense fallback={<Skeleton lines={8} label="Opening" />}>
          <DeskAnswers asking={asking} values={values} now={now} onAskAgain={ask} askedFrom={askedFrom} />
        </Suspense>
      </div>
      <div className="fd-asked">
        <Suspense fallback={null}>
          <Today works={[work, ...before]} />
        </Suspense>
      </div>
    </div>
  )
}
