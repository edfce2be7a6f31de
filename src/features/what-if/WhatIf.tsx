import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { PreparedAll } from '../../domain/crd/ask-all'
import { ErrorSummary, type FieldError, useAnnounce } from '../../ui'
import { payerNameOf } from '../asking/coverage-view'
import { dayOf } from '../asking/local-time'
import { useAsk } from '../asking/use-ask'
import { useAskWorld } from '../asking/use-ask-world'
import { useKeep } from '../asking/use-keep'
import { useWork } from '../work'
import { Answers } from './Answers'
import { AskPanel } from './AskPanel'
import { CompareFrame } from './compare/CompareFrame'
import { FIELD_IDS } from './field-ids'
import { type FormValues, readForm } from './form-values'
import { fetchLater } from './load-later'
import { QuestionForm } from './QuestionForm'
import type { SuggestionUse } from './Suggestions'
import { useConfiguration } from './settings/use-configuration'
import { asCheck, useCheckAsTyped, whileChoosing } from './use-check-as-typed'
import { useEarlyDiscovery } from './use-early-discovery'
import { useFirstField } from './use-first-field'
import { useOnceReady } from './use-once-ready'
import { useQuestion } from './use-question'
import type { VisitStart } from './use-visit'
import { useWarmUp } from './use-warm-up'
import { WhatWillBeSent } from './WhatWillBeSent'
import './what-if.css'

const VisitOffer = lazy(() => import('./VisitOffer'))
const ProposalNotice = lazy(() => import('./ProposalNotice'))

const DRAFT = 'what-if'

interface Props {
  /** Opens what a payer's card hands over to another task of this app. */
  readonly onOwnLink?: (appContext: string) => void
}

