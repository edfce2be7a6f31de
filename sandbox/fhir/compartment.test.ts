import { describe, expect, it } from 'vitest'
import { isShared, ownPatients } from './compartment'
import { parametersOf, parameterTypes } from './search-parameters'

/** A resource with one reference at a path. */
const withReferenceAt = (resourceType: string, path: string, reference: string) => ({
  resourceType,
  ...(path
    .split('.')
    .reduceRight<unknown>((inner, field) => ({ [field]: [inner] }), { reference }) as object),
})

const byPatient = parameterTypes.flatMap((type) =>
  (parametersOf(type).patient?.paths ?? []).map((path) => [type, path] as const),
)

describe('the patient compartment', () => {
  // Searches by patient go through the compartment's index, so it must miss nothing that the parameter finds.
  it.each(byPatient.filter(([type]) => type !== 'Provenance'))('%s is in it by %s', (type, path) => {
    expect(ownPatients(withReferenceAt(type, path, 'Patient/p/_history/3'))).toEqual(['p'])
    expect(ownPatients(withReferenceAt(type, path, 'Practitioner/p'))).toEqual([])
    expect(isShared(type)).toBe(false)
  })

  it('a patient is in it by being that patient', () => {
    expect(ownPatients({ resourceType: 'Patient', id: 'p' })).toEqual(['p'])
  })
})
