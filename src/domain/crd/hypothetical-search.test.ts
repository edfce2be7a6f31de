import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { withHypotheticals } from './hypothetical-search'
import { createPrefetchCache } from './prefetch-cache'
import { chart, fhirBase } from './samples.test-data'

const order: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'd1',
  subject: { reference: 'Patient/p1' },
  requester: { reference: `${fhirBase}/PractitionerRole/r1` },
  performer: [{ reference: 'Organization/o1' }, { display: 'Anyone' }, { reference: 'Organization/gone' }],
  insurance: [{ reference: 'Coverage/c1' }],
}
const records: readonly FhirJson[] = [
  { resourceType: 'Patient', id: 'p1' },
  { resourceType: 'PractitionerRole', id: 'r1', practitioner: { reference: 'Practitioner/dr1' } },
  { resourceType: 'Practitioner', id: 'dr1' },
  { resourceType: 'Organization', id: 'o1' },
  { resourceType: 'Coverage', id: 'c1' },
  { resourceType: 'ServiceRequest', id: 'real' },
]

async function search(...params: readonly (readonly [string, string])[]) {
  const ehr = chart(records)
  const cache = withHypotheticals(createPrefetchCache(ehr), [order], fhirBase)
  const found = await cache.search('ServiceRequest', params)
  if (!found.ok) throw new Error(found.problem.kind)
  const names = (list: readonly FhirJson[]) => list.map((each) => `${each.resourceType}/${each.id}`)
  return { matches: names(found.value.matches), includes: names(found.value.includes), calls: ehr.calls }
}

describe('searching for orders that exist nowhere', () => {
  it('finds them by their id without asking the chart', async () => {
    expect(await search(['_id', 'd1'])).toEqual({ matches: ['ServiceRequest/d1'], includes: [], calls: [] })
  })

  it('asks the chart for the others alone', async () => {
    const { matches, calls } = await search(['_id', 'd1,real'])
    expect(matches).toEqual(['ServiceRequest/d1', 'ServiceRequest/real'])
    expect(calls).toEqual(['ServiceRequest?_id=real'])
  })

  const includes: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['the patient', ['ServiceRequest:patient'], ['Patient/p1']],
    ['performers, but for those that are gone', ['ServiceRequest:performer'], ['Organization/o1']],
    ['one type of requester', ['ServiceRequest:requester:PractitionerRole'], ['PractitionerRole/r1']],
    ['no requester of another type', ['ServiceRequest:requester:Practitioner'], []],
    ['the coverage', ['ServiceRequest:insurance:Coverage'], ['Coverage/c1']],
    [
      'what the included ones refer to',
      ['ServiceRequest:requester', 'PractitionerRole:practitioner'],
      ['PractitionerRole/r1', 'Practitioner/dr1'],
    ],
    ['nothing of what no resource is', ['MedicationRequest:requester'], []],
  ]
  it.each(includes)('includes %s', async (_what, values, expected) => {
    const params = values.map((value) => ['_include', value] as const)
    expect((await search(['_id', 'd1'], ...params)).includes).toEqual(expected)
  })

  it('leaves searches without their ids to the chart', async () => {
    expect((await search(['patient', 'p1'])).calls).toEqual(['ServiceRequest?patient=p1'])
  })
})
