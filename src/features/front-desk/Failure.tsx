import type { PayerAnswer } from '../../domain/crd/ask'
import { problemText } from '../../domain/problem-text'
import { CopyButton } from '../../ui'
import { useWork } from '../work'

/** Why there is no answer, what to do, and the number under which the payer's people find it (U15). Nothing where it did not fail. */
export function Failure({ answer }: { readonly answer: PayerAnswer }) {
  const { policy } = useWork().site
  if (answer.kind !== 'failed') return null
  const { happened, next, technical } = problemText(answer.problem)
  const { hookInstance } = answer
  return (
    <>
      <p>
        {happened} {next}
      </p>
      {policy.technicalDetails && technical !== undefined && <p className="small soft">{technical}</p>}
      {hookInstance !== undefined && (
        <div className="cluster no-print">
          <CopyButton text={hookInstance} label={`Copy reference ${hookInstance.slice(0, 8)}`} />
        </div>
      )}
    </>
  )
}
