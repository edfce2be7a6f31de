import type { PayerAnswer } from '../../domain/crd/ask'
import { type CardGroup, groupCards } from '../../domain/crd/card-groups'
import { findReferenced } from '../../domain/crd/suggestion-references'
import { draftName } from '../../domain/crd/suggestion-words'
import type { FhirJson } from '../../domain/json'
import { CopyButton, Notice } from '../../ui'
import { unreadableText } from './answer-document'
import { CardView } from './CardView'
import type { SuggestionDesk } from './Suggestions'

interface Props {
  readonly answer: Extract<PayerAnswer, { kind: 'answered' | 'undecided' }>
  readonly desk: SuggestionDesk
}

/** A payer's cards by the orders that they are about, alike ones once, loudest first, and what of the answer could not be read (U6). */
export function Cards({ answer, desk }: Props) {
  const orders = desk.world.resources
  const { cards, unreadable } = answer
  const payerName = answer.payer?.name ?? 'the payer'
  if (cards.length === 0 && unreadable.length === 0) return null
  const groups = groupCards([{ payerId: answer.payer?.id ?? '', payerName, cards }], orders)
  const reference = [
    `Question ${answer.hookInstance ?? 'without reference'}`,
    ...unreadable.map((each) => `${each.path}: ${each.reason}`),
  ].join('\n')
  return (
    <section className="stack" aria-labelledby="wi-messages">
      <h2 id="wi-messages">Messages from {payerName}</h2>
      {groups.map((group) => {
        const said = group.cards.map((merged) => (
          <CardView key={merged.key} merged={merged} payerName={payerName} desk={desk} />
        ))
        // Where all is about one thing there is nothing to tell apart.
        if (groups.length === 1 && group.isAsked) return said
        const name = groupName(group, orders)
        return (
          <section key={group.key} className="stack" aria-label={name}>
            <p className="wi-group">{name}</p>
            {said}
          </section>
        )
      })}
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

/** "About MRI of the knee (73721)". */
function groupName({ orders: about, isAsked }: CardGroup, orders: readonly FhirJson[]): string {
  if (about.length === 0) return 'About no order in particular'
  const names = about.flatMap((each) => {
    const found = findReferenced(each, orders)
    return found === undefined ? [] : [draftName(found)]
  })
  if (names.length === 0) return 'About something that was not asked about'
  return `About ${[...names, ...(isAsked ? [] : ['something that was not asked about'])].join(' and ')}`
}
