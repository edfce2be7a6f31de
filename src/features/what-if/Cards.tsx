import type { PayerAnswer } from '../../domain/crd/ask'
import type { FhirJson } from '../../domain/json'
import { CopyButton, Notice } from '../../ui'
import { unreadableText } from './answer-document'
import { CardView } from './CardView'

interface Props {
  readonly answer: Extract<PayerAnswer, { kind: 'answered' | 'undecided' }>
  readonly orders: readonly FhirJson[]
}

/** A payer's cards, loudest first as they were sorted on reading, and what of the answer could not be read (U6). */
export function Cards({ answer, orders }: Props) {
  const { cards, unreadable } = answer
  const payerName = answer.payer?.name ?? 'the payer'
  if (cards.length === 0 && unreadable.length === 0) return null
  const reference = [
    `Question ${answer.hookInstance ?? 'without reference'}`,
    ...unreadable.map((each) => `${each.path}: ${each.reason}`),
  ].join('\n')
  return (
    <section className="stack" aria-labelledby="wi-messages">
      <h2 id="wi-messages">Messages from {payerName}</h2>
      {cards.map((card) => (
        <CardView key={card.key} card={card} payerName={payerName} orders={orders} />
      ))}
      {unreadable.length > 0 && (
        <Notice
          tone="ask"
          title={unreadableText(unreadable.length)}
          actions={<CopyButton text={reference} label="Copy reference" />}
        >
          <p>{payerName} sent something that is not in the agreed form. Give the reference to support.</p>
        </Notice>
      )}
    </section>
  )
}
