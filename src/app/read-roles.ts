import { needsRoles, worksAtFrontDesk } from '../domain/front-desk/role'
import type { FhirJson } from '../domain/json'
import type { EhrPort } from '../domain/ports'
import type { Result } from '../domain/result'
import type { SignedInUser } from './read-user'

interface User {
  readonly type: string
  readonly id: string
  /** The user's own resource, on its way. */
  readonly reading: Promise<Result<FhirJson>>
}

/** The user's PractitionerRoles, and whether they are on the site's list of who works at the front desk. */
export async function readRoles(
  ehr: EhrPort,
  { type, id, reading }: User,
  roles: readonly string[],
): Promise<Pick<SignedInUser, 'userRoles' | 'isAtTheDesk'>> {
  const [found, user] = await Promise.all([
    type === 'Practitioner' && needsRoles(roles)
      ? ehr.search('PractitionerRole', [['practitioner', id]])
      : undefined,
    reading,
  ])
  const own = user.ok ? [user.value] : []
  const resources = [...own, ...(found?.ok ? found.value.matches : [])]
  return {
    userRoles: resources.filter((each) => each.resourceType === 'PractitionerRole'),
    isAtTheDesk: worksAtFrontDesk(roles, { fhirUser: `${type}/${id}`, resources }),
  }
}
