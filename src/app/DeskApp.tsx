import { useQuery } from '@tanstack/react-query'
import type { OpenSession } from '../domain/session'
import FrontDesk from '../features/front-desk/OpenDesk'
import { Panel, Ribbon, Skeleton } from '../ui'
import type { AppProps } from './App'
import { ErrorBoundary } from './ErrorBoundary'
import { readUser } from './read-user'
import SessionWatch from './SessionWatch'
import { FRONT_DESK_RIBBON } from './screen'
import { useSiteStyle } from './site-style'
import { ThemeSelect } from './ThemeSelect'
import { useTheme } from './theme'

interface Props extends Omit<AppProps, 'session' | 'card'> {
  readonly session: OpenSession
}

/** A launch of the front desk that names no patient: one is picked for each question. Nothing else is to be had from here. */
export default function DeskApp({ session, site, ports, connection, keepDrafts, loadStyle }: Props) {
  const user = useQuery({
    queryKey: ['user', session.key],
    queryFn: () => readUser(ports.ehr, session, site),
  })
  const [theme, setTheme] = useTheme(useSiteStyle(session.key, loadStyle))
  const { chartWriter: _, ...reading } = ports
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      <header className="top">
        <div className="tabs">
          <span className="label">Front desk</span>
          <ThemeSelect choice={theme} onChange={setTheme} />
        </div>
        <Ribbon>{FRONT_DESK_RIBBON}</Ribbon>
      </header>
      <main className="main stack" id="main" tabIndex={-1}>
        <SessionWatch
          session={connection}
          clock={ports.clock}
          ehrName={session.ehrName}
          keepDrafts={keepDrafts}
        />
        <ErrorBoundary newId={ports.newId}>
          {user.data === undefined ? (
            <Skeleton lines={6} label="Opening" />
          ) : session.needsRole === true && user.data.isAtTheDesk !== true ? (
            <div role="alert">
              <Panel level={1} tone="no" title="The EHR did not say which patient this is about.">
                <p>Open a patient’s chart first, then open the app from there.</p>
                <p className="soft">
                  Only people of the front desk work without a patient, and {session.ehrName} does not say
                  that you are one of them.
                </p>
              </Panel>
            </div>
          ) : (
            <FrontDesk desk={{ session, site, chart: user.data, ports: reading }} />
          )}
        </ErrorBoundary>
      </main>
    </>
  )
}
