import { type FhirJson, objects } from '../json'

/** Who is signed in, as far as the EHR says. */
export interface SignedIn {
  /** `Practitioner/12` */
  readonly fhirUser?: string
  /** The user's own resource and PractitionerRoles. */
  readonly resources: readonly FhirJson[]
}

/**
 * Whether somebody works at the front desk by the site's list: a code of a PractitionerRole that is in force, alone or as
 * `system|code`, or the user by reference (issue 5: configurable).
 */
export function worksAtFrontDesk(roles: readonly string[], { fhirUser, resources }: SignedIn): boolean {
  const codes = resources
    .filter((resource) => resource.resourceType === 'PractitionerRole' && resource.active !== false)
    .flatMap((role) => objects(role, 'code'))
    .flatMap((concept) => objects(concept, 'coding'))
  return roles.some(
    (role) =>
      role === fhirUser || codes.some(({ system, code }) => role === code || role === `${system}|${code}`),
  )
}

/** Whether the user's roles have to be read to know it. */
export const needsRoles = (roles: readonly string[]): boolean =>
  roles.some((role) => !/^(Practitioner|PractitionerRole)\/[^/]+$/.test(role))
