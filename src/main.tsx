import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { App, type AppProps } from './app/App'
import { ErrorBoundary } from './app/ErrorBoundary'
import type { CardReading } from './app/screen'
import { createAudit } from './clients/audit-later'
import { createCdsLater } from './clients/cds-later'
import { createDrafts } from './clients/drafts'
import { createChartWriter, createEhr } from './clients/ehr'
import { createFhirPath } from './clients/fhirpath'
import { createHttp } from './clients/http'
import { createJournalStore } from './clients/journal-store'
import { createPayers } from './clients/payer'
import { createPdf } from './clients/pdf'
import { createPreferences } from './clients/preferences'
import { createComparisonLater } from './clients/reconcile-later'
import { onSessionEnd } from './clients/session-end'
import { createSessionHttp } from './clients/session-http'
import { begin, exchangeCode, type Launched, start } from './clients/smart'
import { digest, randomId, systemClock } from './clients/system'
import { createTerminology } from './clients/terminology'
import type { Result } from './domain/result'
import { findIssuer, reachedOrigins, type Site, tokenBase } from './domain/site'
import { parseSite } from './domain/site-config'
import { AnnounceProvider } from './ui'
import './ui/tokens.css'
import './ui/base.css'

const DeskApp = lazy(() => import('./app/DeskApp'))
const Landing = lazy(() => import('./app/Landing'))
const StopPage = lazy(() => import('./app/StopPage'))

// React would write errors to the console, and their messages may carry patient data. The error boundary tells them.
const root = createRoot(document.getElementById('root') as HTMLElement, {
  onCaughtError: () => undefined,
  onUncaughtError: () => undefined,
})

// Payer calls are disclosures and chart reads cost the EHR: nothing is asked again behind the user's back.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: Number.POSITIVE_INFINITY,
    },
  },
})

const show = (screen: ReactNode): void =>
  root.render(
    <StrictMode>
      <AnnounceProvider>
        <ErrorBoundary newId={randomId}>
          <Suspense fallback={null}>{screen}</Suspense>
        </ErrorBoundary>
      </AnnounceProvider>
    </StrictMode>,
  )

async function loadSite(): Promise<Result<Site>> {
  const base = new URL('.', location.href).href
  const http = createHttp({ name: 'The app’s own server', base, timeoutMs: 10_000 })
  const answer = await http.send({ method: 'GET', url: new URL('config.json', base).href })
  return answer.ok ? parseSite(answer.value.json, location.origin) : answer
}

function launchedApp(
  site: Site,
  { session, connection }: Launched,
  card: CardReading,
  relay: RelaySession | undefined,
): ReactNode {
  const { ehrName: name, fhirBase: base } = session
  const within = tokenBase(findIssuer(site.issuers, base), base)
  const ehrHttp = createSessionHttp({ name, base, within }, connection)
  const drafts = createDrafts(
    `${session.fhirBase} ${'patientId' in session ? session.patientId : ''}`,
    systemClock.now,
  )
  const audit =
    relay?.audit ??
    createAudit({
      session,
      retentionDays: site.policy.retentionDays ?? 0,
      now: systemClock.now,
      digest,
    })
  const writer = createChartWriter(ehrHttp)
  const payers = {
    ...createPayers({ timeoutMs: 30_000, ...(relay && { through: relay.recordsOf }) }),
    ...(relay && { openCard: relay.openCard }),
  }
  const endLog = () => void Promise.all([audit.end(), relay?.end()])
  onSessionEnd(connection, systemClock, endLog)
  const { styleUrl } = session
  const frame: Omit<AppProps, 'session' | 'card'> = {
    site,
    connection: { ...connection, relaunch: () => relaunch(connection, endLog) },
    keepDrafts: drafts.keepForRelaunch,
    ...(styleUrl !== undefined && isReached(site, styleUrl) && { loadStyle: () => loadStyle(styleUrl) }),
    ports: {
      ehr: createEhr(ehrHttp),
      chartWriter: relay?.noting(writer) ?? writer,
      cds: createCdsLater({ now: systemClock.now, ...(relay && { httpFor: relay.httpFor }) }),
      payers,
      payerSignIn: payers.signIn,
      clock: systemClock,
      newId: randomId,
      journal: createJournalStore(),
      drafts,
      audit,
      ...(relay && { keptLog: relay.keptLog, payerReads: relay.payerReads }),
      preferences: createPreferences(),
      ...(site.terminology && { terminology: createTerminology(site.terminology) }),
      fhirPath: createFhirPath(),
      pdf: createPdf(),
      comparison: createComparisonLater(),
      digest,
    },
  }
  return (
    <QueryClientProvider client={queries}>
      {'patientId' in session ? (
        <App {...frame} session={session} card={card} />
      ) : (
        <DeskApp {...frame} session={session} />
      )}
    </QueryClientProvider>
  )
}

