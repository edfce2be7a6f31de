import { eventSpan } from './events-describe'
import type { LineMatch } from './events-lines'
import type { RecordLink } from './events-links'
import { rankOf } from './events-types'
import { overlap, type Span } from './reconcile-dates'
import type { HistoryRecord } from './record'

/** Records that belong together; the whole group may belong to another one. */
interface RecordGroup {
  records: HistoryRecord[]
  parent?: RecordGroup
  span?: Span
}

/** Records on their way into events. Built in steps, each of which gives the same in whatever order the records came. */
export interface RecordGroups {
  /** Each found to belong where its own payer says. */
  byLinks(links: readonly RecordLink[]): void
  /** What nobody names, by what claims and records tell alike. */
  byLines(matches: readonly LineMatch[], links: readonly RecordLink[]): void
  /** All records of each event. */
  events(): readonly (readonly HistoryRecord[])[]
  reason(record: HistoryRecord): string | undefined
}

const isVisit = ({ resource }: HistoryRecord): boolean => resource.resourceType === 'Encounter'

/** `records` by rank, then key. */
export function recordGroups(records: readonly HistoryRecord[]): RecordGroups {
  const groups = new Map(
    records.map((record): [HistoryRecord, RecordGroup] => [record, { records: [record] }]),
  )
  const reasons = new Map<HistoryRecord, string>()

  const root = (record: HistoryRecord): RecordGroup | undefined => {
    let here = groups.get(record)
    while (here?.parent) here = here.parent
    return here
  }
  const span = (group: RecordGroup): Span => {
    group.span ??= eventSpan(group.records)
    return group.span
  }

  const join = ({ from, to, reason }: RecordLink): void => {
    for (const record of [from, to]) if (!reasons.has(record)) reasons.set(record, reason)
    const [a, b] = [groups.get(from), groups.get(to)]
    if (!a || !b || a === b) return
    const [kept, gone] = a.records.length < b.records.length ? [b, a] : [a, b]
    kept.records.push(...gone.records)
    for (const record of gone.records) groups.set(record, kept)
  }

  /** The only event that they lead to; where they lead to several, the only one of that day. Else none: it is left apart. */
  const only = <T>(found: readonly T[], target: (each: T) => HistoryRecord, own: Span): T | undefined => {
    const one = (some: readonly T[]): T | undefined =>
      new Set(some.map((each) => root(target(each)))).size === 1 ? some[0] : undefined
    const isThen = (each: T): boolean => overlap(span(root(target(each)) ?? { records: [] }), own)
    return one(found) ?? one(found.filter(isThen))
  }

  return {
    byLinks(links) {
      for (const link of links) if (link.isJoint) join(link)
      const waiting = new Map<RecordGroup, RecordLink[]>()
      for (const link of links) {
        const group = groups.get(link.from)
        if (link.isJoint || group === undefined) continue
        const known = waiting.get(group)
        if (known) known.push(link)
        else waiting.set(group, [link])
      }
      // `records` are by rank: where a group belongs is settled before those below it ask for it.
      for (const record of records) {
        const group = groups.get(record)
        const own = group && waiting.get(group)
        if (!group || !own) continue
        waiting.delete(group)
        const levels = [...new Set(own.map(({ level }) => level))].sort((a, b) => a - b)
        for (const level of levels) {
          const link: RecordLink | undefined = only(
            own.filter((each) => each.level === level),
            ({ to }) => to,
            span(group),
          )
          const parent: RecordGroup | undefined = link && root(link.to)
          if (!link || !parent || parent === group) continue
          group.parent = parent
          reasons.set(link.from, link.reason)
          break
        }
      }
    },

    byLines(matches, links) {
      const shared = 'The claim and the visit share a record.'
      const named = links
        .filter(({ level }) => level === 2)
        .map(({ from, to }) => ({ claim: to, record: from, reason: shared }))
      const moves = new Map<RecordGroup, LineMatch>()
      for (const found of [named, matches]) {
        const toVisits = byGroup(found, ({ claim }) => root(claim))
        for (const [group, own] of toVisits) {
          if (group.records.some(isVisit) || moves.has(group)) continue
          const visits = own.filter(({ record }) => {
            const there = root(record)
            return there?.records.some(isVisit) === true && overlap(span(there), span(group))
          })
          const match = only(visits, ({ record }) => record, span(group))
          if (match) moves.set(group, match)
        }
      }
      const parents = [...moves].map(([group, match]) => ({ group, match, parent: root(match.record) }))
      for (const { group, match, parent } of parents) {
        if (!parent || parent === group) continue
        group.parent = parent
        reasons.set(match.claim, match.reason)
      }
      for (const [group, own] of byGroup(matches, ({ record }) => root(record))) {
        if (group.parent || group.records.some(({ resource }) => rankOf(resource.resourceType) === 0))
          continue
        const match = only(own, ({ claim }) => claim, span(group))
        const parent = match && root(match.claim)
        if (!match || !parent || parent === group) continue
        group.parent = parent
        if (!reasons.has(match.record)) reasons.set(match.record, match.reason)
      }
    },

    events: () => [...byGroup(records, root).values()],
    reason: (record) => reasons.get(record),
  }
}

function byGroup<T>(
  items: readonly T[],
  group: (item: T) => RecordGroup | undefined,
): ReadonlyMap<RecordGroup, readonly T[]> {
  const held = new Map<RecordGroup, T[]>()
  for (const item of items) {
    const own = group(item)
    if (own === undefined) continue
    const known = held.get(own)
    if (known) known.push(item)
    else held.set(own, [item])
  }
  return held
}
