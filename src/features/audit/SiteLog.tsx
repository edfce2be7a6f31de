import { useEffect, useRef, useState } from 'react'
import type { KeptLogPort, LogLine } from '../../domain/kept-log'
import { Button, Panel, ProblemNotice, Skeleton, useAnnounce } from '../../ui'
import { useWork } from '../work'
import { type Criteria, searchOf } from './criteria'
import { LineRow, openButtonId } from './LineRow'
import { OpenedLine } from './OpenedLine'
import { SearchForm } from './SearchForm'
import { TakeLines } from './TakeLines'
import { type Found, useLogSearch } from './use-log-search'
import './audit.css'

/** The site's log of what was asked of payers, for people with the audit role (CRD found-37). Nothing is shown before a search. */
export default function SiteLog({ log }: { readonly log: KeptLogPort }) {
  const { session } = useWork()
  const { state, search, more } = useLogSearch(log)
  const announce = useAnnounce()
  const [opened, setOpened] = useState<LogLine>()
  /** The line that was open before: focus goes back there. */
  const [left, setLeft] = useState<string>()
  useEffect(() => {
    if (opened === undefined && left !== undefined) document.getElementById(openButtonId(left))?.focus()
  }, [opened, left])
  const run = async (criteria: Criteria): Promise<void> => {
    const found = await search(searchOf(criteria))
    if (found !== undefined) announce(countWords(found))
  }
  return (
    <>
      {opened !== undefined && (
        <OpenedLine
          key={opened.id}
          line={opened}
          open={log.open}
          onBack={() => {
            setLeft(opened.id)
            setOpened(undefined)
          }}
        />
      )}
      <div className="stack" hidden={opened !== undefined}>
        <Panel level={1} title="Site log">
          <p className="field-hint">
            What was asked of payers here, what they said, and who looked at it. Nobody can change it.
          </p>
          <SearchForm
            patientId={session.patientId}
            isBusy={state.kind === 'searching'}
            onSearch={(criteria) => void run(criteria)}
          />
        </Panel>
        {state.kind === 'searching' && (
          <Panel title="Found" busy>
            <Skeleton lines={6} label="Searching the log" />
          </Panel>
        )}
        {state.kind === 'failed' && <Failed problem={state.problem} />}
        {state.kind === 'found' && (
          <FoundLines
            log={log}
            found={state.found}
            isMore={state.isMore}
            onMore={() => void more(state.found)}
            onOpen={setOpened}
          />
        )}
        {state.kind === 'found' && state.problem !== undefined && <Failed problem={state.problem} />}
      </div>
    </>
  )
}

function Failed({ problem }: { readonly problem: Parameters<typeof ProblemNotice>[0]['problem'] }) {
  const { site } = useWork()
  return (
    <ProblemNotice
      problem={problem}
      notDone="The log was not searched."
      technicalDetails={site.policy.technicalDetails}
      role="alert"
    />
  )
}

const countWords = ({ lines, before }: Found): string => {
  if (lines.length === 0) return 'Nothing fits.'
  const count = lines.length === 1 ? 'One line' : `${lines.length} lines`
  return before === undefined ? `${count}.` : `${count}, the newest. There are more.`
}

interface FoundProps {
  readonly log: KeptLogPort
  readonly found: Found
  readonly isMore: boolean
  readonly onMore: () => void
  readonly onOpen: (line: LogLine) => void
}

function FoundLines({ log, found, isMore, onMore, onOpen }: FoundProps) {
  const last = useRef(found.lines.length)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // The first of those that came: the button that was pressed may be gone.
    if (found.lines.length > last.current)
      list.current?.children[last.current]?.querySelector<HTMLElement>('button')?.focus()
    last.current = found.lines.length
  }, [found.lines.length])
  return (
    <Panel title="Found" aside={<span className="soft">{countWords(found)}</span>}>
      {found.lines.length === 0 ? (
        <p>Nothing in the log fits. Look for less at once: one reference, or the days alone.</p>
      ) : (
        <>
          <ul className="plain log-lines" ref={list}>
            {found.lines.map((line) => (
              <LineRow key={line.id} line={line} onOpen={() => onOpen(line)} />
            ))}
          </ul>
          {found.before !== undefined && (
            <div>
              <Button onClick={onMore} busy={isMore}>
                {isMore ? 'Searching…' : 'Show older ones'}
              </Button>
            </div>
          )}
          <TakeLines key={JSON.stringify(found.search)} log={log} search={found.search} />
        </>
      )}
    </Panel>
  )
}
