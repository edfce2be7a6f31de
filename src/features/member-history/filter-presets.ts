import type { HistoryPreset } from '../../domain/pdex/preset'
import { isFiltering, noFilter, type RecordFilter } from './record-filter'

const OWN = 'which organization is yours'

/** The organization's, then the user's own, each with a key: a name may stand in both. */
export const namedPresets = (
  site: readonly HistoryPreset[] = [],
  own: readonly HistoryPreset[] = [],
): readonly { readonly key: string; readonly preset: HistoryPreset }[] => [
  ...site.map((preset) => ({ key: `site ${preset.name}`, preset })),
  ...own.map((preset) => ({ key: `own ${preset.name}`, preset })),
]

/** The filter that a preset stands for. Who the user's organization is, stays as the user said. */
export const filterOf = ({ name: _, ...kept }: HistoryPreset, before: RecordFilter): RecordFilter => ({
  ...noFilter,
  ...kept,
  ...(before.own && { own: before.own }),
})

/** What of a filter can be kept under a name: nothing of a record or a patient, so no words, dates, people or places. */
export const presetOf = (
  name: string,
  { period, sections, origins, excludeOwnOrganization }: RecordFilter,
): HistoryPreset => ({
  name: name.trim(),
  ...(period !== undefined && (period === 'last-visit' || 'days' in period) && { period }),
  sections: [...sections],
  origins: [...origins],
  excludeOwnOrganization,
})

/** What of a filter is lost when it is kept. */
export function notKept({ words, period, parties, own, searchedOnly }: RecordFilter): readonly string[] {
  const parts = [
    words.trim() !== '' && 'the words',
    typeof period === 'object' && 'from' in period && 'the dates',
    parties.length > 0 && 'the people, organizations and places',
    own !== undefined && OWN,
    searchedOnly && 'your search',
  ]
  return parts.filter((part) => part !== false)
}

/** Whether anything is left of it to keep. */
export const canKeep = (filter: RecordFilter): boolean =>
  isFiltering(filterOf(presetOf('-', filter), noFilter))

/** Whether this filter is the preset's, and nothing more. */
export function isPreset(preset: HistoryPreset, filter: RecordFilter): boolean {
  const alike = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((x) => b.includes(x))
  return (
    notKept(filter).every((part) => part === OWN) &&
    JSON.stringify(preset.period) === JSON.stringify(filter.period) &&
    alike(preset.sections, filter.sections) &&
    alike(preset.origins, filter.origins) &&
    preset.excludeOwnOrganization === filter.excludeOwnOrganization
  )
}
