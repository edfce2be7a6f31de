import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { useHashLocation } from 'wouter/use-hash-location'
import type { ChartWriterPort } from '../domain/ports'
import { useWork } from '../features/work'
import { Notice, Ribbon, Skeleton } from '../ui'
import { ErrorBoundary } from './ErrorBoundary'
import { type CardReading, doorOf, FRONT_DESK_RIBBON, firstScreen, type Screen, screensFor } from './screen'

const WhatIf = lazy(() => import('../features/what-if/WhatIf'))
const FrontDesk = lazy(() => import('../features/front-desk/PatientDesk'))
const EarlierAnswers = lazy(() => import('../features/what-if/earlier/EarlierAnswers'))
const SiteLog = lazy(() => import('../features/audit/SiteLog'))
const MemberHistory = lazy(() => import('../features/member-history/MemberHistory'))

const TASKS: readonly { readonly screen: Screen; readonly label: string; readonly ribbon: string }[] = [
  {
    screen: 'front-desk',
    label: 'Front desk',
    ribbon: FRONT_DESK_RIBBON,
  },
  {
    screen: 'what-if',
    label: 'What-if',
    ribbon: 'What-if: nothing has been ordered. Nothing is written to the chart.',
  },
  {
    screen: 'earlier',
    label: 'Earlier answers',
    ribbon: 'Earlier answers: what payers said before. Nothing is asked again from here.',
  },
  {
    screen: 'member-history',
    label: 'Member history',
    ribbon: 'Member history: only what you review and confirm is stored.',
  },
  {
    screen: 'site-log',
    label: 'Site log',
    ribbon: 'Site log: each look into it is recorded.',
  },
]

interface Props {
  readonly card: CardReading
  readonly chartWriter: ChartWriterPort
  /** False where the EHR shows its own. */
  readonly banner: ReactNode
  readonly themeSelect: ReactNode
  readonly sessionWatch: ReactNode
}

/**
 * The tasks as tabs. A task that was opened stays mounted while another is shown: what was typed, selected or is running stays.
 */
export function Tasks({ card, chartWriter, banner, themeSelect, sessionWatch }: Props) {
  const { session, chart, site, ports } = useWork()
  const door = doorOf(session, card, chart.isAtTheDesk === true)
  const { keptLog } = ports
  const audits = useQuery({
    queryKey: ['audits', session.key],
    queryFn: async () => (await keptLog?.mayLook()) === true,
    enabled: keptLog !== undefined,
  })
  const names = screensFor(door, site, audits.data)
  const tasks = names.flatMap((name) => TASKS.filter(({ screen }) => screen === name))
  const [path, go] = useHashLocation()
  const current =
    tasks.find(({ screen }) => path.split('/')[1] === screen) ??
    tasks.find(({ screen }) => screen === firstScreen(session, door))
  const [opened, setOpened] = useState<ReadonlySet<Screen>>(new Set())
  const screen = current?.screen ?? 'what-if'
  if (!opened.has(screen)) setOpened(new Set([...opened, screen]))
  const [handOver, setHandOver] = useState<string>()
  const openHistory = useCallback(
    (appContext: string) => {
      // Once opened it keeps its own work; what is handed over then is only a way to get there.
      setHandOver((earlier) => earlier ?? appContext)
      go('/member-history')
    },
    [go],
  )
  return (
    <>
      <header className="top">
        {banner}
        <div className="tabs">
          <nav aria-label="Tasks">
            {tasks.map((task) => (
              <a
                key={task.screen}
                href={`#/${task.screen}`}
                aria-current={task.screen === screen ? 'page' : undefined}
              >
                {task.label}
              </a>
            ))}
          </nav>
          {themeSelect}
        </div>
        <Ribbon>{current?.ribbon}</Ribbon>
      </header>
      <main className="main stack" id="main" tabIndex={-1}>
        {sessionWatch}
        {door.kind === 'unreadable-card' && (
          <Notice tone="ask" title="The message that opened this app could not be used.">
            <p>
              Its hand-over is unreadable or too old. Nothing was taken from it; the app starts from the
              chart.
            </p>
          </Notice>
        )}
        {[...opened].map((each) => (
          <div key={each} hidden={each !== screen}>
            <ErrorBoundary newId={ports.newId}>
              <Suspense fallback={<Skeleton lines={8} label="Opening" />}>
                {each === 'front-desk' && <FrontDesk />}
                {each === 'what-if' && <WhatIf onOwnLink={openHistory} />}
                {each === 'earlier' && <EarlierAnswers isShown={each === screen} />}
                {each === 'site-log' && keptLog && <SiteLog log={keptLog} />}
                {each === 'member-history' && (
                  <MemberHistory chartWriter={chartWriter} appContext={handOver ?? session.appContext} />
                )}
              </Suspense>
            </ErrorBoundary>
          </div>
        ))}
      </main>
    </>
  )
}
