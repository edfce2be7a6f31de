import type { OpenSession, Session } from '../domain/session'
import type { Site } from '../domain/site'

/**
 * A launch of the front desk need not name a patient, nor does a sign-in that asked for none; undefined where a patient belongs and
 * none is named. `asked`: the scopes that were asked for. Where the site knows its front desk by role, that is read first.
 */
export function ofPatient(
  session: Session,
  asked: string | undefined,
  { frontDesk }: Site,
): Session | OpenSession | undefined {
  if (session.patientId !== '') return session
  const isAskedFor = /(?:^|\s)launch(?:\/patient)?(?:\s|$)/.test(asked ?? 'launch')
  const { patientId: _, encounterId: __, ...open } = session
  if (session.intent === 'front-desk' || !isAskedFor) return open
  return frontDesk?.roles.length ? { ...open, needsRole: true } : undefined
}
