import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { PreparedQuestion } from '../../domain/crd/ask'
import { ErrorSummary, type FieldError, useAnnounce } from '../../ui'
import { useWork } from '../work'
import { Answers } from './Answers'
import { AskPanel } from './AskPanel'
import { afterPaint } from './after-paint'
import { payerNameOf } from './coverage-view'
import { fetchLater } from './load-later'
import { OrderForm } from './OrderForm'
import { FIELD_IDS } from './order-errors'
import { dayOf, type OrderValues, readOrder } from './order-values'
import { ProposalNotice } from './ProposalNotice'
import type { SuggestionUse } from './Suggestions'
import { useAsk } from './use-ask'
import { useEarlyDiscovery } from './use-early-discovery'
import { useAskWorld, useQuestion } from './use-question'
import { useRested } from './use-rested'
import type { VisitStart } from './use-visit'
import { VisitOffer } from './VisitOffer'
import { WhatWillBeSent } from './WhatWillBeSent'
import './what-if.css'

const DRAFT = 'what-if'

/** The What-if task: describe an order that does not exist, ask the patient's payer, read what it says. Nothing is written. */
export default function WhatIf() {
  const { ports } = useWork()
  const announce = useAnnounce()
  const world = useAskWorld()
  const [orderId] = useState(ports.newId)
  const form = useForm<OrderValues>({
    defaultValues: readOrder(ports.drafts.load(DRAFT), dayOf(ports.clock.now())),
  })
  const values = form.watch()
  const now = useQuestion(values, world, orderId)
  const { key, question, scenario, errors, coverageView } = now
  const asking = useAsk(world)
  const [attempt, setAttempt] = useState<{ readonly count: number; readonly errors: readonly FieldError[] }>()
  const [round, setRound] = useState(0)
  const shown = useRef<{ readonly key: string; readonly question: PreparedQuestion } | undefined>(undefined)
  const onShown = useCallback((of: string, prepared: PreparedQuestion) => {
    shown.current = { key: of, question: prepared }
  }, [])
  const askArea = useRef<HTMLDivElement>(null)
  const payerName = payerNameOf(coverageView)
  const isAsking = asking.waiting?.question.key === key

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: changed }) => ports.drafts.save(DRAFT, changed),
      }),
    [form, ports],
  )
  useEffect(fetchLater, [])
  useEarlyDiscovery()
  useWarmUp(key, values.patientPays ? undefined : now.warmUp)

  const submit = () => {
    if (values.patientPays || isAsking) return
    if (errors.length > 0) {
      setAttempt((last) => ({ count: (last?.count ?? 0) + 1, errors }))
      return
    }
    setAttempt(undefined)
    const prepared = shown.current?.key === key ? shown.current.question : undefined
    shown.current = undefined
    setRound(round + 1)
    asking.start(question, scenario, prepared)
  }
  const startFrom = ({ visit, item }: VisitStart) => {
    const fill = { shouldDirty: true }
    form.setValue('kind', 'ServiceRequest', fill)
    const words = item?.label ?? visit.service
    if (words !== undefined) form.setValue('what.ServiceRequest', { text: words, item: item ?? null }, fill)
    if (visit.day !== undefined) form.setValue('when', visit.day, fill)
    if (visit.performer !== undefined) form.setValue('performer', visit.performer, fill)
    document.getElementById(FIELD_IDS.coding)?.focus()
  }
  const [used, setUsed] = useState<{ readonly use: SuggestionUse; readonly earlier: OrderValues }>()
  const takeUp = (use: SuggestionUse) => {
    setUsed({ use, earlier: used?.earlier ?? values })
    form.reset(use.values, { keepDefaultValues: true })
    ports.drafts.save(DRAFT, use.values)
  }
  const undo = () => {
    if (used === undefined) return
    setUsed(undefined)
    form.reset(used.earlier, { keepDefaultValues: true })
    ports.drafts.save(DRAFT, used.earlier)
    document.getElementById(FIELD_IDS.coding)?.focus()
    announce('Undone: the form is as it was before the suggestion.')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  // The summary keeps what was wrong when asking was tried: it takes focus when it changes, and must not while someone corrects a field.
  const summary = attempt !== undefined && errors.length > 0 ? attempt : undefined
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter asks from anywhere in the task; the button does the same
    <div className="columns wi" onKeyDown={onKeyDown}>
      <section className="stack" aria-label="What you are asking about">
        <VisitOffer onUse={startFrom} />
        {(values.proposal !== null || used !== undefined) && (
          <ProposalNotice
            use={used?.use}
            isFollowed={scenario.orders[0]?.source !== undefined}
            onUndo={undo}
            onLetGo={() => form.setValue('proposal', null, { shouldDirty: true })}
          />
        )}
        {summary && <ErrorSummary key={summary.count} errors={summary.errors} />}
        <form className="stack" noValidate onSubmit={(event) => event.preventDefault()}>
          <OrderForm
            form={form}
            values={values}
            errors={attempt === undefined ? [] : errors}
            near={now.near}
            nearNote={now.nearFailed ? 'The orders already in the chart could not be read.' : undefined}
            elsewhere={now.elsewhere}
            presets={now.presets}
            reasons={now.reasonReading}
            chosenReasons={now.chosenReasons}
            coverage={coverageView}
            userName={now.userName}
          />
          <AskPanel
            payerName={payerName}
            patientPays={values.patientPays}
            onPatientPays={(pays) => form.setValue('patientPays', pays, { shouldDirty: true })}
            isAsking={isAsking}
            onAsk={submit}
            askRef={askArea}
          >
            <WhatWillBeSent
              payerName={payerName}
              scenario={scenario}
              questionKey={key}
              missing={errors.map((error) => error.message)}
              world={world}
              round={round}
              onShown={onShown}
            />
          </AskPanel>
        </form>
      </section>
      <Answers
        asking={asking}
        currentKey={key}
        payerName={payerName}
        canAsk={coverageView.kind !== 'read' || coverageView.choice.kind === 'chosen'}
        onAskAgain={submit}
        suggesting={{ fill: now.fill, onUse: takeUp }}
        askArea={askArea}
      />
    </div>
  )
}

/** Reads ahead once the question has rested; `warmUp` absent: nothing is read. */
function useWarmUp(key: string, warmUp: (() => void) | undefined) {
  const rested = useRested(key, 400)
  const latest = useRef(warmUp)
  useEffect(() => {
    latest.current = warmUp
  })
  const isDue = warmUp !== undefined && rested === key
  useEffect(() => (isDue ? afterPaint(() => latest.current?.()) : undefined), [isDue])
}
