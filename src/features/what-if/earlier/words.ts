import type { AuditEntry, AuditList } from '../../../domain/audit'
import type { AnswerFrame, PayerAnswer } from '../../../domain/crd/ask'
import { hooks } from '../../../domain/crd/hooks'
import { localDate } from '../../../domain/crd/payer-offer'
import { formatMadeAt, instantAt } from '../../../domain/document/made-at'
import type { Payer } from '../../../domain/payer-directory'
import { never, type Problem } from '../../../domain/result'
import type { Session } from '../../../domain/session'
import { formatDate } from '../../../ui'
import { type Glance, glanceAtAnswer } from '../verdict'

/** The hook in words; one that this app does not know stands as it is. */
export const hookWords = (hook: string): string =>
  Object.entries(hooks).find(([name]) => name === hook)?.[1].label ?? (hook === '' ? 'Not known' : hook)

/** A moment as an ISO instant in the zone of this machine. */
export const instantHere = (epochMs: number): string =>
  instantAt(epochMs, -new Date(epochMs).getTimezoneOffset())

/** "20-Nov-2026 10:32 (UTC-05:00)": what was said is dated by more than a time of day. */
export const momentWords = (epochMs: number): string => formatMadeAt(instantHere(epochMs))

/** The payer as it was called then, with what the site's directory says of it now. */
export function payerOf(entry: AuditEntry, payers: readonly Payer[]): Payer {
  const known = payers.find((payer) => payer.id === entry.payerId)
  return {
    ...(known ?? { id: entry.payerId, identifiers: [], authorization: 'open' }),
    name: entry.payerName,
  }
}

/** What every outcome of a kept question carries. */
export const frameOf = (entry: AuditEntry, payers: readonly Payer[]): AnswerFrame => ({
  scenarioVersion: 0,
  payer: payerOf(entry, payers),
  hookInstance: entry.hookInstance,
  askedAt: entry.askedAt,
  endedAt: entry.endedAt,
})

/** The outcome at a glance in the words that were used then (U4). What a payer answered is said only where its answer is opened. */
export function glanceAtEntry(entry: AuditEntry): Glance {
  const frame = frameOf(entry, [])
  if (entry.outcome === 'answered')
    return { tone: 'mute', tag: 'Answered', sentence: `${entry.payerName} answered.` }
  return glanceAtAnswer(outcomeOf(entry, frame))
}

/** An outcome without what the payer said. */
function outcomeOf(entry: AuditEntry, frame: AnswerFrame): PayerAnswer {
  switch (entry.outcome) {
    case 'answered':
    case 'undecided':
      return { ...frame, kind: entry.outcome, coverage: [], cards: [], otherActions: [], unreadable: [] }
    case 'refused':
      return { ...frame, kind: 'refused', rule: '', message: entry.failure?.sentence ?? '' }
    case 'failed':
      return { ...frame, kind: 'failed', problem: problemOf(entry), serviceChanged: false }
    case 'silent':
    case 'skipped':
      return { ...frame, kind: entry.outcome }
    default:
      return never(entry.outcome)
  }
}

/** Only that it was too slow reads differently at a glance. */
const problemOf = ({ failure, payerName, askedAt, endedAt }: AuditEntry): Problem =>
  failure?.kind === 'timeout'
    ? { kind: 'timeout', server: payerName, afterMs: endedAt - askedAt }
    : { kind: 'network', server: payerName }

export interface Day {
  /** "Today, 21-Nov-2026" */
  readonly name: string
  readonly entries: readonly AuditEntry[]
}

/** Entries by the day on which they were asked, in the order given. `now`: epoch milliseconds. */
export function byDay(entries: readonly AuditEntry[], now: number): readonly Day[] {
  const days = new Map<string, AuditEntry[]>()
  for (const entry of entries) {
    const day = localDate(entry.askedAt)
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  const today = localDate(now)
  return [...days].map(([day, own]) => ({
    name: day === today ? `Today, ${formatDate(day)}` : formatDate(day),
    entries: own,
  }))
}

/** Entries of one payer (empty: of all) that have all the words in what was asked, who was asked, how it went, or a reference. */
export function matching(
  entries: readonly AuditEntry[],
  filter: { readonly payerId: string; readonly text: string },
): readonly AuditEntry[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter((entry) => {
    if (filter.payerId !== '' && entry.payerId !== filter.payerId) return false
    const { title, payerName, assertionIds, hookInstance } = entry
    const all = [
      title,
      payerName,
      hookWords(entry.hook),
      glanceAtEntry(entry).tag,
      ...assertionIds,
      hookInstance,
    ]
    const line = all.join(' ').toLowerCase()
    return words.every((word) => line.includes(word))
  })
}

/** Whether somebody else asked; the EHR names users by whole addresses or by their ends. */
export const isByColleague = ({ user }: AuditEntry, { fhirUser }: Pick<Session, 'fhirUser'>): boolean =>
  user !== undefined && fhirUser !== undefined && !user.endsWith(fhirUser) && !fhirUser.endsWith(user)

/** How long these answers are kept, and where: never more than is true. */
export function keptUntil(
  list: Pick<AuditList, 'isDurable' | 'asked'>,
  retentionDays: number | undefined,
  session: Pick<Session, 'fhirUser' | 'ehrName'>,
): string {
  if (list.asked === 'own')
    return 'They are your questions about this patient, kept in this site’s log. You find them on any computer on which you open this chart.'
  if (list.asked === 'all')
    return 'They are everybody’s questions about this patient from this chart, kept in this site’s log. Opening one is recorded there.'
  if (!list.isDurable)
    return 'This browser does not let the app keep anything: these answers are gone when this window closes. Save what you need to keep.'
  if (retentionDays !== undefined && retentionDays > 0 && session.fhirUser !== undefined)
    return `They are kept for you for ${retentionDays === 1 ? 'one day' : `${retentionDays} days`}, in this browser only, encrypted.`
  return `They are kept until your session with ${session.ehrName} ends, in this browser only, encrypted. Then nobody can read them any more: save what you need to keep.`
}

/** What is kept and cannot be read; undefined where there is nothing of the kind. */
export function unreadableWords(count: number): string | undefined {
  if (count === 0) return undefined
  return count === 1
    ? 'One earlier answer can no longer be read: it is damaged, or another version of this app kept it.'
    : `${count} earlier answers can no longer be read: they are damaged, or another version of this app kept them.`
}
