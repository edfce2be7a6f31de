import { useRef, useState } from 'react'
import type { Clock } from '../../domain/ports'
import { checkSetup } from '../../domain/setup/check'
import type { Checked } from '../../domain/setup/finding'
import { setupReport, summary } from '../../domain/setup/report'
import type { SetupWorld } from '../../domain/setup/world'
import { Button, CopyButton, Notice, Panel, useAnnounce } from '../../ui'
import { saveFile } from '../../ui/save-file'
import { CheckedServer } from './CheckedServer'
import './setup.css'

interface Props {
  readonly world: SetupWorld & { readonly clock: Pick<Clock, 'now' | 'after'> }
}

type State =
  | { readonly kind: 'ready' }
  | { readonly kind: 'running'; readonly done: readonly Checked[] }
  | { readonly kind: 'done'; readonly done: readonly Checked[]; readonly madeAt: string }

/** The set-up check as this browser sees it: each EHR and payer of the configuration, what was found and who mends it. */
export function SetupCheck({ world }: Props) {
  const [state, setState] = useState<State>({ kind: 'ready' })
  const [hasFailed, setFailed] = useState(false)
  const announce = useAnnounce()
  const done = useRef<readonly Checked[]>([])
  const { site, clock } = world
  const total = site.issuers.length + site.payers.length

  const run = async () => {
    done.current = []
    setFailed(false)
    setState({ kind: 'running', done: [] })
    try {
      const all = await checkSetup(world, (checked) => {
        done.current = [...done.current, checked]
        setState({ kind: 'running', done: done.current })
      })
      setState({ kind: 'done', done: all, madeAt: new Date(clock.now()).toISOString() })
      announce(`Set-up check done. ${summary(all)}`)
    } catch {
      setState({ kind: 'ready' })
      setFailed(true)
    }
  }
  const isRunning = state.kind === 'running'
  return (
    <div className="setup stack">
      <Panel title="Set-up check" level={1}>
        <p>
          Looks once at each EHR and payer of the configuration, from this browser. No patient is named,
          nothing is stored there, and nobody has to sign in.
        </p>
        <p className="setup-note">
          A server sees more than a browser: the same check runs as a command, which also tries this site’s
          own keys. <code>npm run check-setup -- --config FILE</code>
        </p>
        <div className="cluster">
          <Button variant="primary" busy={isRunning} onClick={() => void run()}>
            {state.kind === 'ready' ? 'Check now' : isRunning ? 'Checking …' : 'Check again'}
          </Button>
          {isRunning && (
            <span className="setup-note">
              {state.done.length} of {total}
            </span>
          )}
        </div>
        {hasFailed && (
          <Notice tone="no" title="The check stopped by a fault of its own." role="alert">
            <p>Nothing was changed anywhere. Try again, or use the command.</p>
          </Notice>
        )}
      </Panel>
      {state.kind === 'done' && <Report world={world} {...state} />}
      {state.kind !== 'ready' &&
        state.done.map((checked) => (
          <CheckedServer key={`${checked.kind} ${keyOf(checked)}`} checked={checked} />
        ))}
    </div>
  )
}

const keyOf = ({ name, addresses }: Checked): string => [name, ...addresses].join(' ')

interface ReportProps extends Props {
  readonly done: readonly Checked[]
  readonly madeAt: string
}

function Report({ world, done, madeAt }: ReportProps) {
  const { probe, appOrigin, clock } = world
  const text = setupReport(done, { from: probe.from, appOrigin, madeAt })
  return (
    <Panel title={summary(done)}>
      <p>For support, as a file: addresses of the configuration and these findings, no patient and no key.</p>
      <div className="cluster">
        <Button onClick={() => saveFile(clock, 'set-up-check.txt', 'text/plain', text)}>Save</Button>
        <CopyButton text={text} label="Copy" />
      </div>
    </Panel>
  )
}
