import { useEffect, useRef } from 'react'
import type { AuditEntry, AuditList } from '../../../domain/audit'
import { Notice, Panel, Skeleton } from '../../../ui'
import { useWork } from '../../work'
import { EntryFilter, type Filter } from './EntryFilter'
import { EntryRow, openButtonId } from './EntryRow'
import { SaveJson } from './SaveJson'
import { byDay, keptUntil, matching, unreadableWords } from './words'

/** From here on a list is searched rather than looked over. */
const MANY = 8

interface Props {
  /** Undefined while it is read. */
  readonly list: AuditList | undefined
  readonly isFailed: boolean
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  /** The entry that was open before: focus goes back there, or to the heading where it is gone. */
  readonly cameFrom: string | undefined
  readonly onOpen: (entry: AuditEntry) => void
  readonly onDeleted: () => void
}

/** The earlier answers by day, newest first, and what may be known of their keeping. */
export function EntryList(props: Props) {
  const { ports } = useWork()
  const place = ports.audit.isSites === true ? 'What this site’s log has' : 'What is kept in this browser'
  const { list, isFailed, cameFrom } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (cameFrom === undefined) return
    const place = document.getElementById(openButtonId(cameFrom)) ?? heading.current
    place?.focus()
  }, [cameFrom])
  return (
    <Panel level={1} title="Earlier answers" headingRef={heading} busy={list === undefined && !isFailed}>
      {isFailed ? (
        <Notice tone="no" title={`${place} could not be read.`} role="alert">
          <p>Nothing was deleted. Go to another task and come back to try again.</p>
        </Notice>
      ) : list === undefined ? (
        <Skeleton lines={8} label="Reading what is kept" />
      ) : (
        <Listed
          {...props}
          list={list}
          onDeleted={() => {
            props.onDeleted()
            // Its row goes away, and focus with it.
            heading.current?.focus()
          }}
        />
      )}
    </Panel>
  )
}

function Listed({ list, filter, onFilter, onOpen, onDeleted }: Props & { readonly list: AuditList }) {
  const { session, site, ports } = useWork()
  const { entries } = list
  const unreadable = unreadableWords(list.unreadable)
  const isSearched = entries.length > MANY
  const shown = isSearched ? matching(entries, filter) : entries
  const days = byDay(shown, ports.clock.now())
  return (
    <>
      <p className="field-hint">{keptUntil(list, site.policy.retentionDays, session)}</p>
      {unreadable !== undefined && <Notice tone="ask" title={unreadable} />}
      {entries.length === 0 ? (
        <p>
          Nothing about this patient is kept yet. <a href="#/what-if">Ask in What-if</a>: each answer is kept
          here.
        </p>
      ) : (
        <>
          {isSearched && (
            <EntryFilter entries={entries} filter={filter} onFilter={onFilter} shown={shown.length} />
          )}
          {days.map((day) => (
            <section key={day.name} className="ea-day" aria-label={day.name}>
              <h2>{day.name}</h2>
              <ul className="plain">
                {day.entries.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} onOpen={() => onOpen(entry)} onDeleted={onDeleted} />
                ))}
              </ul>
            </section>
          ))}
          {shown.length > 0 && (
            <SaveJson
              key={shown.map((entry) => entry.id).join(' ')}
              ids={shown.map((entry) => entry.id)}
              label={
                shown.length === entries.length ? saveAll(shown.length) : `Save these ${shown.length} as JSON`
              }
            />
          )}
        </>
      )}
    </>
  )
}

const saveAll = (count: number): string => (count === 1 ? 'Save it as JSON' : `Save all ${count} as JSON`)
