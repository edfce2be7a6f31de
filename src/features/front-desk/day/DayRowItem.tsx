import { lazy, memo, Suspense } from 'react'
import type { FrontDeskAnswer } from '../../../domain/front-desk/answer'
import type { DayRow, RowStanding } from '../../../domain/front-desk/day-rows'
import { detailWords, standingWords } from '../../../domain/front-desk/day-words'
import { formatDate, Skeleton, StateTag } from '../../../ui'
import { toneOf } from '../answer-tone'
import { rowId } from './row-id'
import { timeOf } from './words'

const DayRowMore = lazy(() => import('./DayRowMore'))

interface Props {
  readonly row: DayRow
  readonly kind: RowStanding['kind']
  readonly answer: FrontDeskAnswer | undefined
  readonly isOpen: boolean
  readonly onToggle: (key: string) => void
  readonly onAsk: (questions: readonly string[]) => void
}

/** One appointment in a line or two; opens to the whole answer. Drawn anew only where its own answer changed. */
export const DayRowItem = memo(function DayRowItem({ row, kind, answer, isOpen, onToggle, onAsk }: Props) {
  const id = rowId(row)
  const standing: RowStanding =
    answer === undefined ? { kind: kind === 'answered' ? 'unasked' : kind } : { kind: 'answered', answer }
  const detail = detailWords(standing)
  return (
    <li className="fd-day-row" data-open={isOpen || undefined}>
      <div className="fd-day-line">
        <span className="num fd-day-time">{row.time ?? '–'}</span>
        <div>
          <button
            type="button"
            id={id}
            className="fd-day-name"
            aria-expanded={isOpen}
            aria-controls={isOpen ? `${id}-more` : undefined}
            onClick={() => onToggle(row.key)}
          >
            {row.patient ?? 'Name not known'}
          </button>
          <span className="small soft fd-day-born">Born {formatDate(row.born)}</span>
        </div>
        <div>
          <span>{row.service ?? 'Service not known'}</span>
          <span className="small soft">{[...row.who, ...row.where].join(', ')}</span>
        </div>
        <div>
          <span>{row.payer?.name}</span>
        </div>
        <div className="fd-day-state">
          <span>
            <StateTag tone={answer ? toneOf(answer) : kind === 'asking' ? 'busy' : 'mute'}>
              {standingWords(standing)}
            </StateTag>
          </span>
          {detail !== undefined && <span className="small">{detail}</span>}
          {answer && (
            <span className="small soft">
              {answer.references.length > 0 && `Reference ${answer.references.join(', ')} · `}
              {answer.state === 'could-not-ask' ? 'Asked' : 'Answered'}{' '}
              <span className="num">{timeOf(answer.endedAt)}</span>
            </span>
          )}
        </div>
      </div>
      {isOpen && (
        <div id={`${id}-more`} className="fd-day-more">
          <Suspense fallback={<Skeleton lines={4} label="Opening" />}>
            <DayRowMore row={row} kind={kind} answer={answer} onAsk={onAsk} />
          </Suspense>
        </div>
      )}
    </li>
  )
})
