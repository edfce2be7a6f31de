import { useMemo } from 'react'
import type { Problem } from '../domain/result'
import { ProblemNotice } from '../ui'

/** The chart could not be read: why, and the way to try again. */
export default function ChartProblem(props: {
  readonly problem: Problem
  readonly again: () => void
  readonly newId: () => string
}) {
  const reference = useMemo(() => props.newId(), [props.newId])
  return (
    <ProblemNotice
      role="alert"
      problem={props.problem}
      notDone="The patient could not be read from the chart, so nothing can be asked or brought in yet. Nothing was sent to any payer."
      reference={reference}
      onRetry={props.again}
    />
  )
}
