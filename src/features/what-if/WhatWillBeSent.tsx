import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AskWorld, Preparation, PreparedQuestion } from '../../domain/crd/ask'
import type { Disclosure as Sent } from '../../domain/crd/disclosure'
import type { Scenario } from '../../domain/crd/scenario'
import { CopyButton, Disclosure, Notice, ProblemNotice, Skeleton } from '../../ui'
import { useWork } from '../work'
import { markIdentifying } from './identifying'
import { loadAsking } from './load-later'
import { ONCE } from './once'
import { useRested } from './use-rested'

interface Props {
  readonly payerName: string
  readonly scenario: Scenario
  /** Equal for equal questions. */
  readonly questionKey: string
  /** What keeps the question from being asked yet, in words. */
  readonly missing: readonly string[]
  readonly world: AskWorld
  /** Counts the questions asked: each needs a request of its own (CDS Hooks: hookInstance). */
  readonly round: number
  /** Told what is shown, so that just this is sent. */
  readonly onShown: (questionKey: string, shown: PreparedQuestion) => void
}

/** "What will be sent": in words and to the letter, before it is sent and at any time. Opening it sends nothing about the patient. */
export function WhatWillBeSent(props: Props) {
  const { payerName, scenario, questionKey, missing, world, round, onShown } = props
  const { session, site } = useWork()
  const [open, setOpen] = useState(false)
  const rested = useRested(questionKey, 300)
  const ready = open && missing.length === 0 && rested === questionKey
  const query = useQuery({
    queryKey: ['what-if', session.key, 'disclosure', questionKey, round],
    queryFn: async ({ signal }) => (await loadAsking()).prepare(scenario, world, { signal }),
    enabled: ready,
    gcTime: 0,
    ...ONCE,
  })
  const shown = ready && query.data?.kind === 'ready' ? query.data : undefined
  useEffect(() => {
    if (shown !== undefined) onShown(questionKey, shown)
  }, [shown, questionKey, onShown])
  return (
    <Disclosure summary={`What will be sent to ${payerName}`} open={open} onToggle={setOpen}>
      {missing.length > 0 ? (
        <>
          <p>Nothing yet: the question is not complete.</p>
          <ul className="wi-sent">
            {missing.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </>
      ) : query.isError ? (
        <p>The rest of the app could not be loaded. Close this and open it again.</p>
      ) : query.data === undefined ? (
        <Skeleton lines={4} label="Putting together what would be sent" />
      ) : (
        <Prepared preparation={query.data} technicalDetails={site.policy.technicalDetails} />
      )}
    </Disclosure>
  )
}

function Prepared({
  preparation,
  technicalDetails,
}: {
  readonly preparation: Preparation
  readonly technicalDetails: boolean
}) {
  if (preparation.kind === 'ready') return <SentView sent={preparation.disclosure} />
  const { answer } = preparation
  if (answer.kind === 'refused')
    return (
      <Notice tone="info" title="Nothing would be sent.">
        <p>{answer.message}</p>
      </Notice>
    )
  if (answer.kind === 'failed')
    return (
      <ProblemNotice
        problem={answer.problem}
        notDone="Nothing was sent to the payer."
        technicalDetails={technicalDetails}
      />
    )
  return <p>Close this and open it again to see what would be sent.</p>
}

/** "Devices, practitioner roles: The question refers to nothing of this kind." One line a reason, keys as words. */
function leftOutLines(leftOut: Sent['leftOut']): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const { prefetchKey, why } of leftOut) {
    const words = prefetchKey.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
    byReason.set(why, [...(byReason.get(why) ?? []), words])
  }
  return [...byReason].map(([why, keys]) => {
    const list = keys.join(', ')
    return `${list.charAt(0).toUpperCase()}${list.slice(1)}: ${why}`
  })
}

function SentView({ sent }: { readonly sent: Sent }) {
  return (
    <div className="stack">
      <p>{sent.summary}</p>
      <ul className="wi-sent">
        {sent.items.map((item) => (
          <li key={`${item.what} ${item.from} ${item.prefetchKey ?? ''}`}>
            {item.what}
            {item.count !== 1 && ` (${item.count})`}
            <span className="soft small"> {item.from === 'chart' ? 'from the chart' : 'from this form'}</span>
          </li>
        ))}
      </ul>
      {sent.leftOut.length > 0 && (
        <>
          <p>The payer asks for more, and does not get it:</p>
          <ul className="wi-sent">
            {leftOutLines(sent.leftOut).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {sent.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
      <Disclosure summary={`To the letter (${Math.max(1, Math.round(sent.bytes / 1000))} kB)`}>
        <p className="small soft">Underlined and marked: what tells who the patient is.</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard inside its own frame */}
        <pre className="code" tabIndex={0}>
          {markIdentifying(sent.json).map((part, i) =>
            part.isIdentifying ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
              <mark key={i} className="wi-mark">
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )}
        </pre>
        <CopyButton text={sent.json} label="Copy what would be sent" />
      </Disclosure>
    </div>
  )
}
