import type { Ref } from 'react'
import type { AnswerContent, PayerAnswer } from '../../domain/crd/ask'
import type { CoverageAnswer } from '../../domain/crd/coverage-answer'
import { never } from '../../domain/result'
import { Button, CopyButton, Notice, Panel, ProblemNotice, StateTag } from '../../ui'
import { Assertion } from './Assertion'
import { actionSentence } from './action-words'
import type { Answered } from './use-ask'
import { glanceAtAnswer, glanceAtCoverage } from './verdict'

interface Props {
  readonly answered: Answered
  readonly isStale: boolean
  readonly onAskAgain: () => void
  /** The whole answer as text. */
  readonly text: string
  readonly headingRef: Ref<HTMLHeadingElement>
  readonly technicalDetails: boolean
}

/** What one payer said, or why it said nothing: verdict first, facts in one order, codes folded (U3, U4). */
export function AnswerBlock({ answered, isStale, onAskAgain, text, headingRef, technicalDetails }: Props) {
  const { answer, question } = answered
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
          actions={<Button onClick={onAskAgain}>Ask again</Button>}
        />
      )}
      <p className="wi-verdict">{glance.sentence}</p>
      <Body answer={answer} onAskAgain={onAskAgain} technicalDetails={technicalDetails} />
      <p className="meta">
        <span>{timing(answer)}</span>
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
  readonly onAskAgain: () => void
  readonly technicalDetails: boolean
}) {
  const phone = answer.payer?.phone
  switch (answer.kind) {
    case 'answered':
    case 'undecided':
      return <Content content={answer} phone={phone} />
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
          onRetry={onAskAgain}
          {...(answer.hookInstance !== undefined && { reference: answer.hookInstance })}
          {...(answer.serviceChanged && {
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
          <div className="cluster">
            <Button onClick={onAskAgain}>Ask again</Button>
          </div>
        </>
      )
    default:
      return never(answer)
  }
}

const Call = ({ phone }: { readonly phone: string | undefined }) => (
  <p>
    {phone === undefined ? (
      'If it matters now, call the payer.'
    ) : (
      <>
        If it matters now, call the payer: <span className="num">{phone}</span>.
      </>
    )}
  </p>
)

function Content({
  content,
  phone,
}: {
  readonly content: AnswerContent
  readonly phone: string | undefined
}) {
  const asked = content.coverage.filter((answer) => answer.isAsked)
  const strange = content.coverage.filter((answer) => !answer.isAsked)
  const several = content.coverage.length > 1
  return (
    <>
      {[...asked, ...strange].map((answer) =>
        several ? (
          <section key={answer.key} className="wi-assertion">
            <h3>{glanceAtCoverage(answer).sentence}</h3>
            <p className="soft">{scopeOf(answer)}</p>
            <Assertion answer={answer} phone={phone} />
          </section>
        ) : (
          <Assertion key={answer.key} answer={answer} phone={phone} />
        ),
      )}
      {content.coverage.length === 0 && phone !== undefined && <Call phone={phone} />}
      {content.otherActions.length > 0 && (
        <Notice tone="ask" title="The payer also wanted to change something. Nothing was changed.">
          <ul>
            {content.otherActions.map((action, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the actions of an answer never move
              <li key={i}>{actionSentence(action)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

/** What one of several answers holds for. */
function scopeOf(answer: CoverageAnswer): string {
  const codes = answer.billingCodes.map((c) => (c.display === '' ? c.code : `${c.code} ${c.display}`))
  if (!answer.isAsked) return 'About an order that was not asked about'
  return codes.length === 0 ? 'Without a limit to certain codes' : `For ${codes.join(', ')}`
}

/** Something was said that could be taken for a promise. */
const spoke = ({ kind }: PayerAnswer): boolean => kind === 'answered' || kind === 'undecided'

/** "Answered 10:32, 0.8 s". */
function timing(answer: PayerAnswer): string {
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
  const time = clockTime(answer.endedAt)
  return answer.kind === 'refused' ? `${verb.refused} ${time}` : `${verb[answer.kind]} ${time}, ${seconds} s`
}

function clockTime(epochMs: number): string {
  const at = new Date(epochMs)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}
