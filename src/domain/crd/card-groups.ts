import type { FhirJson } from '../json'
import type { Action, Card, CardLink, Indicator } from './cds-response'
import { findReferenced, referenceOf, relativeOf } from './suggestion-references'

/** The cards that one payer sent, in the order of its response. */
export interface PayerCards {
  readonly payerId: string
  readonly payerName: string
  readonly cards: readonly Card[]
}

/** A card as one payer sent it. Feedback and override reasons belong to it, not to the merged card. */
export interface CardCopy {
  readonly payerId: string
  readonly payerName: string
  readonly card: Card
}

/** What several cards say alike, once (CRD found-39). */
export interface MergedCard {
  /** Unique among all groups. */
  readonly key: string
  /** To be shown: the loudest of the copies, with the links of all. */
  readonly card: Card
  /** All of them, at least one. Their suggestions are the same. */
  readonly copies: readonly CardCopy[]
  /** "from 2 payers"; absent where one payer sent it once. */
  readonly merged?: string
  /** Codes of what kind of advice it is, by any copy; empty: not stated. */
  readonly topics: readonly string[]
}

/** Cards about the same orders. `orders` empty: about none in particular. */
export interface CardGroup {
  readonly key: string
  /** `Type/id`, those that were asked about first and in their order. */
  readonly orders: readonly string[]
  /** Whether all of them were asked about. */
  readonly isAsked: boolean
  /** Sorted critical, warning, info; then by the payer's name; then as they came. */
  readonly cards: readonly MergedCard[]
}

/** A kind of advice that the cards carry. `code` empty: not stated. */
export interface CardTopic {
  readonly code: string
  readonly label: string
  /** How many merged cards. */
  readonly count: number
}

/**
 * Cards by the orders that they are about, each in exactly one group: first the orders in their order, then several orders
 * together, then those that were not asked about, last what is about none. `orders`: the drafts as they were asked.
 */
export function groupCards(
  answers: readonly PayerCards[],
  orders: readonly FhirJson[],
): readonly CardGroup[] {
  const asked = orders.flatMap((order) => referenceOf(order) ?? [])
  const groups = new Map<string, { orders: readonly string[]; copies: CardCopy[] }>()
  for (const { payerId, payerName, cards } of answers)
    for (const card of cards) {
      const about = ordersOf(card, orders, asked)
      const key = about.join(' ')
      const group = groups.get(key) ?? { orders: about, copies: [] }
      group.copies.push({ payerId, payerName, card })
      groups.set(key, group)
    }
  return [...groups]
    .map(([key, group]) => ({
      key,
      orders: group.orders,
      isAsked: group.orders.every((order) => asked.includes(order)),
      cards: merge(group.copies, key),
    }))
    .sort((a, b) => rank(a, asked) - rank(b, asked))
}

/** The group's place: single orders as asked, several together, foreign ones, none. */
function rank(group: Pick<CardGroup, 'orders' | 'isAsked'>, asked: readonly string[]): number {
  const first = group.orders[0]
  if (first === undefined) return asked.length + 3
  if (!group.isAsked) return asked.length + 2
  return group.orders.length > 1 ? asked.length + 1 : asked.indexOf(first)
}

/** By association extension (both keys, both shapes: `about`) and by what its suggestions would change or remove. */
function ordersOf(card: Card, orders: readonly FhirJson[], asked: readonly string[]): readonly string[] {
  const named = card.about.flatMap((each) => nameOf(each, orders) ?? [])
  const suggested = card.suggestions
    .flatMap((each) => each.actions)
    .flatMap((action) => {
      if (action.type === 'create') return []
      return action.type === 'delete' ? action.targets : (referenceOf(action.resource) ?? [])
    })
    // A coverage record or a task that would be changed is not what the card is about.
    .flatMap((each) => {
      const found = findReferenced(each, orders)
      return (found && referenceOf(found)) ?? []
    })
  const all = new Set([...named, ...suggested])
  const known = asked.filter((order) => all.has(order))
  return [...new Set(known), ...[...all].filter((each) => !asked.includes(each)).sort()]
}

function nameOf(reference: string, orders: readonly FhirJson[]): string | undefined {
  const found = findReferenced(reference, orders)
  return (found && referenceOf(found)) ?? relativeOf(reference)
}

const loudness: Readonly<Record<Indicator, number>> = { critical: 0, warning: 1, info: 2 }

