import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as v from 'valibot'
import { type Answer, refusal } from './answers'
import { type Identity, NotVouched } from './id-token'
import type { ProxyCheck } from './proxy-sign-in'
import { type RelaySession, sessionCookie, type sessions } from './sessions'

interface Parts {
  readonly sessions: ReturnType<typeof sessions>
  readonly identityOf: (idToken: string, fhirBase: string) => Promise<Identity>
  /** For callers without an id_token; undefined where the site has no other proof. */
  readonly proxyCheck: ProxyCheck | undefined
}

const signIn = v.object({ idToken: v.string(), fhirBase: v.string() })

/** Names the launch's session; no page of another origin can send it without being asked for leave, which is never given (CSRF). */
const SESSION_HEADER = 'x-relay-session'

/** Works in a frame of an EHR, is not readable by scripts, and is never sent from another site's pages (CHIPS). */
const COOKIE = { path: '/relay', secure: true, httpOnly: true, sameSite: 'None', partitioned: true } as const

/** What the relay itself answers. */
export const give = (c: Context, { status, body, headers }: Answer): Response => {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  return c.body(body, status as 200)
}

/** Signing in by the EHR's word, or by that of the site's own proxy, and out. */
export function sessionRoutes({ sessions: all, identityOf, proxyCheck }: Parts): Hono {
  const routes = new Hono()
  routes.post('/nonce', (c) => {
    const { nonce, cookie } = all.newNonce()
    keepCookie(c, cookie)
    return c.json({ nonce })
  })
  routes.post('/session', async (c) => {
    const read = v.safeParse(signIn, await c.req.json().catch(() => undefined))
    if (!read.success) return give(c, refusal(400, 'Expected idToken and fhirBase.'))
    const { idToken, fhirBase } = read.output
    try {
      if (idToken === '' && proxyCheck !== undefined) {
        const { label, cookie } = await all.beginByProxy(proxyCheck((name) => c.req.header(name), fhirBase))
        keepCookie(c, cookie)
        return c.json({ session: label, audits: false })
      }
      const identity = await identityOf(idToken, fhirBase)
      const begun = await all.begin(identity, idToken, (name) => getCookie(c, name))
      keepCookie(c, begun.cookie)
      deleteCookie(c, begun.spent, COOKIE)
      return c.json({ session: begun.label, audits: identity.audits })
    } catch (error) {
      if (error instanceof NotVouched)
        return give(c, refusal(401, `${error.message} Open the app from the chart again.`))
      throw error
    }
  })
  routes.post('/sign-out', async (c) => {
    const name = sessionCookie(c.req.header(SESSION_HEADER) ?? '')
    const secret = getCookie(c, name)
    if (secret !== undefined) await all.end(secret)
    deleteCookie(c, name, COOKIE)
    return c.body(null, 204)
  })
  return routes
}

/** The session that a request belongs to; undefined where there is none, or it has ended. */
export function sessionOf(all: Parts['sessions'], c: Context): Promise<RelaySession | undefined> {
  const label = c.req.header(SESSION_HEADER) ?? ''
  return all.find(label, getCookie(c, sessionCookie(label)))
}

/** Nothing is done for one whom nobody vouches for. */
export const notSignedIn = (c: Context): Response =>
  give(c, refusal(401, 'Nobody is signed in here. Nothing was sent. Open the app from the chart again.'))

const keepCookie = (
  c: Context,
  { name, value, seconds }: { readonly name: string; readonly value: string; readonly seconds: number },
): void => setCookie(c, name, value, { ...COOKIE, maxAge: seconds })
