import { hasCode } from '../../../src/domain/fhir/coding'
import { literal } from '../../../src/domain/fhir/references'
import { at, type FhirJson, objects, text } from '../../../src/domain/json'
import type { Named } from './members'

/** Whom a payer's answer to `$member-match` names: the member's identifier, and its Patient where it says so (HRex mm-3). */
export function matched(json: unknown): readonly Named[] {
  const named = (name: string) => objects(json, 'parameter').find((each) => each.name === name)
  // Drafts before 1.0 gave the patient back with the identifier in it.
  const drafted = objects(named('MemberPatient'), 'resource', 'identifier').filter(
    ({ type }) => hasCode(type, 'UMB') || hasCode(type, 'MB'),
  )
  const identifiers = [at(named('MemberIdentifier'), 'valueIdentifier'), ...drafted].flatMap((each) => {
    const value = text(each, 'value')
    return value === undefined ? [] : [token(text(each, 'system'), value)]
  })
  const target = literal(text(named('MemberId'), 'valueReference', 'reference'))
  const found: readonly Named[] = [
    ...identifiers.map((identifier) => ({ identifier })),
    ...(target?.type === 'Patient' ? [{ patient: target.id }] : []),
  ]
  return found.length === 0 ? [] : [...found, { anybody: true }]
}

/** As a search writes it. */
export const token = (system: string | undefined, value: string): string =>
  system === undefined ? value : `${system}|${value}`

/** Whether a Patient has this identifier, as a search writes it. */
export const carries = (patient: unknown, identifier: string): boolean =>
  objects(patient, 'identifier').some((each) => {
    const value = text(each, 'value')
    return value !== undefined && [value, token(text(each, 'system'), value)].includes(identifier)
  })

/** The one Patient whom a search by identifier found: a server that ignores the parameter gives everybody. */
export function foundMember(patients: readonly FhirJson[], identifier: string): readonly string[] {
  const carriers = patients.filter((patient) => carries(patient, identifier))
  const found = carriers.length > 0 ? carriers : patients.length === 1 ? patients : []
  return found.flatMap(({ id }) => id ?? [])
}
