import type { AnswerContent } from '../../domain/crd/ask'
import type { CoverageAnswer } from '../../domain/crd/coverage-answer'
import { formsAtHand, formsOf } from '../../domain/crd/questionnaire-source'
import type { Payer } from '../../domain/payer-directory'
import { Notice } from '../../ui'
import { ActionDetails } from './ActionDetails'
import { Assertion } from './Assertion'
import { actionSentence } from './action-words'
import { Forms } from './Forms'
import { glanceAtCoverage } from './verdict'

/** The way to people, where the answer does not suffice. */
export const Call = ({ phone }: { readonly phone: string | undefined }) => (
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

interface Props {
  readonly content: AnswerContent
  readonly payer: Payer | undefined
}

/** What a payer said, each assertion by itself, and what else it wanted to do, which is shown and never done (U3). */
export function AnswerContents({ content, payer }: Props) {
  const phone = payer?.phone
  const payerName = payer?.name ?? 'The payer'
  const forms = formsAtHand(content)
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
            <Assertion answer={answer} phone={phone} payerName={payerName} forms={forms} />
          </section>
        ) : (
          <Assertion key={answer.key} answer={answer} phone={phone} payerName={payerName} forms={forms} />
        ),
      )}
      {content.coverage.length === 0 && phone !== undefined && <Call phone={phone} />}
      {content.otherActions.length > 0 && (
        <Notice tone="ask" title="The payer also wanted to change something. Nothing was changed.">
          <ul>
            {content.otherActions.map((action, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the actions of an answer never move
              <li key={i}>
                {actionSentence(action)}
                <ActionDetails action={action} orders={[]} />
              </li>
            ))}
          </ul>
          <Forms forms={formsOf(content.otherActions, forms)} payerName={payerName} />
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
