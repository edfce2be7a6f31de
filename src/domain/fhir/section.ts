/** The clinical sections that a history is shown and printed in, in reading order. */
export const SECTIONS = [
  'problems',
  'medicines',
  'allergies',
  'procedures',
  'visits',
  'immunizations',
  'results',
  'documents',
  'claims',
  'other',
] as const

export type Section = (typeof SECTIONS)[number]

/** Headings for people. */
export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  problems: 'Problems',
  medicines: 'Medicines',
  allergies: 'Allergies',
  procedures: 'Procedures',
  visits: 'Visits',
  immunizations: 'Immunizations',
  results: 'Results',
  documents: 'Documents',
  claims: 'Claims',
  other: 'Other',
}
