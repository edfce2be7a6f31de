import type { EhrPort } from '../domain/ports'
import type { ChartContext, Session } from '../domain/session'
import type { Site } from '../domain/site'

export type SignedInUser = Omit<ChartContext, 'patient'>

/** The user's own resource, and what their roles say, where the site goes by them. What cannot be read is absent: nobody is kept out by it. */
export async function readUser(
  ehr: EhrPort,
  { fhirUser }: Pick<Session, 'fhirUser'>,
  { frontDesk }: Site,
): Promise<SignedInUser> {
  const [type, id] = fhirUser?.split('/') ?? []
  if (type === undefined || id === undefined) return {}
  const reading = ehr.read(type, id)
  // Only sites with such a list need it, so only they load it.
  const roles =
    frontDesk === undefined || frontDesk.roles.length === 0
      ? undefined
      : import('./read-roles').then(({ readRoles }) => readRoles(ehr, { type, id, reading }, frontDesk.roles))
  const [user, known] = await Promise.all([reading, roles?.catch(() => undefined)])
  return { ...(user.ok && { user: user.value }), ...known }
}
