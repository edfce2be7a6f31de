import { useId, useState } from 'react'
import type { PayerAnswer } from '../../domain/crd/ask'
import {
  type CardGroup,
  filterByTopic,
  groupCards,
  type MergedCard,
  topicsOf,
} from '../../domain/crd/card-groups'
import { findReferenced } from '../../domain/crd/suggestion-references'
import { draftName } from '../../domain/crd/suggestion-words'
import type { FhirJson } from '../../domain/json'
import { CopyButton, Notice } from '../../ui'
import { unreadableText } from './answer-document'
import { CardSlot } from './CardSlot'
import type { CardDesk } from './card-desk'
import type { LeftAside } from './left-aside'
import './reading.css'
import { TopicFilter } from './TopicFilter'

interface Props {
  readonly answer: Extract<PayerAnswer, { kind: 'answered' | 'undecided' }>
  readonly desk: CardDesk
  /** An answer of earlier: nothing is left aside, nobody is told. */
  readonly readOnly?: boolean
}

/**
 * A payer's cards by the orders that they are about, alike ones once, loudest first, and what of the answer could not be read (U6).
 * What was left aside and filtered is kept as long as this answer is on screen.
 */
export function Cards({ answer, desk, readOnly = false }: Props) {
  const id = useId()
  const [topics, setTopics] = useState<ReadonlySet<string>>(new Set())
  const [aside, setAside] = useState<ReadonlyMap<string, LeftAside>>(new Map())
  const orders = desk.world.resources
  const { cards, unreadable } = answer
  const payerName = answer.payer?.name ?? 'the payer'
  if (cards.length === 0 && unreadable.length === 0) return null
  const all = groupCards([{ payerId: answer.payer?.id ?? '', payerName, cards }], orders)
  const kinds = topicsOf(all)
  const groups = filterByTopic(all, topics)
  const leave = (key: string, why: LeftAside | undefined) => {
    const others = [...aside].filter(([each]) => each !== key)
    setAside(new Map(why === undefined ? others : [...others, [key, why]]))
  }
  const slot = (merged: MergedCard) => (
    <CardSlot
      key={merged.key}
      merged={merged}
      payerName={payerName}
      desk={desk}
      aside={aside.get(merged.key)}
      {...(!readOnly && { onAside: (why: LeftAside | undefined) => leave(merged.key, why) })}
    />
  )
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>Messages from {payerName}</h2>
      {kinds.length > 1 && (
        <TopicFilter
          topics={kinds}
          chosen={topics}
          onChoose={setTopics}
          shown={countOf(groups)}
          total={countOf(all)}
        />
      )}
      {groups.map((group) => {
        const said = group.cards.map(slot)
        // Where all is about one thing there is nothing to tell apart.
        if (all.length === 1 && group.isAsked) return said
        const name = groupName(group, orders)
        return (
          <section key={group.key} className="stack" aria-label={name}>
            <p className="wi-group">{name}</p>
            {said}
          </section>
        )
      })}
      {unreadable.length > 0 && <Unreadable answer={answer} payerName={payerName} />}
    </section>
  )
}

const countOf = (groups: readonly CardGroup[]): number =>
  groups.reduce((sum, group) => sum + group.cards.length, 0)

/** Messages that could not be read: how many, and a reference for support without any of their content. */
function Unreadable({ answer, payerName }: { readonly answer: Props['answer']; readonly payerName: string }) {
  const { unreadable, hookInstance } = answer
  const reference = [
    `Question ${hookInstance ?? 'without reference'}`,
    ...unreadable.map((each) => `${each.path}: ${each.reason}`),
  ].join('\n')
  return (
    <Notice
      tone="ask"
      title={unreadableText(unreadable.length)}
      actions={<CopyButton text={reference} label="Copy reference" />}
    >
      <p>{payerName} sent something that is not in the agreed form. Give the reference to support.</p>
    </Notice>
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
