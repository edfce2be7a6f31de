import { Fhir } from 'fhir'
import { isJson } from './elements'
import { type Complaint, Refusal } from './refusal'
import type { FhirStore } from './store'
import type { Resource } from './types'

let validator: Fhir | undefined

/** What is wrong with a resource by base R4: unknown or missing elements, wrong types, codes outside of required bindings. Empty = valid. */
export const complaintsAbout = (resource: Resource): readonly Complaint[] => {
  validator ??= new Fhir()
  const unfit = shapeComplaints(resource, resource.resourceType)
  if (unfit.length > 0) return unfit
  const { messages } = validator.validate(resource, { errorOnUnexpected: true })
  return messages
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ message = 'Invalid', location }) => ({
      code: message.includes('not found in value set')
        ? 'code-invalid'
        : message.includes('issing')
          ? 'required'
          : 'structure',
      diagnostics: location ? `${location}: ${message}` : message,
      ...(location ? { expression: location } : {}),
    }))
}

/** What JSON allows and FHIR does not: null (outside of the arrays of primitive extensions), empty objects, arrays and strings. */
const shapeComplaints = (value: unknown, path: string): readonly Complaint[] => {
  const wrong = (diagnostics: string): readonly Complaint[] => [
    { code: 'structure', diagnostics: `${path}: ${diagnostics}`, expression: path },
  ]
  if (value === '') return wrong('An element cannot be empty')
  if (Array.isArray(value)) {
    if (value.length === 0) return wrong('A list cannot be empty')
    return value.flatMap((item, i) => (item === null ? [] : shapeComplaints(item, `${path}[${i}]`)))
  }
  if (value === null) return wrong('null is no FHIR value')
  if (!isJson(value)) return []
  const fields = Object.entries(value)
  if (fields.length === 0) return wrong('An element cannot be empty')
  return fields.flatMap(([name, field]) => shapeComplaints(field, `${path}.${name}`))
}

/**
 * Refuses (422) a resource that is not valid, or whose patient is not there. `pending`: `Type/id` of resources that the same transaction will create.
 */
export const requireValid = (store: FhirStore, resource: Resource, pending: ReadonlySet<string>): void => {
  const complaints = complaintsAbout(resource)
  if (complaints.length > 0) throw new Refusal(422, complaints)
  if (resource.resourceType === 'Patient') return
  const missing = store
    .patientsOf(resource)
    .filter((id) => !store.get('Patient', id) && !pending.has(`Patient/${id}`))
  if (missing.length > 0) {
    throw new Refusal(
      422,
      missing.map((id) => ({
        code: 'not-found',
        diagnostics: `There is no Patient/${id}, to whom this ${resource.resourceType} would belong`,
      })),
    )
  }
}
