import type { CoverageProposal } from '../../domain/front-desk/messages'
import { CopyButton, Facts } from '../../ui'

interface Props {
  readonly proposal: CoverageProposal
  readonly payer: string
}

/** What a payer would correct in the coverage: to be copied and entered by people, never written (CRD resp-70). */
export function Proposal({ proposal, payer }: Props) {
  const { lines, said } = proposal
  return (
    <section className="fd-section fd-proposal">
      <h3>{payer} proposes to correct the coverage</h3>
      {said !== undefined && <blockquote className="fd-quote">{said}</blockquote>}
      <Facts items={lines.map(({ label, value }) => ({ term: label, value }))} />
      <p className="small soft">
        Nothing was changed. Check it with the patient’s card, then enter it in the chart.
      </p>
      <div className="cluster no-print">
        <CopyButton
          text={lines.map(({ label, value }) => `${label}: ${value}`).join('\n')}
          label="Copy the proposal"
        />
      </div>
    </section>
  )
}
