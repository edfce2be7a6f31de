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

/** An answer that may carry cards. */
export type CardAnswer = Extract<PayerAnswer, { kind: 'answered' | 'undecided' }>

interface Props {
  /** Of one payer, or of several that were asked the same. */
  readonly answers: readonly CardAnswer[]
  /** What cards of a payer are read with. */
  readonly deskOf: (payerId: string) => CardDesk
  /** The drafts as they were asked: what cards are about. */
  readonly orders: readonly FhirJson[]
  /** An answer of earlier: nothing is left aside, nobody is told. */
  readonly readOnly?: boolean
}

/**
 * The payers' cards by the orders that they are about, alike ones once, loudest first, and what of the answers could not be read
 * (U6, CRD found-39). What was left aside and filtered is kept as long as these answers are on screen.
 */
export function Cards({ answers, deskOf, orders, readOnly = false }: Props) {
  const id = useId()
  const [topics, setTopics] = useState<ReadonlySet<string>>(new Set())
  const [aside, setAside] = useState<ReadonlyMap<string, LeftAside>>(new Map())
  const speaking = answers.filter(({ cards, unreadable }) => cards.length + unreadable.length > 0)
  if (speaking.length === 0) return null
  const all = groupCards(
    speaking.map((answer) => ({ payerId: idOf(answer), payerName: nameOf(answer), cards: answer.cards })),
    orders,
  )
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
      desk={deskOf(merged.copies[0]?.payerId ?? '')}
      aside={aside.get(merged.key)}
      {...(!readOnly && { onAside: (why: LeftAside | undefined) => leave(merged.key, why) })}
    />
  )
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>Messages from {speaking.map(nameOf).join(' and ')}</h2>
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
      {speaking.map((answer) =>
        answer.unreadable.length === 0 ? null : <Unreadable key={idOf(answer)} answer={answer} />,
      )}
    </section>
  )
}

const idOf = ({ payer }: CardAnswer): string => payer?.id ?? ''

const nameOf = ({ payer }: CardAnswer): string => payer?.name ?? 'the payer'

const countOf = (groups: readonly CardGroup[]): number =>
  groups.reduce((sum, group) => sum + group.cards.length, 0)

/** Messages that could not be read: how many, and a reference for support without any of their content. */
function Unreadable({ answer }: { readonly answer: CardAnswer }) {
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
      <p>{nameOf(answer)} sent something that is not in the agreed form. Give the reference to support.</p>
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
