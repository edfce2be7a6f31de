import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useHashLocation } from 'wouter/use-hash-location'
import { Skeleton } from '../../../ui'
import type { Desk } from '../../work'
import './tabs.css'

const DayList = lazy(() => import('./DayList'))

const QUESTION = '/front-desk'
const DAY = '/front-desk/day'

/** The desk's two screens. One that was opened stays mounted while the other is shown: what was typed or is being asked stays. */
export function DeskTabs({ desk, question }: { readonly desk: Desk; readonly question: ReactNode }) {
  const [path] = useHashLocation()
  const isDay = path === DAY
  const [opened, setOpened] = useState({ question: !isDay, day: isDay })
  if (isDay ? !opened.day : !opened.question)
    setOpened(isDay ? { ...opened, day: true } : { ...opened, question: true })
  return (
    <div className="stack">
      <nav className="fd-tabs" aria-label="Front desk">
        <a href={`#${QUESTION}`} aria-current={isDay ? undefined : 'page'}>
          One question
        </a>
        <a href={`#${DAY}`} aria-current={isDay ? 'page' : undefined}>
          The day’s list
        </a>
      </nav>
      {opened.question && <div hidden={isDay}>{question}</div>}
      {opened.day && (
        <div hidden={!isDay}>
          <Suspense fallback={<Skeleton lines={8} label="Opening" />}>
            <DayList desk={desk} />
          </Suspense>
        </div>
      )}
    </div>
  )
}
