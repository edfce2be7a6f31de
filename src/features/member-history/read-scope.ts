import type { HistoryType, ReadScope } from '../../domain/pdex/history'
import type { HistoryPreset } from '../../domain/pdex/preset'
import { type ReadChoice, readAll } from './read-choice'
import { sectionTypes } from './reading-words'
import { datesOf, type FilterWorld } from './record-filter'

/** A preset also says what is not worth asking for. */
export const choiceOf = ({ sections, period }: HistoryPreset): ReadChoice => ({
  ...readAll,
  sections,
  ...(period !== undefined && { period }),
})

/** The types and dates that go into the requests. A last visit that is not known leaves the dates out. */
export function scopeOf(
  { sections, period, by }: ReadChoice,
  world: Pick<FilterWorld, 'today' | 'lastVisit'>,
): ReadScope {
  const types = new Set<HistoryType>(sections.flatMap((section) => sectionTypes[section]))
  const { from } = datesOf(period, world)
  return {
    ...(types.size > 0 && { types: [...types] }),
    ...(from !== '' && { period: { by, from } }),
  }
}
