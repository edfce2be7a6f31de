import { type FhirJson, isResource, objects, text } from '../json'
import type { PayerIdentifier } from '../payer-directory'
import type { SearchParams } from '../ports'
import type { Found } from './prefetch-cache'

/** A complete searchset (CDS Hooks: a search is answered with a Bundle). No links: there is nothing more to fetch. */
export function searchset(found: Found, fhirBase: string): FhirJson {
  const entry = (mode: 'match' | 'include') => (resource: FhirJson) => ({
    ...(resource.id !== undefined && { fullUrl: `${fhirBase}/${resource.resourceType}/${resource.id}` }),
    resource,
    search: { mode },
  })
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.matches.length,
    entry: [...found.matches.map(entry('match')), ...found.includes.map(entry('include'))],
  }
}

/** Of all coverages only the one asked about may be sent (CRD dev-29), in the form in which it is given here; with the others go the includes that belong to them. */
export function coverageOnly(found: Found, coverage: FhirJson): Found {
  const isOther = (resource: FhirJson): boolean =>
    resource.resourceType === 'Coverage' && resource.id !== coverage.id
  const isChosen = (resource: FhirJson): boolean =>
    resource.resourceType === 'Coverage' && resource.id === coverage.id
  const asGiven = (resource: FhirJson): FhirJson => (isChosen(resource) ? coverage : resource)
  const matches = found.matches.filter((resource) => !isOther(resource)).map(asGiven)
  if (![...found.matches, ...found.includes].some(isOther))
    return { matches, includes: found.includes.map(asGiven) }
  const kept = JSON.stringify(matches)
  const includes = found.includes
    .filter((resource) => !isOther(resource) && kept.includes(`${resource.resourceType}/${resource.id}"`))
    .map(asGiven)
  return { matches, includes }
}

/**
 * A search that asks for nothing but this patient's active coverage, of any payer or of this one (CRD 1.1): the chosen one is the
 * answer, without a further call.
 */
export function isPlainCoverageSearch(
  type: string,
  params: SearchParams,
  patientId: string,
  payer: readonly PayerIdentifier[] = [],
): boolean {
  if (type !== 'Coverage') return false
  const isPatient = (value: string): boolean => value === patientId || value === `Patient/${patientId}`
  return (
    params.some(([name, value]) => isPatientParam(name) && isPatient(value)) &&
    params.every(([name, value]) =>
      isPatientParam(name)
        ? isPatient(value)
        : name === 'payor.identifier'
          ? isPayer(value, payer)
          : name === 'status' && value === 'active',
    )
  )
}

/** FHIR writes `system|value`; the guide's own sample has it the other way round. */
const isPayer = (token: string, payer: readonly PayerIdentifier[]): boolean =>
  payer.some(({ system, value }) => [`${system}|${value}`, `${value}|${system}`, value].includes(token))

const isPatientParam = (name: string): boolean => name === 'patient' || name === 'beneficiary'

/** How many resources of each type a prefetch value carries; those that exist nowhere are not counted. */
export function countTypes(
  value: FhirJson,
  hypotheticals: readonly FhirJson[] = [],
): Readonly<Record<string, number>> {
  const resources = (
    value.resourceType === 'Bundle'
      ? objects(value, 'entry').flatMap((entry) => (isResource(entry.resource) ? [entry.resource] : []))
      : [value]
  ).filter((each) => !hypotheticals.includes(each))
  const counts: Record<string, number> = {}
  for (const resource of resources) {
    const type = text(resource, 'resourceType') ?? 'Resource'
    counts[type] = (counts[type] ?? 0) + 1
  }
  return counts
}
