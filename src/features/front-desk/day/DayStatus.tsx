import { useEffect, useRef } from 'react'
import { isUnanswered, type StandingRow } from '../../../domain/front-desk/day-rows'
import { groupWords } from '../../../domain/front-desk/day-words'
import type { Clock } from '../../../domain/ports'
import { Button, Meter, Panel, useAnnounce } from '../../../ui'
import type { ShownGroup } from './DayGroups'
import { DayHeld } from './DayHeld'
import type { DayAsked, DayStore } from './day-store'
import { groupId, payerCounts, statusWords } from './status-words'
import { appointments } from './words'

interface Props {
  readonly clock: Pick<Clock, 'now'>
  /** Those that can be asked about, with where they stand. */
  readonly rows: readonly StandingRow[]
  readonly store: DayStore & { readonly asked: DayAsked }
  readonly onAsk: (questions: readonly string[]) => void
  /** What can be gone to. */
  readonly groups: readonly ShownGroup[]
}

/** One press for all, how far it is, and the ways to stop and to go on (U14). */
export function DayStatus({ clock, rows, store, onAsk, groups }: Props) {
  const { queue } = store.asked
  const { phase, done, total, aside, asking } = queue
  const heading = useRef<HTMLHeadingElement>(null)
  const words = statusWords(rows, queue)
  const isGoing = phase === 'running' || phase === 'stopping'
  useProgressSaid(isGoing, words, clock)
  // A button that goes with its phase leaves the focus to the heading, which says what came of it (U17).
  const act = (run: () => void) => () => {
    run()
    heading.current?.focus()
  }
  useEffect(() => {
    if (!isGoing && document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [isGoing])
  const questions = (own: readonly StandingRow[]) => own.flatMap(({ row }) => row.question ?? [])
  const unasked = rows.filter(({ standing }) => standing.kind === 'unasked')
  const failed = rows.filter(isUnanswered)
  const isOfOthers = isGoing && rows.every(({ standing }) => !['waiting', 'asking'].includes(standing.kind))
  const canAsk = phase === 'idle' || isOfOthers
  return (
    <Panel title={words} headingRef={heading}>
      {total > 0 && phase !== 'idle' && <Meter value={done} max={total} label="Appointments asked about" />}
      {isOfOthers && <p className="small soft">These are not of the rows shown here.</p>}
      <DayHeld held={isGoing ? queue.held : []} rows={rows} />
      {canAsk && unasked.length > 0 && (
        <p className="small soft">
          {payerCounts(unasked)}. Each payer is told the patient, the coverage, what the visit is for, when,
          where and with whom. Nothing is booked or written.
        </p>
      )}
      {!isGoing && groups.length > 1 && (
        <ul className="plain cluster" aria-label="Go to">
          {groups.map(({ group, rows: own }) => (
            <li key={group}>
              <button
                type="button"
                className="chip"
                onClick={() => document.getElementById(groupId(group))?.focus()}
              >
                {group === 'all' ? 'All' : groupWords[group]} <strong className="num">{own.length}</strong>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="cluster">
        {canAsk && unasked.length > 0 && (
          <Button variant="primary" onClick={act(() => onAsk(questions(unasked)))}>
            Ask about {appointments(unasked.length)}
          </Button>
        )}
        {canAsk && failed.length > 0 && (
          <Button onClick={act(() => onAsk(questions(failed)))}>
            Ask again: {failed.length} without an answer
          </Button>
        )}
        {canAsk && unasked.length < rows.length && (
          <Button variant="quiet" onClick={act(() => onAsk(questions(rows)))}>
            Ask about all {rows.length} again
          </Button>
        )}
        {queue.waiting.size > 0 && <Button onClick={act(store.stop)}>Stop</Button>}
        {isGoing && queue.waiting.size === 0 && (
          <Button onClick={act(store.skip)}>
            Do not wait for {asking.size === 1 ? 'it' : `these ${asking.size}`}
          </Button>
        )}
        {(phase === 'stopped' || phase === 'stopping') && aside.size > 0 && (
          <Button variant="primary" onClick={act(store.resume)}>
            Continue with the other {aside.size}
          </Button>
        )}
        {phase === 'stopped' && (
          <Button variant="quiet" onClick={act(store.end)}>
            Leave the others
          </Button>
        )}
      </div>
    </Panel>
  )
}

/** Milliseconds between two announcements (U14). */
const PAUSE = 5_000

/** Says how far it is, at most every five seconds, and how it ended. */
function useProgressSaid(isGoing: boolean, words: string, clock: Pick<Clock, 'now'>): void {
  const announce = useAnnounce()
  const last = useRef({ at: 0, isGoing: false })
  useEffect(() => {
    const now = clock.now()
    const isTurn = isGoing !== last.current.isGoing
    if (!isTurn && (!isGoing || now - last.current.at < PAUSE)) return
    last.current = { at: now, isGoing }
    announce(words)
  }, [isGoing, words, announce, clock])
}
