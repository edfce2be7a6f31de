import type { ReactNode, Ref } from 'react'
import { formatMadeAt, instantAt } from '../../domain/document/made-at'
import type { AnswerPart, FrontDeskAnswer } from '../../domain/front-desk/answer'
import { inWords, type Phrase } from '../../domain/front-desk/phrases'
import { en } from '../../domain/front-desk/words/en'
import { Button, Facts, formatDate, Notice, Panel, StateTag } from '../../ui'
import { toneOf } from './answer-tone'
import { Proposal } from './Proposal'

interface Props {
  readonly answer: FrontDeskAnswer
  /** "Gold PPO"; the payer where it is not known. */
  readonly title: string
  /** What it was asked about, in a line. */
  readonly about: string
  /** Member id that was entered for this question; empty: the chart's. */
  readonly memberId: string
  readonly isStale: boolean
  readonly onAskAgain: () => void
  readonly headingRef?: Ref<HTMLHeadingElement>
  /** The same to the patient in their own language, by BCP 47. */
  readonly told?: { readonly language: string; readonly text: string } | undefined
  /** Why there is no answer. */
  readonly failure?: ReactNode
  /** The ways to paper. */
  readonly papers?: ReactNode
}

/** One payer's answer: one large sentence, then what to say, collect and whom to call (U20). */
export function DeskAnswer(props: Props) {
  const { answer, title, about, memberId, isStale, onAskAgain, headingRef, told, failure, papers } = props
  const several = answer.parts.length > 1
  const [only] = answer.parts
  const again = ['failed', 'skipped'].includes(answer.outcome)
  return (
    <Panel
      as="article"
      tone={isStale ? 'mute' : toneOf(answer)}
      {...(headingRef && { headingRef })}
      title={
        <>
          {title} <span className="soft">· {about}</span>
        </>
      }
      aside={<StateTag tone={isStale ? 'mute' : toneOf(answer)}>{say(answer.tag)}</StateTag>}
    >
      {isStale && (
        <Notice
          tone="ask"
          title="You changed the question after this answer. Ask again."
          actions={<Button onClick={onAskAgain}>Ask again</Button>}
        />
      )}
      <p className={answer.isSecondary ? 'fd-second' : 'fd-verdict'} data-stale={isStale || undefined}>
        {say(answer.headline)}
      </p>
      <Lines phrases={answer.why} />
      {failure}
      {!several && only && <Part part={only} />}
      {several && (
        <ul className="plain stack">
          {answer.parts.map((part) => (
            <li key={part.key} className="fd-part">
              <p>
                <strong>{say(part.headline)}</strong>
              </p>
              <Part part={part} />
            </li>
          ))}
        </ul>
      )}
      {answer.authorization && (
        <Section title="Time for the authorization">
          <p>{say(answer.authorization.said)}</p>
          {answer.authorization.quote && <Quote>{say(answer.authorization.quote)}</Quote>}
        </Section>
      )}
      {answer.unknown.length > 0 && (
        <Section title="What was not learned">
          <Lines phrases={answer.unknown} />
        </Section>
      )}
      {answer.tell && (
        <Section title="What to tell the patient">
          <p>“{say(answer.tell)}”</p>
          {told && <p lang={told.language}>“{told.text}”</p>}
        </Section>
      )}
      {answer.collect.length > 0 && (
        <Section title="What to collect">
          <Lines phrases={answer.collect} />
        </Section>
      )}
      <Section title="Who to call">
        <Lines phrases={answer.call} />
      </Section>
      <Messages answer={answer} />
      {answer.proposals.map((proposal) => (
        <Proposal key={proposal.key} proposal={proposal} payer={answer.payer} />
      ))}
      {memberId !== '' && (
        <p className="small">
          Asked with member id <span className="num">{memberId}</span>, entered here. The chart was not
          changed.
        </p>
      )}
      {answer.references.length > 0 && (
        <Facts items={[{ term: 'Reference number', value: answer.references.join(', ') }]} />
      )}
      <p className="meta">
        <span>{momentWords(answer.endedAt)}</span>
        {answer.parts.length > 0 && <span>Not a guarantee of payment</span>}
      </p>
      {again && !isStale && (
        <div className="cluster no-print">
          <Button onClick={onAskAgain}>Try again</Button>
        </div>
      )}
      {papers}
    </Panel>
  )
}

const say = (phrase: Phrase): string => inWords(phrase, en)

/** "21-Nov-2026 10:32 (UTC-06:00)". */
const momentWords = (epochMs: number): string =>
  formatMadeAt(instantAt(epochMs, -new Date(epochMs).getTimezoneOffset()))

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="fd-section">
    <h3>{title}</h3>
    {children}
  </section>
)

/** The payer's own words, set apart from ours. */
const Quote = ({ children }: { readonly children: ReactNode }) => (
  <blockquote className="fd-quote">{children}</blockquote>
)

function Lines({ phrases }: { readonly phrases: readonly Phrase[] }) {
  if (phrases.length === 0) return null
  return (
    <ul className="plain fd-lines">
      {phrases.map((phrase) => (
        <li key={JSON.stringify(phrase)}>
          {phrase.key === 'quote' ? <Quote>{say(phrase)}</Quote> : say(phrase)}
        </li>
      ))}
    </ul>
  )
}

/** Why, and outside of what nothing may be concluded. */
function Part({ part }: { readonly part: AnswerPart }) {
  const dates = [
    part.asOf === undefined ? undefined : `As of ${formatDate(part.asOf)}`,
    part.until === undefined ? undefined : `good until ${formatDate(part.until)}`,
  ].filter((each) => each !== undefined)
  return (
    <>
      <Lines phrases={[...part.why, ...part.conditions]} />
      {part.warnings.map((warning) => (
        <p key={warning} className="wi-warn">
          {warning}
        </p>
      ))}
      {dates.length > 0 && <p className="small soft">{dates.join(', ')}</p>}
    </>
  )
}

/** What the payer said besides; what is on treatment is only counted. */
function Messages({ answer }: { readonly answer: FrontDeskAnswer }) {
  const { notes, leftOut, unreadable, payer } = answer
  if (notes.length + leftOut + unreadable === 0) return null
  return (
    <Section title={`Messages of ${payer}`}>
      {notes.map(({ key, said, more }) => (
        <Quote key={key}>
          <p>
            <strong>{say(said)}</strong>
          </p>
          {more && <p className="fd-plain">{say(more)}</p>}
        </Quote>
      ))}
      {leftOut > 0 && (
        <p className="small soft">
          {leftOut === 1 ? 'One message' : `${leftOut} messages`} for the clinician left out here.
        </p>
      )}
      {unreadable > 0 && (
        <p className="small soft">
          {unreadable === 1 ? 'One part' : `${unreadable} parts`} of the answer could not be read.
        </p>
      )}
    </Section>
  )
}
