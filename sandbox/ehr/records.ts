import type { FhirResource } from 'fhir/r4'
import type { FhirStore } from '../fhir/store'
import type { Stored } from '../fhir/types'

export type FhirType = FhirResource['resourceType']

/** A stored resource of one type, with that type's elements. */
export type Record<T extends FhirType> = Extract<FhirResource, { resourceType: T }> &
  Pick<Stored, 'id' | 'meta'>

// The store knows resources by their type's name alone and validates on write: this is the one place that says what a name means.
const isOf =
  <T extends FhirType>(type: T) =>
  (resource: Stored | undefined): resource is Record<T> =>
    resource?.resourceType === type

/** All of a type in order of creation; with `patient` (an id) only that patient's. */
export function allOf<T extends FhirType>(store: FhirStore, type: T, patient?: string): readonly Record<T>[] {
  return store.all(type, patient).filter(isOf(type))
}

/** One resource by type and id. */
export function oneOf<T extends FhirType>(store: FhirStore, type: T, id: string): Record<T> | undefined {
  const found = store.get(type, id)
  return isOf(type)(found) ? found : undefined
}

/** What a relative or absolute reference points to in this store. */
export function resolve(store: FhirStore, reference: string | undefined): FhirResource | undefined {
  const [type = '', id = ''] = (reference ?? '').split('/').slice(-2)
  return store.get(type, id) as FhirResource | undefined
}
