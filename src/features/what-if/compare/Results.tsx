import { type Ref, useMemo } from 'react'
import type { PayerComparison } from '../../../domain/crd/compare'
import { documentPatient } from '../../../domain/document/document-patient'
import { Button, CopyButton, Panel } from '../../../ui'
import { PrintSheet } from '../../../ui/PrintSheet'
import type { QuestionLine } from '../../asking/asked-question'
import { practitionerName } from '../../asking/PartySearch'
import { useWork, type Work } from '../../work'
import { ComparedList } from './ComparedList'
import { ComparedTable } from './ComparedTable'
import { type ColumnView, comparisonOf, instantOf } from './column-view'
import { comparisonCopy, comparisonDocument } from './compare-document'
import { useNarrow } from './use-narrow'

interface Props {
  readonly views: readonly ColumnView[]
  /** The original in words. */
  readonly question: readonly QuestionLine[]
  readonly headingRef: Ref<HTMLHeadingElement>
}

/** What the payers said, side by side: a table for each payer, or a list for each way where a table has no room (U8). */
export function Results({ views, question, headingRef }: Props) {
  const work = useWork()
  const isNarrow = useNarrow()
  const comparison = comparisonOf(views)
  const frame = useMemo(() => printFrame(work), [work])
  if (comparison.payers.length === 0)
    return (
      <Panel title="Answers side by side" headingRef={headingRef}>
        <p className="soft">
          Nothing is answered yet. After “Ask all” each payer’s answers stand here, the question as first
          asked in front.
        </p>
      </Panel>
    )
  const ended = views.flatMap(({ answered }) => answered.map(({ answer }) => answer.endedAt))
  const noteOf = (payerId: string) => (comesSecond(views, payerId) ? SECOND : undefined)
  const content = { ...frame, question, noteOf, madeAt: instantOf(Math.max(...ended)) }
  const tableOf = (payer: PayerComparison) => ({
    payer,
    columns: comparison.columns,
    note: noteOf(payer.payerId),
  })
  return (
    <Panel
      title="Answers side by side"
      headingRef={headingRef}
      aside={
        <span className="cluster no-print">
          <CopyButton text={comparisonCopy(comparison, content)} label="Copy as text" />
          <Button variant="quiet" onClick={() => window.print()}>
            Print
          </Button>
        </span>
      }
    >
      {comparison.payers.map((payer) =>
        isNarrow ? (
          <ComparedList key={payer.payerId} {...tableOf(payer)} />
        ) : (
          <ComparedTable key={payer.payerId} {...tableOf(payer)} />
        ),
      )}
      <p className="soft small">
        Cells that differ from the first column are tinted and marked ≠. What is not there reads “Not stated”:
        it never means no. Not a guarantee of payment.
      </p>
      <PrintSheet document={comparisonDocument(comparison, content)} />
    </Panel>
  )
}

/** Only the likely primary payer is asked for coverage information (CRD dev-28, dev-30). */
const comesSecond = (views: readonly ColumnView[], payerId: string): boolean =>
  views.some(({ answered }) =>
    answered.some(({ answer }) => answer.payer?.id === payerId && answer.payerRole === 'secondary'),
  )

const SECOND = 'Asked for all but coverage where another payer comes first: it reads “Not stated” there.'

function printFrame({ chart, ports }: Work) {
  const { patient, user } = chart
  return {
    patient: documentPatient(patient, ports.clock.now()),
    askedBy: user === undefined ? 'Not known' : practitionerName(user),
  }
}
