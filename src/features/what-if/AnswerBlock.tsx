import type { Ref } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import { never } from '../../domain/result'
import { Button, CopyButton, formatDate, Notice, Panel, ProblemNotice, StateTag } from '../../ui'
import type { Answered } from '../asking/use-ask'
import { AnswerContents, Call } from './AnswerContents'
import { PayerReads } from './PayerReads'
import { answersUnasked, coverageKept, glanceAtAnswer, UNASKED } from './verdict'

interface Props {
  readonly answered: Answered
  readonly isStale: boolean
  /** Absent: an answer of earlier, from which nothing is asked again; it says the day on which it was given. */
  readonly onAskAgain?: (() => void) | undefined
  /** The whole answer as text. */
  readonly text: string
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly technicalDetails: boolean
}

/** What one payer said, or why it said nothing: verdict first, facts in one order, codes folded (U3, U4). */
export function AnswerBlock({ answered, isStale, onAskAgain, text, headingRef, technicalDetails }: Props) {
  const { answer, question } = answered
  const kept = coverageKept(answered)
  const glance = glanceAtAnswer(answer)
  const tone = glance.tone === 'busy' ? 'mute' : glance.tone
  return (
    <Panel
      as="article"
      tone={isStale ? 'mute' : tone}
      headingRef={headingRef}
      title={
        <>
          {answer.payer?.name ?? 'No payer was asked'} <span className="soft">· {question.title}</span>
        </>
      }
      aside={<StateTag tone={glance.tone}>{glance.tag}</StateTag>}
    >
      {isStale && (
        <Notice
          tone="ask"
          title="You changed the question after this answer. Ask again."
          actions={onAskAgain && <Button onClick={onAskAgain}>Ask again</Button>}
        />
      )}
      <p className="wi-verdict">{glance.sentence}</p>
      {kept !== undefined && <p className="soft">{kept}</p>}
      {answersUnasked(answer) && (
        <Notice tone="ask" title="This is not the first payer">
          <p>{UNASKED}</p>
        </Notice>
      )}
      <Body answer={answer} onAskAgain={onAskAgain} technicalDetails={technicalDetails} />
      {onAskAgain !== undefined && <PayerReads answer={answer} />}
      <p className="meta">
        <span>{timing(answer, onAskAgain === undefined)}</span>
        {spoke(answer) && <span>Not a guarantee of payment</span>}
      </p>
      <div className="cluster no-print">
        <CopyButton text={text} label="Copy as text" />
        <Button variant="quiet" onClick={() => window.print()}>
          Print
        </Button>
      </div>
    </Panel>
  )
}

function Body({
  answer,
  onAskAgain,
  technicalDetails,
}: {
  readonly answer: PayerAnswer
  readonly onAskAgain: (() => void) | undefined
  readonly technicalDetails: boolean
}) {
  const phone = answer.payer?.phone
  switch (answer.kind) {
    case 'answered':
    case 'undecided':
      return <AnswerContents content={answer} payer={answer.payer} />
    case 'silent':
      return <Call phone={phone} />
    case 'refused':
      return (
        <Notice tone="info" title="Why">
          <p>{answer.message}</p>
          {technicalDetails && <p className="small soft">Rule {answer.rule}</p>}
        </Notice>
      )
    case 'failed':
      return (
        <ProblemNotice
          problem={answer.problem}
          notDone={
            answer.hookInstance === undefined
              ? 'Nothing was sent to the payer.'
              : 'No answer was received. Nothing was ordered and nothing was written.'
          }
          phone={phone}
          technicalDetails={technicalDetails}
          {...(onAskAgain && { onRetry: onAskAgain })}
          {...(answer.hookInstance !== undefined && { reference: answer.hookInstance })}
          {...(answer.serviceChanged &&
            onAskAgain !== undefined && {
              actions: (
                <p className="small">The payer has changed its service meanwhile: trying again may help.</p>
              ),
            })}
        />
      )
    case 'skipped':
      return (
        <>
          <Call phone={phone} />
          {onAskAgain !== undefined && (
            <div className="cluster">
              <Button onClick={onAskAgain}>Ask again</Button>
            </div>
          )}
        </>
      )
    default:
      return never(answer)
  }
}

/** Something was said that could be taken for a promise. */
const spoke = ({ kind }: PayerAnswer): boolean => kind === 'answered' || kind === 'undecided'

/** "Answered 10:32, 0.8 s"; with the day where it need not be today. */
function timing(answer: PayerAnswer, withDay: boolean): string {
  const lasted = answer.endedAt - answer.askedAt
  const seconds = lasted < 100 ? 'under 0.1' : (lasted / 1000).toFixed(1)
  const verb: Readonly<Record<PayerAnswer['kind'], string>> = {
    answered: 'Answered',
    undecided: 'Answered',
    silent: 'Answered',
    failed: 'Failed',
    refused: 'Stopped',
    skipped: 'Skipped',
  }
  const time = withDay ? `${dayOf(answer.endedAt)} ${clockTime(answer.endedAt)}` : clockTime(answer.endedAt)
  return answer.kind === 'refused' ? `${verb.refused} ${time}` : `${verb[answer.kind]} ${time}, ${seconds} s`
}

function clockTime(epochMs: number): string {
  const at = new Date(epochMs)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

function dayOf(epochMs: number): string {
  const at = new Date(epochMs)
  const two = (n: number): string => String(n).padStart(2, '0')
  return formatDate(`${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`)
}
