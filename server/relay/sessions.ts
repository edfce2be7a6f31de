import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database, Queries } from './database'
import { type Identity, NotVouched } from './id-token'
import type { SiteKey } from './site-key'

/** A signed-in user in one launch. */
export interface RelaySession {
  readonly label: string
  readonly fhirBase: string
  readonly user: string
  /** Absolute reference, where the EHR says it. */
  readonly fhirUser?: string
  /** National Provider Identifier, where the site vouches for it. */
  readonly npi?: string
  /** May look into the whole log. */
  readonly audits: boolean
}

const digest = (value: string): string => createHash('sha256').update(value).digest('base64url')

/** Names of cookies. Each launch has its own, so that two charts in one browser never share a session. */
export const sessionCookie = (label: string): string => `beforehand-session-${label}`
const nonceCookie = (nonce: string): string => `beforehand-nonce-${digest(nonce).slice(0, 12)}`

const NONCE_SECONDS = 600
/** However much it is used: then the EHR has to vouch for the user anew. */
export const LONGEST_SECONDS = 12 * 3600
/** From when on what was spent need not be remembered: beyond the life of any id_token. */
const REMEMBERED_HOURS = 24

/**
 * Who may have something forwarded: sessions lie in the database, so that any relay beside this one knows them too. One ends `minutes`
 * after its last use.
 */
export function sessions(database: Database, key: SiteKey, minutes: number, now: () => number) {
  const vouch = (nonce: string, until: number): string =>
    `${until}.${key.tag('user', `nonce ${nonce} ${until}`)}`

  /** For the authorize request: the id_token has to come back with it, in the same browser. */
  function newNonce() {
    const nonce = randomBytes(24).toString('base64url')
    const until = Math.floor(now() / 1000) + NONCE_SECONDS
    return { nonce, cookie: { name: nonceCookie(nonce), value: vouch(nonce, until), seconds: NONCE_SECONDS } }
  }

  /** Throws `NotVouched`: the sign-in was not begun in this browser, or has been used before. */
  async function begin(identity: Identity, idToken: string, cookieOf: (name: string) => string | undefined) {
    const { nonce } = identity
    const held = nonce === undefined ? undefined : cookieOf(nonceCookie(nonce))
    const until = Number(held?.split('.')[0])
    if (
      nonce === undefined ||
      held === undefined ||
      !isEqual(held, vouch(nonce, until)) ||
      until * 1000 < now()
    )
      throw new NotVouched('This sign-in was not begun here, or too long ago.')
    const opened = await database.transaction(async (tx) => {
      await tx.query('delete from spent where until < $1', [new Date(now())])
      const spent = await tx.query(
        `insert into spent select what, $3 from unnest(array[$1, $2]) as what on conflict do nothing returning what`,
        [digest(idToken), digest(nonce), new Date(now() + REMEMBERED_HOURS * 3_600_000)],
      )
      if (spent.length < 2) throw new NotVouched('This sign-in was used before.')
      return open(tx, identity)
    })
    return { ...opened, spent: nonceCookie(nonce) }
  }

  /** For one whom the site's own proxy vouches for: it says so of the request itself, so that nothing can be replayed. */
  const beginByProxy = (identity: Identity) => database.transaction((tx) => open(tx, identity))

  async function open(tx: Queries, identity: Identity) {
    const secret = randomBytes(32).toString('base64url')
    const label = randomBytes(6).toString('base64url')
    await tx.query('delete from session where ends < $1', [new Date(now())])
    await tx.query(
      'insert into session (id, label, issuer, subject, fhir_user, began, ends, audits, npi) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)',
      [
        digest(secret),
        label,
        identity.fhirBase,
        `${identity.issuer} ${identity.subject}`,
        identity.fhirUser ?? null,
        new Date(now()),
        new Date(now() + minutes * 60_000),
        identity.audits,
        identity.npi ?? null,
      ],
    )
    return { label, cookie: { name: sessionCookie(label), value: secret, seconds: LONGEST_SECONDS } }
  }

  /** Undefined where there is none, or it has ended. */
  async function find(label: string, secret: string | undefined): Promise<RelaySession | undefined> {
    if (secret === undefined) return undefined
    const [row] = await database.query<{
      label: string
      issuer: string
      subject: string
      fhir_user: string | null
      audits: boolean
      npi: string | null
      began: Date | string
      ends: Date | string
    }>(
      'select label, issuer, subject, fhir_user, audits, npi, began, ends from session where id = $1 and label = $2 and ends > $3',
      [digest(secret), label, new Date(now())],
    )
    if (row === undefined) return undefined
    await goOn(digest(secret), new Date(row.began).getTime(), new Date(row.ends).getTime())
    return {
      label: row.label,
      fhirBase: row.issuer,
      user: row.subject,
      ...(row.fhir_user !== null && { fhirUser: row.fhir_user }),
      ...(row.npi !== null && { npi: row.npi }),
      audits: row.audits,
    }
  }

  /** Not with each use: a write for every read would wear the database. */
  async function goOn(id: string, began: number, ends: number): Promise<void> {
    const life = minutes * 60_000
    const until = Math.min(now() + life, began + LONGEST_SECONDS * 1000)
    if (ends - now() < life / 2 && until > ends)
      await database.query('update session set ends = $2 where id = $1', [id, new Date(until)])
  }

  async function end(secret: string): Promise<void> {
    await database.query('delete from session where id = $1', [digest(secret)])
  }

  return { newNonce, begin, beginByProxy, find, end }
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