/** What the launch's appContext is. Only few launches have one, so that reading it is loaded only for those. */
async function cardOf(site: Site, { session }: Launched): Promise<CardReading> {
  if (session.appContext === undefined || !('patientId' in session)) return 'absent'
  const { readAppContext } = await import('./domain/pdex/app-context')
  const check = { payers: site.payers, patientId: session.patientId, now: systemClock.now() }
  const { kind } = readAppContext(session.appContext, check)
  return kind === 'absent' ? 'absent' : kind === 'ignored' ? 'other' : 'ours'
}

type RelaySession = import('./clients/relay').RelaySession

/** The way through the site's relay, where it has one. Without the EHR's word for the user the relay passes nothing on, and says so. */
async function relayOf(site: Site, { session, idToken = '' }: Launched): Promise<RelaySession | undefined> {
  if (site.relay === undefined) return undefined
  const { openRelay } = await import('./clients/relay')
  const { key, fhirBase } = session
  const patient = 'patientId' in session && { patientId: session.patientId }
  return openRelay(site.relay, { key, fhirBase, idToken, ...patient })
}

/** A new sign-in is a new session: what was kept under the old one's key ends with it. */
async function relaunch(
  { relaunch: leave }: Launched['connection'],
  endLog: () => void,
): Promise<Result<void>> {
  const left = await leave()
  if (left.ok) endLog()
  return left
}

/** What the Content-Security-Policy would stop is not tried. */
const isReached = (site: Site, url: string): boolean =>
  URL.canParse(url) && reachedOrigins(site).includes(new URL(url).origin)

/** Without the token: a style file is public (SMART 2.2). */
async function loadStyle(url: string): Promise<Result<unknown>> {
  const answer = await createHttp({
    name: 'The style file',
    base: url,
    timeoutMs: 5_000,
    maxBytes: 50_000,
  }).send({ method: 'GET', url })
  return answer.ok ? { ok: true, value: answer.value.json } : answer
}

async function open(): Promise<void> {
  // Here and not in a component: under StrictMode an effect would spend the code twice.
  const exchange = exchangeCode()
  const site = await loadSite()
  if (!site.ok) {
    show(<StopPage problem={site.problem} />)
    return
  }
  const started = await start(site.value, exchange)
  const render = (outcome: typeof started): void => {
    switch (outcome.kind) {
      case 'leaving':
        return
      case 'landing':
        show(
          <Landing
            site={site.value}
            loadSetup={async () => (await import('./clients/setup-world')).setupWorld(site.value)}
            onSignIn={(issuer, withPatient) =>
              void begin(site.value, issuer, undefined, withPatient).then(render)
            }
          />,
        )
        return
      case 'stopped':
        show(<StopPage stop={outcome.stop} />)
        return
      case 'launched':
        void Promise.all([
          cardOf(site.value, outcome.launched).catch((): CardReading => 'other'),
          // Without it the relay answers that nobody is signed in, and the screen says so.
          relayOf(site.value, outcome.launched).catch(() => undefined),
        ]).then(([card, relay]) => show(launchedApp(site.value, outcome.launched, card, relay)))
        return
    }
  }
  render(started)
}

void open()
