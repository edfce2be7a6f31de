import type { ReactNode, Ref } from 'react'
import type { AppContextReading } from '../../domain/pdex/app-context'
import type { Member } from '../../domain/pdex/member-match'
import type { Problem, Result } from '../../domain/result'
import { ActionBar, Button, formatDate, Notice, ProblemNotice, Skeleton } from '../../ui'
import { useWork } from '../work'
import type { Connection, Connections } from './connections'
import { MatchAnswer } from './MatchAnswer'
import type { MatchState, MemberAsk } from './member-state'
import { PayerForm } from './PayerForm'
import { usePayerSignIn } from './use-payer-sign-in'
import { VisitOffer } from './VisitOffer'

interface Props {
  readonly door: AppContextReading
  readonly connections: Result<Connections> | undefined
  readonly chosen: Connection | undefined
  readonly memberId: string
  readonly subscriberId: string
  readonly match: MatchState
  readonly headingRef: Ref<HTMLHeadingElement>
  /** A history of this member is there already. */
  readonly isRead: boolean
  /** What to read, to be chosen before anything is. */
  readonly readOptions: ReactNode
  readonly onChoose: (id: string) => void
  readonly onMemberId: (memberId: string) => void
  readonly onSubscriberId: (subscriberId: string) => void
  readonly onAsk: (ask: MemberAsk) => void
  readonly onStop: () => void
  readonly onReloadCoverages: () => void
  readonly onRead: (member: Member) => void
}

/** First step: which payer, which member. No record is read before the user saw who it is (U10). */
export function MemberStep(props: Props) {
  const { door, connections, chosen, memberId, subscriberId, match, onAsk } = props
  const signIn = usePayerSignIn(chosen?.payer)
  const isSignedIn = signIn === undefined || signIn.state.kind === 'in'
  const member =
    match.kind === 'answered' && match.outcome.kind === 'found' ? match.outcome.member : undefined
  // Where the payer wants the patient's agreement, that form is the next step.
  const isSettled =
    member !== undefined || (match.kind === 'answered' && match.outcome.kind.startsWith('consent-'))
  return (
    <div className="stack mh-narrow">
      <div>
        <h1 ref={props.headingRef} tabIndex={-1}>
          Find this patient at the payer
        </h1>
        <p className="soft">Payer records can be late or incomplete.</p>
      </div>
      <DoorLine door={door} />
      {connections === undefined && <Skeleton lines={4} label="Reading the coverages in the chart" />}
      {connections?.ok === false && (
        <CoverageProblem
          problem={connections.problem}
          canGoOn={chosen !== undefined}
          again={props.onReloadCoverages}
        />
      )}
      {connections?.ok && <CoverageNotes connections={connections.value} />}
      {connections !== undefined && chosen !== undefined && (
        <PayerForm
          connections={connections.ok ? connections.value : { list: [chosen], fromChart: 0, unreachable: [] }}
          chosen={chosen}
          memberId={memberId}
          subscriberId={subscriberId}
          fromCard={isFromCard(door, chosen, memberId)}
          asking={match.kind === 'asking'}
          settled={isSettled}
          signIn={signIn}
          onChoose={props.onChoose}
          onMemberId={props.onMemberId}
          onSubscriberId={props.onSubscriberId}
          onFind={() => onAsk({ connection: chosen, memberId, subscriberId })}
          onStop={props.onStop}
        />
      )}
      {connections !== undefined && chosen !== undefined && isSignedIn && (
        <VisitOffer
          ask={{ connection: chosen, memberId, subscriberId }}
          asking={match.kind === 'asking'}
          onAsk={onAsk}
        />
      )}
      {match.kind === 'answered' && <MatchAnswer ask={match.ask} outcome={match.outcome} onAsk={onAsk} />}
      {member !== undefined && !props.isRead && props.readOptions}
      {member !== undefined && (isSignedIn || props.isRead) && (
        <ActionBar status={<span className="soft">Nothing is stored until you review and confirm.</span>}>
          <Button variant="primary" onClick={() => props.onRead(member)}>
            {props.isRead ? 'Back to the records' : 'Read history'}
          </Button>
        </ActionBar>
      )}
    </div>
  )
}

/** The member id that stands in the form is the one of the card. */
const isFromCard = (door: AppContextReading, chosen: Connection, memberId: string): boolean =>
  door.kind === 'usable' &&
  door.context.payer.id === chosen.payer.id &&
  door.context.memberIdentifier?.value === memberId

/** How the user came here (U2). A message that could not be used is told by the shell, for every task. */
function DoorLine({ door }: { readonly door: AppContextReading }) {
  if (door.kind !== 'usable') return null
  const { payer, issued, result } = door.context
  const said = {
    matched: 'It says that the member was found. Please check it below.',
    'no-match': 'It says that no member was found. Check the member id below.',
    multiple: 'It says that several members could be this patient. Check the member id below.',
    'no-data': 'It says that there are no records for this member.',
    error: 'It says that the search for the member failed.',
  }[result]
  return (
    <p>
      Opened from {payer.name}'s message about this patient's records
      {issued !== undefined && ` of ${formatDate(issued)}`}. {said}
    </p>
  )
}

function CoverageProblem(props: {
  readonly problem: Problem
  readonly canGoOn: boolean
  readonly again: () => void
}) {
  const { site } = useWork()
  return (
    <ProblemNotice
      problem={props.problem}
      notDone={
        props.canGoOn
          ? 'The coverages in the chart could not be read. You can type the member id yourself.'
          : 'The coverages in the chart could not be read. Nothing was sent to any payer.'
      }
      onRetry={props.again}
      retryLabel="Read the coverages again"
      technicalDetails={site.policy.technicalDetails}
      role="alert"
    />
  )
}

function CoverageNotes({ connections }: { readonly connections: Connections }) {
  const { list, fromChart, unreachable } = connections
  if (list.length === 0)
    return (
      <Notice tone="ask" title="No payer of this site shares member history.">
        <p>Nothing was sent. The person who looks after this app can add a payer to its configuration.</p>
      </Notice>
    )
  return (
    <>
      {fromChart === 0 && (
        <Notice tone="ask" title="The chart has no coverage with a payer that shares history.">
          <p>
            Choose the payer and type the id from the member card, or add the coverage to the chart first.
          </p>
        </Notice>
      )}
      {unreachable.length > 0 && (
        <p className="small soft">Not set up for member history: {unreachable.join('; ')}.</p>
      )}
    </>
  )
}
