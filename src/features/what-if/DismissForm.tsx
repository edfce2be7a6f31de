import { useEffect, useId, useRef, useState } from 'react'
import type { CodeChoice } from '../../domain/ports'
import { Button, Field } from '../../ui'
import { keyOf, type LeftAside, reasonWords } from './left-aside'

interface Props {
  readonly reasons: readonly CodeChoice[]
  /** Who is told; absent: nobody is. */
  readonly toldPayer: string | undefined
  readonly onDismiss: (aside: LeftAside) => void
  readonly onCancel: () => void
}

/** Why a card is left aside: one of its own reasons or none; words of one's own only where the payer reads them (U7). */
export function DismissForm({ reasons, toldPayer, onDismiss, onCancel }: Props) {
  const name = useId()
  const first = useRef<HTMLFieldSetElement>(null)
  const [reason, setReason] = useState<CodeChoice>()
  const [comment, setComment] = useState('')
  useEffect(() => first.current?.querySelector<HTMLElement>('input, textarea')?.focus(), [])
  const dismiss = () => {
    const typed = comment.trim()
    onDismiss({ ...(reason !== undefined && { reason }), ...(typed !== '' && { comment: typed }) })
  }
  return (
    <fieldset className="wi-dismiss no-print" ref={first}>
      <legend className="visually-hidden">Why it is left aside</legend>
      {reasons.length > 0 && (
        <div role="radiogroup" aria-label="Reason (optional)">
          <p className="label">
            Reason <span className="soft small">(optional)</span>
          </p>
          {reasons.map((each) => (
            <label key={keyOf(each)} className="check">
              <input
                type="radio"
                name={name}
                checked={reason !== undefined && keyOf(reason) === keyOf(each)}
                onChange={() => setReason(each)}
              />
              <span>{reasonWords(each)}</span>
            </label>
          ))}
        </div>
      )}
      {toldPayer !== undefined && (
        <>
          <Field
            id={`${name}-comment`}
            label={`Comment for ${toldPayer}`}
            hint="Do not name the patient here."
            optional
          >
            {(control) => (
              <textarea
                {...control}
                rows={2}
                maxLength={500}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
              />
            )}
          </Field>
          <p className="small">
            {toldPayer} is told, once, that you left its message aside
            {reasons.length > 0
              ? ', with the reason and the comment if you give them.'
              : ', with the comment if you give one.'}
          </p>
        </>
      )}
      <div className="cluster">
        <Button onClick={dismiss}>Leave aside</Button>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </fieldset>
  )
}
