import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppContextReading } from '../../domain/pdex/app-context'
import type { ReadScope } from '../../domain/pdex/history'
import type { Member } from '../../domain/pdex/member-match'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { nothingSelected, selectedRecords, toggle, toggleGroup } from '../../domain/pdex/selection'
import type { WritePlan } from '../../domain/pdex/write-plan'
import type { ChartWriterPort } from '../../domain/ports'
import { Notice, ProblemNotice } from '../../ui'
import { useWork } from '../work'
import { MemberStep } from './MemberStep'
import { useConnections, useMatch } from './member-state'
import { PayerSession } from './PayerSession'
import { ReadOptions } from './ReadOptions'
import { RecordsStep } from './RecordsStep'
import { ReportStep } from './ReportStep'
import { ReviewStep } from './ReviewStep'
import { type ReadChoice, readAll } from './read-choice'
import { noFilter } from './record-filter'
import { type Step, Steps } from './Steps'
import { useChoice } from './use-choice'
import { useHistory } from './use-history'
import { useInterrupted } from './use-interrupted'
import { loadDraft, useKeepDraft } from './use-member-draft'
import { usePlan } from './use-plan'
import { useWrite } from './use-write'
import { plural } from './words'

interface Props {
  readonly door: AppContextReading
  readonly chartWriter: ChartWriterPort
}

/** The four steps and what is kept between them. Going back loses nothing. */
export function HistoryTask({ door, chartWriter }: Props) {
  const { ports, site } = useWork()
  const [draft] = useState(() => loadDraft(ports.drafts.load))
  const [step, setStep] = useState<Step>('member')
  const [selection, setSelection] = useState(draft.selection)
  const [filter, setFilter] = useState(noFilter)
  const [wanted, setWanted] = useState<{ readonly choice: ReadChoice; readonly scope: ReadScope }>({
    choice: readAll,
    scope: {},
  })
  const [stopping, setStopping] = useState(false)
  const connections = useConnections(true)
  const choice = useChoice(door, connections.data, draft)
  const { match, ask, reset } = useMatch(door)
  const { history, problem, begin, goOn, widen, search, stop, forget } = useHistory()
  const plan = usePlan()
  const { run, running, write, stop: stopWriting, settle, markTaken } = useWrite(chartWriter)
  useKeepDraft({
    selection,
    ...(choice.chosen && {
      connectionId: choice.chosen.id,
      memberId: choice.memberId,
      subscriberId: choice.subscriberId,
    }),
  })
  const heading = useStepFocus(step)
  const onInterrupted = useCallback(
    (keys: readonly RecordKey[]) => setSelection((old) => (old.size > 0 ? old : new Set(keys))),
    [],
  )
  const interrupted = useInterrupted(onInterrupted)

  const onToggle = useCallback((record: HistoryRecord) => setSelection((old) => toggle(old, record)), [])
  const onToggleGroup = useCallback(
    (records: readonly HistoryRecord[]) => setSelection((old) => toggleGroup(old, records)),
    [],
  )
  /** Another payer or member: what was read of the one before is not shown under the new name. */
  const change = (apply: () => void): void => {
    apply()
    reset()
    if (history === undefined) return
    forget()
    plan.forget()
    setSelection(nothingSelected)
    setFilter(noFilter)
    setWanted({ choice: readAll, scope: {} })
  }
  const read = (member: Member): void => {
    if (history?.member.patientId !== member.patientId || history.member.payer.id !== member.payer.id)
      begin(member, wanted.scope)
    setStep('records')
  }
  /** A session at the payer that ended while reading: what it cost is read now, nothing else. */
  const signedInAgain = (): void => {
    heading.current?.focus()
    const isCut = history?.snapshot.types.some(
      ({ state }) => state.kind === 'failed' && state.problem.kind === 'expired',
    )
    if (isCut) goOn()
  }
  const review = (): void => {
    if (history === undefined) return
    void plan.make(history, selectedRecords(selection, history.snapshot.records))
    setStep('review')
  }
  const runPlan = (approved: WritePlan): void => {
    setStopping(false)
    setStep('report')
    void write(approved)
  }
  const open: Step[] = running
    ? []
    : [
        'member',
        ...(history ? (['records'] as const) : []),
        ...(plan.state.kind === 'ready' ? (['review'] as const) : []),
        ...(run ? (['report'] as const) : []),
      ]

  return (
    <div className="stack mh-task">
      <Steps current={step} open={open} onGo={setStep} />
      {problem !== undefined && (
        <ProblemNotice
          problem={problem}
          notDone="No record was read."
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )}
      {interrupted !== undefined && step === 'member' && history === undefined && (
        <Notice
          tone="ask"
          title={`Writing was interrupted. ${plural(interrupted, 'record')} that you chose ${interrupted === 1 ? 'is' : 'are'} selected again.`}
        >
          <p>
            Find the member, read the history and review: what is in the chart already is looked up there, and
            nothing is written twice.
          </p>
        </Notice>
      )}
      {step === 'member' && (
        <MemberStep
          door={door}
          connections={connections.data}
          chosen={choice.chosen}
          memberId={choice.memberId}
          subscriberId={choice.subscriberId}
          match={match}
          headingRef={heading}
          isRead={history !== undefined}
          readOptions={
            <ReadOptions
              choice={wanted.choice}
              payerName={choice.chosen?.payer.name ?? 'The payer'}
              filter={filter}
              onChoice={(next, scope) => setWanted({ choice: next, scope })}
              onFilter={setFilter}
            />
          }
          onChoose={(id) => change(() => choice.choose(id))}
          onMemberId={(id) => change(() => choice.setMemberId(id))}
          onSubscriberId={(id) => change(() => choice.setSubscriberId(id))}
          onAsk={(question) => void ask(question)}
          onStop={reset}
          onReloadCoverages={() => void connections.refetch()}
          onRead={read}
        />
      )}
      {step === 'records' && history !== undefined && (
        <PayerSession history={history} onBack={signedInAgain} />
      )}
      {step === 'records' && history !== undefined && (
        <RecordsStep
          {...history}
          selection={selection}
          filter={filter}
          headingRef={heading}
          onToggle={onToggle}
          onToggleGroup={onToggleGroup}
          onFilter={setFilter}
          onStop={stop}
          onContinue={goOn}
          onWiden={widen}
          onSearch={search}
          onReview={review}
        />
      )}
      {step === 'review' && (
        <ReviewStep
          state={plan.state}
          headingRef={heading}
          onBack={() => setStep('records')}
          onAgain={review}
          onWrite={runPlan}
          onSay={plan.say}
        />
      )}
      {step === 'report' && run !== undefined && (
        <ReportStep
          run={run}
          stopping={stopping}
          headingRef={heading}
          onStop={() => {
            setStopping(true)
            stopWriting()
          }}
          onContinue={() => runPlan(run.plan)}
          onSettle={(question, seen) => void settle(question, seen)}
          onTaken={markTaken}
          onBack={() => setStep('records')}
        />
      )}
    </div>
  )
}

/** Focus goes to the heading of a step that was gone to; not when the task opens (U17). */
function useStepFocus(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    heading.current?.focus()
    window.scrollTo?.({ top: 0 })
  }, [step])
  return heading
}
