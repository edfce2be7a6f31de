import { type Party, type PartyMatch, partyMatch } from '../../domain/pdex/reconcile-parties'
import type { HistoryRecord } from '../../domain/pdex/record'
import type { PartyKind, RecordParties } from '../../domain/pdex/record-parties'
import { type Dates, datesOf, type FilterWorld, type RecordFilter } from './record-filter'

/** Why a record is not shown. */
export type HiddenReason =
  | { readonly kind: 'words' | 'period' | 'undated' | 'section' | 'origin' | 'not-chosen' | 'not-searched' }
  | { readonly kind: 'party'; readonly at: boolean; readonly name: string; readonly by: PartyMatch }

/** Undefined: it is shown. */
export type FilterRule = (record: HistoryRecord) => HiddenReason | undefined

/** The first reason that holds counts; what was ticked by hand comes before what a preset brings. */
export function filterRule(filter: RecordFilter, world: FilterWorld): FilterRule {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  const dates = datesOf(filter.period, world)
  const [sections, origins] = [new Set(filter.sections), new Set(filter.origins)]
  const ownParties = filter.own ? [filter.own.party] : world.own
  const hides = (record: HistoryRecord): HiddenReason | undefined => {
    if (filter.parties.length === 0 && !filter.excludeOwnOrganization) return undefined
    const parties = world.partiesOf(record)
    const chosen = filter.parties.flatMap((one) => found(one.kind, one.party, parties) ?? [])[0]
    if (filter.parties.length > 0 && filter.partyMode === 'only' && chosen === undefined)
      return { kind: 'not-chosen' }
    if (filter.partyMode === 'hide' && chosen !== undefined) return chosen
    return filter.excludeOwnOrganization
      ? ownParties.flatMap((own) => found('organization', own, parties) ?? [])[0]
      : undefined
  }
  return (record) => {
    const { display, provenance } = record
    if (filter.searchedOnly && !world.searched.has(record.key)) return { kind: 'not-searched' }
    if (sections.size > 0 && !sections.has(display.section)) return { kind: 'section' }
    if (origins.size > 0 && !origins.has(provenance.origin)) return { kind: 'origin' }
    const hidden = hides(record) ?? outside(display.when, dates)
    if (hidden !== undefined) return hidden
    return words.length > 0 && !hasWords(record, words) ? { kind: 'words' } : undefined
  }
}

/** Whether a record names this party, and by what it is known. */
function found(kind: PartyKind, party: Party, parties: RecordParties): HiddenReason | undefined {
  for (const named of parties[kind]) {
    const by = partyMatch(party, named)
    if (by !== undefined) return { kind: 'party', at: kind === 'location', name: partyName(party), by }
  }
  return undefined
}

export const partyName = ({ label, npi, identifiers }: Party): string =>
  label ?? (npi[0] === undefined ? (identifiers[0] ?? 'somebody without a name') : `NPI ${npi[0]}`)

function hasWords({ display, provenance }: HistoryRecord, words: readonly string[]): boolean {
  const parts = [
    display.what,
    display.detail,
    display.who,
    display.status,
    provenance.author,
    ...display.codes.map((c) => c.code),
  ]
  const haystack = parts.join(' ').toLowerCase()
  return words.every((word) => haystack.includes(word))
}

/** Compared at the precision that is known: a record of 2019 lies in a period that begins in March 2019. */
function outside(when: string | undefined, { from, to }: Dates): HiddenReason | undefined {
  if (from === '' && to === '') return undefined
  if (when === undefined) return { kind: 'undated' }
  const day = when.slice(0, 10)
  const isIn =
    (from === '' || day >= from.slice(0, day.length)) && (to === '' || day <= to.slice(0, day.length))
  return isIn ? undefined : { kind: 'period' }
}
