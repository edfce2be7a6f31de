import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { FhirJson } from '../domain/json'
import type { Ports, SessionPort } from '../domain/ports'
import type { Result } from '../domain/result'
import type { Session } from '../domain/session'
import type { Site } from '../domain/site'
import { WorkProvider } from '../features/work'
import { PatientBanner, Skeleton } from '../ui'
import { readUser, type SignedInUser } from './read-user'
import type { CardReading } from './screen'
import { useSiteStyle } from './site-style'
import { Tasks } from './Tasks'
import { ThemeSelect } from './ThemeSelect'
import { useTheme } from './theme'

// Neither is on the first screen.
const ChartProblem = lazy(() => import('./ChartProblem'))
const SessionWatch = lazy(() => import('./SessionWatch'))

export interface AppProps {
  readonly session: Session
  readonly site: Site
  readonly ports: Ports
  readonly connection: SessionPort
  readonly keepDrafts: () => void
  /** What the launch's appContext is; read before the first screen, since it decides which one that is. */
  readonly card: CardReading
  /** The EHR's SMART style file, unread JSON. Absent where the launch named none. */
  readonly loadStyle?: () => Promise<Result<unknown>>
}

/** One launch on screen: who it is about, how long the session lasts, and the tasks. */
export function App({ session, site, ports, connection, keepDrafts, card, loadStyle }: AppProps) {
  const chart = useQuery({
    queryKey: ['chart', session.key],
    queryFn: () => readChart(ports.ehr, session, site),
  })
  const [theme, setTheme] = useTheme(useSiteStyle(session.key, loadStyle))
  const read = chart.data
  const { chartWriter, ...reading } = ports
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      {read?.ok ? (
        <WorkProvider value={{ session, site, chart: read.value, ports: reading }}>
          <Tasks
            card={card}
            chartWriter={chartWriter}
            banner={
              session.needPatientBanner && (
                <PatientBanner patient={read.value.patient} now={ports.clock.now()} />
              )
            }
            themeSelect={<ThemeSelect choice={theme} onChange={setTheme} />}
            sessionWatch={
              <Suspense fallback={null}>
                <SessionWatch
                  session={connection}
                  clock={ports.clock}
                  ehrName={session.ehrName}
                  keepDrafts={keepDrafts}
                />
              </Suspense>
            }
          />
        </WorkProvider>
      ) : (
        <main className="main stack" id="main" tabIndex={-1}>
          {read === undefined ? (
            <Skeleton lines={6} label="Reading the chart" />
          ) : (
            <Suspense fallback={null}>
              <ChartProblem problem={read.problem} again={() => void chart.refetch()} newId={ports.newId} />
            </Suspense>
          )}
        </main>
      )}
    </>
  )
}

/** The patient, who has to be there, and the user, who may be absent. All at once: one round trip. */
async function readChart(
  ehr: Ports['ehr'],
  session: Session,
  site: Site,
): Promise<Result<{ readonly patient: FhirJson } & SignedInUser>> {
  const [patient, user] = await Promise.all([
    ehr.read('Patient', session.patientId),
    readUser(ehr, session, site),
  ])
  return patient.ok ? { ok: true, value: { patient: patient.value, ...user } } : patient
}
