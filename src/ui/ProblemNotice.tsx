import type { ReactNode } from 'react'
import { problemText } from '../domain/problem-text'
import type { Problem } from '../domain/result'
import { Button } from './Button'
import { CopyButton } from './CopyButton'
import { Notice } from './Notice'

interface Props {
  readonly problem: Problem
  /** What did not happen because of it: "Nothing was sent to Acme Health." */
  readonly notDone: string
  /** An id to tell support; never derived from the patient. */
  readonly reference?: string
  /** Given only where a second try is safe. */
  readonly onRetry?: () => void
  readonly retryLabel?: string
  readonly actions?: ReactNode
  /** A line to call. */
  readonly phone?: string | undefined
  readonly technicalDetails?: boolean
  readonly role?: 'alert' | 'status'
}

/** An error in four parts: what happened, what was not done, what to do, a reference (U15). */
export function ProblemNotice(props: Props) {
  const {
    problem,
    notDone,
    reference,
    onRetry,
    retryLabel = 'Try again',
    phone,
    technicalDetails = false,
  } = props
  const text = problemText(problem)
  const actions = (
    <>
      {onRetry !== undefined && text.retry && <Button onClick={onRetry}>{retryLabel}</Button>}
      {props.actions}
      {reference !== undefined && (
        <CopyButton text={reference} label={`Copy reference ${reference.slice(0, 8)}`} />
      )}
    </>
  )
  return (
    <Notice tone="no" title={text.happened} actions={actions} {...(props.role && { role: props.role })}>
      <p>{notDone}</p>
      <p>
        {text.next}
        {phone !== undefined && (
          <>
            {' '}
            Phone: <span className="num">{phone}</span>.
          </>
        )}
      </p>
      {technicalDetails && text.technical !== undefined && <p className="small soft">{text.technical}</p>}
    </Notice>
  )
}
