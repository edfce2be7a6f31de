import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Payer } from '../../domain/payer-directory'
import { Button, Facts, Field, formatDate, Panel, Skeleton, StateTag, useAnnounce } from '../../ui'
import { useWork } from '../work'
import type { Connection, Connections } from './connections'
import type { PayerSignInHandle } from './use-payer-sign-in'

const PayerSignIn = lazy(() => import('./PayerSignIn'))

interface Props {
  readonly connections: Connections
  readonly chosen: Connection
  readonly memberId: string
  readonly subscriberId: string
  /** The member id is the one that the payer's message named. */
  readonly fromCard: boolean
  readonly asking: boolean
  /** The next step is elsewhere: this button is not the first one any more. */
  readonly settled: boolean
  /** Of a payer where the user signs in. */
  readonly signIn: PayerSignInHandle | undefined
  readonly onChoose: (id: string) => void
  readonly onMemberId: (memberId: string) => void
  readonly onSubscriberId: (subscriberId: string) => void
  readonly onFind: () => void
  readonly onStop: () => void
}

/** Payer and member id, shown before anything is asked (U10). */
export function PayerForm(props: Props) {
  const { connections, chosen, memberId, subscriberId, asking, settled, signIn, onFind, onStop } = props
  const { payer, coverage } = chosen
  const [tried, setTried] = useState(false)
  const isBlank = memberId.trim() === '' && subscriberId.trim() === ''
  const error = tried && isBlank ? 'Enter the member id from the card.' : undefined
  const isSignedIn = signIn === undefined || signIn.state.kind === 'in'
  useWelcome(isSignedIn, payer)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // Without a coverage only the id from the card says who is meant: nothing is sent without it.
    const lacking = coverage === undefined && isBlank
    setTried(lacking)
    if (lacking) document.getElementById('mh-member-id')?.focus()
    else if (!asking && isSignedIn) onFind()
  }
  return (
    <Panel title="Payer and member" aside={<Authorization payer={payer} signIn={signIn} />}>
      <form className="stack" onSubmit={submit}>
        {connections.list.length > 1 ? (
          <PayerSelect {...props} />
        ) : (
          <Facts items={[{ term: 'Payer', value: payer.name }]} />
        )}
        {coverage?.isActive === false && (
          <p className="small">
            This coverage is not active today:{' '}
            {coverage.whyNotActive?.replace(/\b\d{4}-\d{2}-\d{2}\b/, formatDate)}.
          </p>
        )}
        {coverage === undefined && (
          <p className="small">
            The chart has no coverage with {payer.name}. Type the id from the member card.
          </p>
        )}
        <div className="pair">
          <Field
            id="mh-member-id"
            label={`Member id at ${payer.name}`}
            hint={memberIdHint(props)}
            optional={coverage !== undefined}
            error={error}
          >
            {(control) => (
              <input
                {...control}
                value={memberId}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => props.onMemberId(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field
            id="mh-subscriber-id"
            label="Subscriber id"
            hint="Only where the member card has one besides the member id."
            optional
          >
            {(control) => (
              <input
                {...control}
                value={subscriberId}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => props.onSubscriberId(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
        {signIn !== undefined && !isSignedIn ? (
          <Suspense fallback={<Skeleton lines={2} label="Loading" />}>
            <PayerSignIn payer={payer} signIn={signIn} />
          </Suspense>
        ) : (
          <>
            <div className="cluster">
              <Button id="mh-find" type="submit" variant={settled ? 'plain' : 'primary'} busy={asking}>
                {asking ? `Asking ${payer.name}…` : `Find at ${payer.name}`}
              </Button>
              {asking && <Button onClick={onStop}>Stop</Button>}
            </div>
            <p className="small soft">
              Pressing it tells {payer.name} the patient's name, birth date, gender and these ids, once.
            </p>
          </>
        )}
      </form>
    </Panel>
  )
}

/** Once signed in, the next step has the focus, and it is said: the user was in another window (U17). */
function useWelcome(isSignedIn: boolean, payer: Payer): void {
  const announce = useAnnounce()
  const before = useRef({ isSignedIn, payer })
  useEffect(() => {
    const was = before.current
    before.current = { isSignedIn, payer }
    if (was.payer !== payer || was.isSignedIn === isSignedIn) return
    if (isSignedIn) announce(`You are signed in at ${payer.name}.`)
    document.getElementById(isSignedIn ? 'mh-find' : 'mh-sign-in')?.focus()
  }, [isSignedIn, payer, announce])
}

function memberIdHint({ fromCard, chosen }: Props): string {
  if (fromCard) return `From ${chosen.payer.name}'s message. Correct it if the member card says otherwise.`
  if (chosen.memberId === undefined) return 'As on the member card.'
  return 'From the coverage in the chart. Correct it if the member card says otherwise.'
}

function PayerSelect({ connections, chosen, onChoose }: Props) {
  const option = (connection: Connection) => (
    <option key={connection.id} value={connection.id}>
      {connection.coverage?.name ?? connection.payer.name}
    </option>
  )
  const own = connections.list.slice(0, connections.fromChart)
  const others = connections.list.slice(connections.fromChart)
  return (
    <Field id="mh-payer" label="Payer and coverage">
      {(control) => (
        <select {...control} value={chosen.id} onChange={(event) => onChoose(event.currentTarget.value)}>
          {own.length > 0 && <optgroup label="In the chart">{own.map(option)}</optgroup>}
          {others.length > 0 && <optgroup label="Not in the chart">{others.map(option)}</optgroup>}
        </select>
      )}
    </Field>
  )
}

/** How requests to this payer are authorized, said where it matters. */
function Authorization({ payer, signIn }: { readonly payer: Payer } & Pick<Props, 'signIn'>) {
  const access = useWork().ports.payers.access(payer)
  switch (access.kind) {
    case 'open':
      return <StateTag tone="ask">Open connection: for sandboxes only</StateTag>
    case 'proxy':
      return <StateTag tone="mute">Connected through this site's own server</StateTag>
    case 'launch':
      return access.isHeld ? (
        <StateTag tone="mute">
          Opened by {payer.name}'s own message
          {access.until !== undefined && `, until ${timeOf(access.until)}`}
        </StateTag>
      ) : (
        <StateTag tone="ask">Not open: needs a message from {payer.name}</StateTag>
      )
    case 'smart':
      return signIn?.state.kind === 'in' ? (
        <span className="cluster">
          <StateTag tone="mute">
            You signed in at {payer.name}
            {signIn.state.until !== undefined && ` until ${timeOf(signIn.state.until)}`}
          </StateTag>
          <Button variant="quiet" onClick={signIn.signOut}>
            Sign out
          </Button>
        </span>
      ) : (
        <StateTag tone="ask">Not signed in at {payer.name}</StateTag>
      )
  }
}

const timeOf = (epochMs: number): string =>
  new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hour12: false }).format(epochMs)
