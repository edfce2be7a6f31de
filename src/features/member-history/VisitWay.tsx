import { useEffect, useRef } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import type { CoverageSummary } from '../../domain/crd/coverage'
import type { Party } from '../../domain/crd/scenario'
import { text } from '../../domain/json'
import type { Problem } from '../../domain/result'
import { Button, Disclosure, Notice, ProblemNotice } from '../../ui'
import { useWork } from '../work'
import type { MemberAsk } from './member-state'
import { useVisit, type VisitState } from './use-visit'

interface Props {
  readonly coverage: CoverageSummary
  readonly user: Party
  readonly ask: Omit<MemberAsk, 'byVisit' | 'agreement'>
  readonly asking: boolean
  readonly onAsk: (ask: MemberAsk) => void
}

/** The way over the payer's scheduling: what would be sent is shown first, and sent by a press of its own. */
export default function VisitWay({ coverage, user, ask, asking, onAsk }: Props) {
  const { payer } = ask.connection
  const { state, prepare, forget } = useVisit(coverage, ask.memberId, user)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.kind !== 'idle' && state.kind !== 'preparing') box.current?.focus()
  }, [state.kind])
  const send = (ready: VisitState & { readonly kind: 'ready' }): void => {
    forget()
    onAsk({ ...ask, byVisit: ready.find })
  }
  const isPreparing = state.kind === 'preparing'
  return (
    <div className="stack">
      <p>
        Some payers answer a question about a visit with a message that leads to the member's records. This
        asks {payer.name} about a visit today with {user.display || 'you'} that exists nowhere. Nothing is
        booked.
      </p>
      {state.kind !== 'ready' && (
        <div className="cluster">
          <Button busy={isPreparing} disabled={asking} onClick={() => !isPreparing && void prepare()}>
            {isPreparing ? 'Putting the question together…' : 'Show what would be sent'}
          </Button>
        </div>
      )}
      <div ref={box} tabIndex={-1} className="stack">
        {state.kind === 'ready' && (
          <>
            <Sent state={state} />
            <div className="cluster">
              <Button busy={asking} onClick={() => !asking && send(state)}>
                Ask {payer.name} about this visit
              </Button>
              <Button onClick={forget}>Do not ask</Button>
            </div>
          </>
        )}
        {state.kind === 'not-ready' && <NotReady answer={state.answer} payerName={payer.name} />}
        {state.kind === 'broken' && (
          <Notice tone="ask" title="This part of the app could not be loaded.">
            <p>Nothing was sent to {payer.name}. Check the network connection and try again.</p>
          </Notice>
        )}
      </div>
    </div>
  )
}

function Sent({ state }: { readonly state: VisitState & { readonly kind: 'ready' } }) {
  const { disclosure, request } = state.prepared
  const memberId = text(request.json, 'extension', 'memberId')
  return (
    <>
      <p>
        <strong>{disclosure.summary}</strong>
      </p>
      <ul className="mh-bullets">
        {memberId !== undefined && <li>Member id: {memberId}</li>}
        {disclosure.items.map((item) => (
          <li key={`${item.what} ${item.prefetchKey ?? ''}`}>
            {item.what}
            {item.count > 1 && ` (${item.count})`}
          </li>
        ))}
      </ul>
      {disclosure.notices.map((notice) => (
        <p key={notice} className="small soft">
          {notice}
        </p>
      ))}
      <Disclosure summary="The request to the letter">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <pre className="code" tabIndex={0}>
          {disclosure.json}
        </pre>
      </Disclosure>
    </>
  )
}

/** Nothing was sent: a rule forbids it, or the chart or the payer's list of services could not be read. */
function NotReady({ answer, payerName }: { readonly answer: PayerAnswer; readonly payerName: string }) {
  const { site } = useWork()
  const problem: Problem =
    answer.kind === 'failed'
      ? answer.problem
      : answer.kind === 'refused'
        ? { kind: 'refused', rule: answer.rule, message: answer.message }
        : { kind: 'cancelled' }
  return (
    <ProblemNotice
      problem={problem}
      notDone={`Nothing about this patient was sent to ${payerName}.`}
      technicalDetails={site.policy.technicalDetails}
      role="alert"
    />
  )
}
