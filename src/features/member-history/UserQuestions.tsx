import type { UserQuestion } from '../../domain/pdex/write-report'
import { Button, Notice } from '../../ui'
import type { ReportRow } from './report'
import { plural } from './words'

interface Props {
  readonly rows: readonly ReportRow[]
  readonly ehrName: string
  readonly onSettle: (step: string, seen: 'there' | 'absent') => void
}

/** What was sent without an answer to a chart that cannot be searched: only the user can look, so the user decides. */
export function UserQuestions({ rows, ehrName, onSettle }: Props) {
  const questions = new Map<string, { readonly question: UserQuestion; readonly names: string[] }>()
  for (const { planned, outcome } of rows) {
    const { question } = outcome
    if (question === undefined) continue
    const known = questions.get(question.step) ?? { question, names: [] }
    known.names.push(planned.record.display.what)
    questions.set(question.step, known)
  }
  return [...questions.values()].map(({ question, names }) => {
    const title = question.isDocument
      ? `Is the document "Outside record" with ${plural(names.length, 'record')} in the chart?`
      : `Is "${names[0]}" in the chart?`
    return (
      <Notice key={question.step} tone="ask" title={title}>
        <p>
          It was sent{question.at === undefined ? '' : ` at ${timeWords(question.at)}`}
          {question.isAccepted
            ? `, and ${ehrName} said that it will file it. `
            : `, and the answer of ${ehrName} was lost. `}
          This app cannot look for it there. Open the chart and look, then say what you saw. It is sent again
          only if you say that it is not there.
        </p>
        {question.isDocument && (
          <p className="small">
            It holds: {names.slice(0, 5).join('; ')}
            {names.length > 5 && ' …'}
          </p>
        )}
        <div className="cluster">
          <Button onClick={() => onSettle(question.step, 'there')}>It is there</Button>
          <Button onClick={() => onSettle(question.step, 'absent')}>It is not there</Button>
        </div>
      </Notice>
    )
  })
}

const timeWords = (at: number): string =>
  new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
