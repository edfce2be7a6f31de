import { useEffect, useRef } from 'react'
import { Button, Notice } from '../../ui'
import type { SuggestionUse } from './Suggestions'

interface Props {
  /** Absent where the form was kept from an earlier launch. */
  readonly use: SuggestionUse | undefined
  /** Whose order the form was filled from. */
  readonly from: 'payer' | 'chart'
  /** False where the user has since chosen something else. */
  readonly isFollowed: boolean
  readonly onUndo: () => void
  readonly onLetGo: () => void
}

/** Above a form that holds a payer's proposal: what it is, what is not to be seen in it, and the way back (U7). It takes focus when it comes. */
export default function ProposalNotice({ use, from, isFollowed, onUndo, onLetGo }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (use !== undefined) box.current?.focus()
  }, [use])
  return (
    <div ref={box} tabIndex={-1}>
      <Notice
        tone="info"
        title={use === undefined ? STARTED[from] : `Suggestion in use: ${use.label}`}
        actions={
          use === undefined ? (
            <Button onClick={onLetGo}>Leave out what the form has no field for</Button>
          ) : (
            <Button onClick={onUndo}>Undo</Button>
          )
        }
      >
        <p>The form below holds it: check it, change it, ask again. Nothing is written to the chart.</p>
        {!isFollowed && <p>You have chosen something else since: only what stands in the form is asked.</p>}
        {isFollowed && use === undefined && <p>{ALONG[from]}</p>}
        {isFollowed && use !== undefined && use.notes.length > 0 && (
          <ul>
            {use.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {isFollowed && (
          <p className="soft small">
            A field that you change is asked as you write it; what{' '}
            {from === 'payer' ? 'the payer' : 'the order'} said in that part is left out then. “What will be
            sent” shows it to the letter.
          </p>
        )}
      </Notice>
    </div>
  )
}

const STARTED = {
  payer: 'This comes from a payer’s suggestion',
  chart: 'Started from an order in the chart',
} as const

const ALONG = {
  payer: 'What the payer proposed besides the fields of the form is asked along.',
  chart: 'The order itself is not changed. What it says besides the fields of the form is asked along.',
} as const
