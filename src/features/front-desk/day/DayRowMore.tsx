import type { FrontDeskAnswer } from '../../../domain/front-desk/answer'
import type { DayRow, RowStanding } from '../../../domain/front-desk/day-rows'
import { Button, Facts, formatDate } from '../../../ui'
import { DeskAnswer } from '../DeskAnswer'
import { rowId } from './row-id'

interface Props {
  readonly row: DayRow
  readonly kind: RowStanding['kind']
  readonly answer: FrontDeskAnswer | undefined
  readonly onAsk: (questions: readonly string[]) => void
}

/** The whole of a row: the answer as for a single question, else what would be asked. */
export default function DayRowMore({ row, kind, answer, onAsk }: Props) {
  const { question, payer, others } = row
  const ask = () => {
    if (question === undefined) return
    onAsk([question])
    // The button goes while the payer is asked: the row keeps the focus, and takes it along where it moves (U17).
    document.getElementById(rowId(row))?.focus()
  }
  // An answer that failed has a way to try again of its own.
  const canAsk = kind === 'unasked' || (kind === 'answered' && answer?.state !== 'could-not-ask')
  return (
    <div className="stack">
      {answer ? (
        <DeskAnswer
          answer={answer}
          title={row.coverage ?? payer?.name ?? 'No payer was asked'}
          about={[row.service, formatDate(row.date), row.time].filter(Boolean).join(', ')}
          memberId=""
          isStale={false}
          onAskAgain={ask}
        />
      ) : (
        <Facts
          items={[
            { term: 'Coverage', value: row.coverage ?? 'Not known' },
            { term: 'With', value: row.who.join(', ') || 'Not known' },
            { term: 'Place', value: row.where.join(', ') || 'Not known' },
          ]}
        />
      )}
      {others.length > 0 && (
        <p className="small">
          Also insured: {others.join(', ')}. Ask about it at “One question”: here only the first one is asked.
        </p>
      )}
      {canAsk && payer && (
        <div className="cluster no-print">
          <Button onClick={ask}>
            Ask {payer.name}
            {answer && ' again'}
          </Button>
        </div>
      )}
    </div>
  )
}
