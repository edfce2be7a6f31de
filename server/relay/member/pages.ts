import type { Payer } from '../../../src/domain/payer-directory'
import type { RelaySession } from '../sessions'
import type { SiteKey } from '../site-key'

/** A page that cannot be followed: the app gets to see that there is more. */
const ELSEWHERE = 'elsewhere'

/**
 * A payer's `next` links, as addresses of this relay. They are sealed for the session and the payer that they were given to: nobody
 * can make one, and none tells what it stands for.
 */
export function pages(key: SiteKey, base: string) {
  const contextOf = ({ label, user }: RelaySession, { id }: Payer): string =>
    JSON.stringify(['page', label, user, id])
  return {
    urlFor:
      (session: RelaySession, payer: Payer) =>
      (next: string): string => {
        const url = below(next, payer)
        const token =
          url === undefined ? ELSEWHERE : key.seal(url, contextOf(session, payer)).toString('base64url')
        return `${base}/_pages/${token}`
      },
    /** Undefined where it is of another session or payer, or leads elsewhere. */
    open(session: RelaySession, payer: Payer, token: string): string | undefined {
      try {
        return below(key.open(Buffer.from(token, 'base64url'), contextOf(session, payer)), payer)
      } catch {
        return undefined
      }
    },
  }
}

/** The absolute address, where it lies at or below the payer's FHIR base. Dot segments are resolved first. */
function below(next: string, { fhirBase }: Payer): string | undefined {
  if (fhirBase === undefined || !URL.canParse(next, `${fhirBase}/`)) return undefined
  const [url, root] = [new URL(next, `${fhirBase}/`), new URL(fhirBase)]
  const path = root.pathname.replace(/\/+$/, '')
  const isBelow =
    url.origin === root.origin &&
    url.username === '' &&
    url.password === '' &&
    (url.pathname === path || url.pathname.startsWith(`${path}/`))
  return isBelow ? url.href : undefined
}
