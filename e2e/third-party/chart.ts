export type Resource = { readonly resourceType: string; readonly id: string; readonly [key: string]: unknown }

/** An identifier that the test's configuration lists for the payer. */
export const PAYER_ID = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '77777' }

const coverage: Resource = {
  resourceType: 'Coverage',
  id: '900',
  status: 'active',
  subscriberId: 'M-1',
  beneficiary: { reference: 'Patient/42' },
  payor: [{ reference: 'Organization/7' }],
}

/** A patient as public test servers have them, with one coverage whose payer is known by reference. */
export const CHART: readonly Resource[] = [
  {
    resourceType: 'Patient',
    id: '42',
    name: [{ use: 'official', family: 'Quill', given: ['Ada'] }],
    gender: 'female',
    birthDate: '1971-02-03',
  },
  { resourceType: 'Practitioner', id: 'p1', name: [{ family: 'Hale', given: ['Ito'] }] },
  { resourceType: 'Organization', id: '7', name: 'Third Health', identifier: [PAYER_ID] },
  coverage,
  ...Array.from({ length: 5 }, (_, i) => ({
    resourceType: 'Condition',
    id: `c${i}`,
    subject: { reference: 'Patient/42' },
    code: { text: `Complaint number ${i + 1}` },
  })),
]

/** CHART with these resources in place of those of the same type and id, or beside them. */
export function chartWith(...changed: readonly Resource[]): readonly Resource[] {
  const same = (a: Resource, b: Resource) => a.resourceType === b.resourceType && a.id === b.id
  return [...CHART.filter((r) => !changed.some((c) => same(r, c))), ...changed]
}

/** The chart's coverage with these elements; `undefined` takes one out. */
export const coverageWith = (elements: Readonly<Record<string, unknown>>): Resource =>
  ({ ...coverage, ...elements }) as Resource