function merge(copies: readonly CardCopy[], group: string): readonly MergedCard[] {
  const alike = new Map<unknown, CardCopy[]>()
  for (const copy of copies) {
    const key = sameness(copy.card)
    alike.set(key, [...(alike.get(key) ?? []), copy])
  }
  return [...alike.values()].flatMap((each) => mergedCard(each, group)).sort(byLoudness)
}

function byLoudness(a: MergedCard, b: MergedCard): number {
  const [first, second] = [a.copies[0]?.payerName ?? '', b.copies[0]?.payerName ?? '']
  return (
    loudness[a.card.indicator] - loudness[b.card.indicator] || (first < second ? -1 : Number(first > second))
  )
}

/** Cards say the same where summary and detail read the same and the suggestions would do the same. */
function sameness(card: Card): unknown {
  const words = [normal(card.summary), normal(card.detail ?? '')]
  if (card.suggestions.length === 0) return JSON.stringify(words)
  try {
    return JSON.stringify([
      ...words,
      card.suggestions.map((each) => [normal(each.label), each.actions.map(withoutFrame)]),
    ])
  } catch {
    // Nested too deeply to be compared: it is like no other.
    return card
  }
}

/** What differs between two payers that were asked the same: whose coverage it is, and the moment it was written. */
const frame = ['insurance', 'authoredOn', 'dateTime', 'dateWritten', 'created']

function withoutFrame(action: Action): unknown {
  if (action.type === 'delete') return action
  const resource = Object.entries(action.resource).filter(([name]) => !frame.includes(name))
  return { ...action, resource: Object.fromEntries(resource) }
}

/** Case, spacing and Markdown's marks around words do not make another advice; what could be a sign (">", "2*3") does. */
const normal = (words: string): string =>
  words
    .normalize('NFC')
    .toLowerCase()
    .replace(/^\s*(?:#{1,6}|>)\s+/gm, '')
    .replace(/(?<!\S)(\*\*|__|\*|_|`)(?=\S)([^*_`]+)(?<=\S)\1(?!\w)/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!\s]+$/, '')

function mergedCard(copies: readonly CardCopy[], group: string): readonly MergedCard[] {
  const sorted = [...copies].sort((a, b) => loudness[a.card.indicator] - loudness[b.card.indicator])
  const first = sorted[0]
  if (first === undefined) return []
  const payers = new Set(copies.map((copy) => copy.payerId)).size
  return [
    {
      key: `${group}|${first.payerId}|${first.card.key}`,
      card: { ...first.card, links: uniqueLinks(sorted.flatMap((copy) => copy.card.links)) },
      copies: sorted,
      ...(copies.length > 1 && {
        merged: payers > 1 ? `from ${payers} payers` : `sent ${copies.length} times`,
      }),
      topics: [...new Set(sorted.flatMap((copy) => copy.card.source.topic?.code ?? []))],
    },
  ]
}

function uniqueLinks(links: readonly CardLink[]): readonly CardLink[] {
  const seen = new Set<string>()
  return links.filter((link) => {
    const key = JSON.stringify([link.given, link.kind, link.appContext, link.label])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** The kinds of advice in these groups, as they first come; what names none is listed last. */
export function topicsOf(groups: readonly CardGroup[]): readonly CardTopic[] {
  const found = new Map<string, CardTopic>()
  for (const { cards } of groups)
    for (const card of cards)
      for (const code of topicCodes(card)) {
        const before = found.get(code)
        found.set(code, {
          code,
          label: before?.label ?? labelOf(card, code),
          count: (before?.count ?? 0) + 1,
        })
      }
  return [...found.values()].sort((a, b) => Number(a.code === '') - Number(b.code === ''))
}

const topicCodes = (card: MergedCard): readonly string[] => (card.topics.length === 0 ? [''] : card.topics)

function labelOf(card: MergedCard, code: string): string {
  if (code === '') return 'Not stated'
  const topic = card.copies.map((copy) => copy.card.source.topic).find((each) => each?.code === code)
  return topic === undefined || topic.display === '' ? code : topic.display
}

/** Only cards of these kinds (`CardTopic.code`); no kind chosen shows all. Groups that are left empty are left out. */
export function filterByTopic(
  groups: readonly CardGroup[],
  topics: ReadonlySet<string>,
): readonly CardGroup[] {
  if (topics.size === 0) return groups
  return groups.flatMap((group) => {
    const cards = group.cards.filter((card) => topicCodes(card).some((code) => topics.has(code)))
    return cards.length === 0 ? [] : [{ ...group, cards }]
  })
}
