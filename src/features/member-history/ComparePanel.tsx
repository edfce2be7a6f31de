import type { TypeState } from '../../domain/pdex/history'
import type { Problem } from '../../domain/result'
import { Button, Notice } from '../../ui'
import { useWork } from '../work'
import { typeNames } from './reading-words'
import type { Judged } from './use-judgement'

interface Props {
  readonly judged: Judged | undefined
  /** Why comparing ended without a result. */
  readonly problem: Problem | undefined
  readonly payerRunning: boolean
  readonly onCompare: () => void
  /** Reads the chart anew. */
  readonly onAgain: () => void
}

/** How far comparing with the chart is, and what could not be compared and why: not compared is not "only at payer". */
export function ComparePanel({ judged, problem, payerRunning, onCompare, onAgain }: Props) {
  const { session } = useWork()
  if (problem !== undefined && !payerRunning)
    return (
      <Notice tone="ask" title="Comparing with the chart did not work." role="status">
        <p>
          {problem.kind === 'timeout' ? 'It took too long.' : 'This browser could not run it.'} What the chart
          already has is not known here. The records can be read and selected all the same.
        </p>
        <Button onClick={onCompare}>Compare again</Button>
      </Notice>
    )
  if (judged === undefined)
    return (
      <p className="soft small" role="status">
        {payerRunning
          ? `Compared with ${session.ehrName} when reading has ended.`
          : `Comparing with the chart of ${session.ehrName}…`}
      </p>
    )
  const { unread } = judged.chart
  if (unread.length === 0) return <p className="soft small">Compared with the chart of {session.ehrName}.</p>
  const failed = unread.filter(({ state }) => state.kind === 'failed' || state.kind === 'stopped')
  const told = unread.map(({ type, state }) => `${typeNames[type].toLowerCase()} (${why(state)})`).join(', ')
  return failed.length === 0 ? (
    <p className="soft small">
      Compared with the chart of {session.ehrName}. Not compared: {told}.
    </p>
  ) : (
    <Notice tone="ask" title="Not all was compared with the chart.">
      <p>Not compared: {told}. What the chart has of these is not known here.</p>
      <Button onClick={onAgain}>Read the chart again</Button>
    </Notice>
  )
}

function why({ kind }: TypeState): string {
  if (kind === 'not-shared') return 'this app may not read them in the chart'
  if (kind === 'not-offered') return 'the chart does not offer them to apps'
  return kind === 'done' ? 'the chart sent only a part' : 'the chart could not be read'
}
