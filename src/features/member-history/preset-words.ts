import { SECTION_TITLES } from '../../domain/fhir/section'
import type { HistoryPreset } from '../../domain/pdex/preset'
import { periodWords } from './PeriodField'
import { originWords } from './reading-words'

/** What a filter under a name chooses, in one line. */
export function presetWords({
  period,
  sections,
  origins,
  excludeOwnOrganization,
}: Omit<HistoryPreset, 'name'>): string {
  const parts = [
    sections.length > 0 && sections.map((section) => SECTION_TITLES[section].toLowerCase()).join(', '),
    period !== undefined && periodWords(period),
    origins.length > 0 && origins.map((origin) => originWords[origin]).join(' or '),
    excludeOwnOrganization && 'not by my organization',
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'everything' : parts.join('; ')
}
