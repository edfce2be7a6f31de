import { useEffect, useRef, useState } from 'react'
import { isObject, text } from '../../domain/json'
import type { LogContent, LogLine } from '../../domain/kept-log'
import type { Result } from '../../domain/result'
import { Button, CopyButton, Disclosure, Facts, Panel, ProblemNotice, Skeleton, StateTag } from '../../ui'
import { useWork } from '../work'
import { entryWords, lineWords, momentWords } from './line-words'

/** A longer text stands still in the browser; copying gives all of it. Characters. */
const AS_MUCH_AS_IS_SHOWN = 200_000

interface Props {
  readonly line: LogLine
  readonly open: (id: string) => Promise<Result<LogContent>>
  readonly onBack: () => void
}

/** All that is kept of one line, to the letter. */
export function OpenedLine({ line, open, onBack }: Props) {
  const { site, ports } = useWork()
  const heading = useRef<HTMLHeadingElement>(null)
  const [content, setContent] = useState<Result<LogContent>>()
  const asked = useRef(false)
  const read = async (): Promise<void> => {
    setContent(undefined)
    setContent(await open(line.id))
  }
  useEffect(() => {
    heading.current?.focus()
    // Once: opening is recorded in the log.
    if (asked.current) return
    asked.current = true
    void read()
  })
  const { title, tag, tone } = lineWords(line)
  return (
    <div className="stack">
      <div>
        <Button onClick={onBack}>Back to what was found</Button>
      </div>
      <Panel level={1} title={title} headingRef={heading} aside={<StateTag tone={tone}>{tag}</StateTag>}>
        <Facts items={factsOf(line)} />
      </Panel>
      <Panel title="To the letter">
        {content === undefined ? (
          <Skeleton lines={6} label="Opening what is kept" />
        ) : content.ok ? (
          content.value.entries.map(({ seq, at, kind, content: kept }) => (
            <Kept key={seq} summary={`${entryWords(kind)}, ${momentWords(at)} (entry ${seq})`} json={kept} />
          ))
        ) : (
          <ProblemNotice
            problem={content.problem}
            notDone="Nothing was opened."
            onRetry={() => void read()}
            technicalDetails={site.policy.technicalDetails}
            reference={ports.newId()}
            role="alert"
          />
        )}
      </Panel>
    </div>
  )
}

const factsOf = (line: LogLine) => [
  { term: 'When', value: momentWords(line.at) },
  ...(line.payerName === undefined ? [] : [{ term: 'Payer', value: line.payerName }]),
  { term: 'By', value: line.who },
  ...(line.kind === 'request' ? [{ term: 'Sent to', value: <code>{line.detail}</code> }] : []),
  ...(line.patient === undefined ? [] : [{ term: 'About', value: line.patient }]),
  ...(line.entry === undefined
    ? []
    : [
        { term: 'Payer’s reference', value: line.entry.assertionIds.join(', ') || 'None was given' },
        { term: 'Reference of the question', value: <code>{line.entry.hookInstance}</code> },
      ]),
  ...(line.entry?.failure === undefined ? [] : [{ term: 'Failure', value: line.entry.failure.sentence }]),
]

/** A body is kept as text, to the byte. JSON in it reads better as what it is. */
function unfolded(json: unknown): unknown {
  const body = text(json, 'body')
  if (!isObject(json) || body === undefined) return json
  try {
    return { ...json, body: JSON.parse(body) as unknown }
  } catch {
    return json
  }
}

function Kept({ summary, json }: { readonly summary: string; readonly json: unknown }) {
  const [isOpen, setOpen] = useState(false)
  const words = JSON.stringify(unfolded(json), null, 2)
  return (
    <Disclosure summary={summary} open={isOpen} onToggle={setOpen}>
      {isOpen && (
        <div className="stack">
          {words.length > AS_MUCH_AS_IS_SHOWN && (
            <p className="field-hint">
              Only the beginning is shown: it is very long. Copying gives all of it.
            </p>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard inside its own frame */}
          <pre className="code" tabIndex={0}>
            {words.slice(0, AS_MUCH_AS_IS_SHOWN)}
          </pre>
          <div>
            <CopyButton text={words} label="Copy it" />
          </div>
        </div>
      )}
    </Disclosure>
  )
}