/** The What-if task: describe what does not exist, ask the patient's payers, read what they say. Nothing is written. */
export default function WhatIf({ onOwnLink }: Props) {
  const { ports, session } = useWork()
  const announce = useAnnounce()
  const configuration = useConfiguration()
  const world = useAskWorld(configuration.of)
  const form = useForm<FormValues>({
    defaultValues: readForm(ports.drafts.load(DRAFT), dayOf(ports.clock.now()), ports.newId),
  })
  const values = form.watch()
  const now = useQuestion(values, world, configuration.version)
  const { question, coverageView, asksOthers, isOff } = now
  const key = question?.key ?? ''
  const keep = useKeep()
  const asking = useAsk(world, keep)
  const [attempt, setAttempt] = useState<{ readonly count: number; readonly errors: readonly FieldError[] }>()
  const [round, setRound] = useState(0)
  const shown = useRef<{ readonly key: string; readonly prepared: PreparedAll } | undefined>(undefined)
  const onShown = useCallback((of: string, prepared: PreparedAll) => {
    shown.current = { key: of, prepared }
  }, [])
  const askArea = useRef<HTMLDivElement>(null)
  const payerName = payerNameOf(coverageView)
  const isAsking = asking.waiting.some(({ question: asked }) => asked.key === key && asked.isCheck !== true)

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: changed }) => ports.drafts.save(DRAFT, changed),
      }),
    [form, ports],
  )
  useEffect(fetchLater, [])
  useFirstField()
  useEarlyDiscovery()
  useWarmUp(key, isOff ? undefined : now.warmUp)
  useCheckAsTyped({
    isOn: values.checkAsTyped && values.about === 'order' && !isOff && question?.errors.length === 0,
    key,
    ask: () => {
      if (question === undefined) return
      const scenario = whileChoosing(question.scenario, values.id)
      asking.start({ question: asCheck(question.asked), scenario, asksOthers: false })
    },
  })

  const submitOnceReady = useOnceReady(question !== undefined, () => submit())
  const fail = (errors: readonly FieldError[]) =>
    setAttempt((last) => ({ count: (last?.count ?? 0) + 1, errors }))
  const submit = (): void => {
    if (isOff || isAsking) return
    if (question === undefined) {
      // Asked before all of the app is there: it is sent as soon as it is.
      submitOnceReady(() => fail([{ fieldId: FIELD_IDS.coding, message: NOT_LOADED }]))
      return
    }
    if (question.errors.length > 0) {
      fail(question.errors)
      return
    }
    setAttempt(undefined)
    const prepared = shown.current?.key === key ? shown.current.prepared : undefined
    shown.current = undefined
    setRound(round + 1)
    const { asked, scenario } = question
    asking.start({ question: asked, scenario, asksOthers, ...(prepared && { shown: prepared }) })
  }
  const replace = (next: FormValues) => {
    form.reset(next, { keepDefaultValues: true })
    ports.drafts.save(DRAFT, next)
  }
  const startFrom = ({ visit, item }: VisitStart) => {
    const fill = { shouldDirty: true }
    form.setValue('about', 'order', fill)
    form.setValue('kind', 'ServiceRequest', fill)
    const words = item?.label ?? visit.service
    if (words !== undefined) form.setValue('what.ServiceRequest', { text: words, item: item ?? null }, fill)
    if (visit.day !== undefined) form.setValue('when', visit.day, fill)
    if (visit.performer !== undefined) form.setValue('performer', visit.performer, fill)
    document.getElementById(FIELD_IDS.coding)?.focus()
  }
  const [used, setUsed] = useState<{ readonly use: SuggestionUse; readonly earlier: FormValues }>()
  const takeUp = (use: SuggestionUse) => {
    setUsed({ use, earlier: used?.earlier ?? values })
    replace(use.values)
  }
  const undo = () => {
    if (used === undefined) return
    setUsed(undefined)
    replace(used.earlier)
    document.getElementById(FIELD_IDS.coding)?.focus()
    announce('Undone: the form is as it was before the suggestion.')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  const [comparing, setComparing] = useState<'open' | 'closed'>()
  // The summary keeps what was wrong when asking was tried: it takes focus when it changes, and must not while someone corrects a field.
  const summary = attempt !== undefined && question?.errors.length !== 0 ? attempt : undefined
  const task = (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter asks from anywhere in the task; the button does the same
    <div className="columns wi" onKeyDown={onKeyDown}>
      <section className="stack" aria-label="What you are asking about">
        {session.fhirContext.length > 0 && (
          <Suspense fallback={null}>
            <VisitOffer onUse={startFrom} />
          </Suspense>
        )}
        {(values.proposal !== null || used !== undefined) && (
          <Suspense fallback={null}>
            <ProposalNotice
              use={used?.use}
              from={values.proposedBy}
              isFollowed={
                question === undefined ||
                question.scenario.orders.some((order) => order.id === values.id && order.source !== undefined)
              }
              onUndo={undo}
              onLetGo={() => form.setValue('proposal', null, { shouldDirty: true })}
            />
          </Suspense>
        )}
        {summary && <ErrorSummary key={summary.count} errors={summary.errors} />}
        <form className="stack" noValidate onSubmit={(event) => event.preventDefault()}>
          <QuestionForm
            form={form}
            values={values}
            cache={world.cache}
            errors={attempt === undefined ? [] : (question?.errors ?? [])}
            near={now.near}
            nearNote={now.nearFailed ? 'The orders already in the chart could not be read.' : undefined}
            elsewhere={now.elsewhere}
            presets={now.presets}
            reasons={now.reasonReading}
            chosenReasons={now.chosenReasons}
            coverage={coverageView}
            user={now.facts.user}
            onReplace={replace}
          />
          <AskPanel
            form={form}
            values={values}
            payerName={payerName}
            payer={now.payer}
            otherPayers={now.otherPayers}
            asksOthers={asksOthers}
            isOff={isOff}
            isAsking={isAsking}
            onAsk={submit}
            onCompare={question?.errors.length === 0 ? () => setComparing('open') : undefined}
            onSettings={configuration.changed}
            askRef={askArea}
          >
            <WhatWillBeSent
              payerName={payerName}
              question={question}
              asksOthers={asksOthers}
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
        suggesting={{ values, facts: now.facts, onUse: takeUp }}
        onOwnLink={onOwnLink}
        askArea={askArea}
      />
    </div>
  )
  return (
    <CompareFrame
      isBegun={comparing !== undefined}
      isOpen={comparing === 'open'}
      values={values}
      facts={now.facts}
      world={world}
      coverage={coverageView}
      configurationVersion={configuration.version}
      asksOthers={asksOthers}
      currentKey={key}
      asking={asking}
      near={now.near}
      onUse={(next) => {
        replace(next)
        setComparing('closed')
      }}
      onBack={() => setComparing('closed')}
    >
      {task}
    </CompareFrame>
  )
}

const NOT_LOADED = 'The rest of the app could not be loaded, so nothing was sent. Try again.'
