import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { AuditEntry, InvocationRecord } from '../../../domain/audit'
import { Button, Facts, Notice, Panel, Skeleton, StateTag } from '../../../ui'
import { ONCE } from '../../asking/once'
import { useWork } from '../../work'
import { DeleteEntry } from './DeleteEntry'
import { ExactJson } from './ExactJson'
import { KeptAnswer } from './KeptAnswer'
import { keptQuestion } from './kept-answered'
import { SaveJson } from './SaveJson'
import { glanceAtEntry, momentWords } from './words'

interface Props {
  readonly entry: AuditEntry
  readonly onBack: () => void
  readonly onDeleted: () => void
}

/** One earlier question with its answer, documents and links, read-only, and to the letter what was sent and what came back. */
export function OpenedAnswer({ entry, onBack, onDeleted }: Props) {
  const { ports, session } = useWork()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const record = useQuery({
    queryKey: ['earlier-answer', session.key, entry.id],
    queryFn: async () => (await ports.audit.open(entry.id)) ?? null,
    // Clinical data: not longer in memory than on screen.
    gcTime: 0,
    ...ONCE,
  })
  const { tone, tag, sentence } = glanceAtEntry(entry)
  return (
    <div className="stack wi">
      <div>
        <Button onClick={onBack}>Back to all earlier answers</Button>
      </div>
      <Panel
        level={1}
        title={entry.title}
        headingRef={heading}
        aside={<StateTag tone={tone}>{tag}</StateTag>}
      >
        <Notice
          tone="ask"
          title={`Asked ${momentWords(entry.askedAt)}. What was said then may no longer hold.`}
        >
          <p>
            Nothing is asked again from here. For an answer of today, <a href="#/what-if">ask in What-if</a>.
          </p>
        </Notice>
        {entry.outcome !== 'answered' && <p className="wi-verdict">{sentence}</p>}
        {entry.failure !== undefined && <p>{entry.failure.sentence}</p>}
        <Facts items={factsOf(entry, record.data ?? undefined)} />
      </Panel>
      {record.isError || record.data === null ? (
        <Notice tone="no" title="What was sent and what came back can no longer be read." role="alert">
          <p>It was deleted or is damaged. Nothing was asked again.</p>
        </Notice>
      ) : record.data === undefined ? (
        <Skeleton lines={8} label="Opening what was kept" />
      ) : (
        <Record record={record.data} />
      )}
      <Panel>
        <SaveJson ids={[entry.id]} label="Save as JSON" />
        <DeleteEntry entry={entry} onDeleted={onDeleted} />
      </Panel>
    </div>
  )
}

function factsOf(entry: AuditEntry, record: InvocationRecord | undefined) {
  const seconds = ((entry.endedAt - entry.askedAt) / 1000).toFixed(1)
  return [
    { term: 'Payer', value: entry.payerName },
    { term: 'Ended', value: `${momentWords(entry.endedAt)}, after ${seconds} s` },
    ...(record === undefined ? [] : keptQuestion(record).map(({ label, value }) => ({ term: label, value }))),
    {
      term: 'Payer’s reference',
      value: entry.assertionIds.length === 0 ? 'None was given' : entry.assertionIds.join(', '),
    },
    { term: 'Reference of this question', value: <code>{entry.hookInstance}</code> },
  ]
}

function Record({ record }: { readonly record: InvocationRecord }) {
  const { entry, payload } = record
  const isAnswer = entry.outcome === 'answered' || entry.outcome === 'undecided'
  return (
    <>
      {isAnswer && <KeptAnswer record={record} />}
      <Panel title="To the letter">
        <ExactJson summary="What was sent" json={payload.request} copyLabel="Copy what was sent" />
        {payload.response === undefined ? (
          <p className="soft">Nothing came back that could be kept.</p>
        ) : (
          <ExactJson summary="What came back" json={payload.response} copyLabel="Copy what came back" />
        )}
      </Panel>
    </>
  )
}
