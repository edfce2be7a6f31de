/** The clinical sections that a history is shown and printed in, in reading order. */
export const SECTIONS = [
  'problems',
  'medicines',
  'allergies',
  'procedures',
  'visits',
  'immunizations',
  'vitals',
  'results',
  'documents',
  'care',
  'orders',
  'devices',
  'claims',
  'authorizations',
  'coverage',
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
  vitals: 'Vital signs',
  results: 'Results',
  documents: 'Documents',
  care: 'Care plans, teams and goals',
  orders: 'Orders and referrals',
  devices: 'Devices',
  claims: 'Claims',
  authorizations: 'Prior authorizations',
  coverage: 'Coverage',
  other: 'Other',
}
