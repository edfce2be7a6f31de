import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as v from 'valibot'
import type { Site } from '../../src/domain/site'
import { type Answer, refusal } from './answers'
import type { Asked } from './forward'
import { type Identity, NotVouched } from './id-token'
import type { RelayConfig } from './relay-config'
import { type RelaySession, sessionCookie, type sessions } from './sessions'
import type { SigningKeys } from './signing-keys'

interface Parts {
  readonly site: Site
  readonly config: Pick<RelayConfig, 'publicUrl' | 'limits'>
  readonly keys: Pick<SigningKeys, 'published'>
  readonly sessions: ReturnType<typeof sessions>
  readonly identityOf: (idToken: string, fhirBase: string) => Promise<Identity>
  readonly forward: (asked: Asked) => Promise<Answer>
  /** The database answers, and the relay is not about to end. */
  readonly isReady: () => Promise<boolean>
  readonly now: () => number
}

const signIn = v.object({ idToken: v.string(), fhirBase: v.string() })

/** Names the launch's session; no page of another origin can send it without being asked for leave, which is never given (CSRF). */
const SESSION_HEADER = 'x-relay-session'

/** The relay's own routes, below `/relay`. */
export function relayRoutes(parts: Parts): Hono {
  const { site, config, sessions: all } = parts
  const allow = rate(config.limits.perMinute, parts.now)
  const routes = new Hono()
  routes.use(async (c, next) => {
    await next()
    c.res.headers.set('Cache-Control', 'no-store')
  })
  routes.get('/health', (c) => c.text('alive'))
  routes.get('/ready', async (c) => ((await parts.isReady()) ? c.text('ready') : c.text('not ready', 503)))
  routes.get('/jwks.json', (c) => c.json(parts.keys.published))

  const own = (c: Context): boolean => {
    const origin = c.req.header('origin')
    return origin === undefined ? c.req.method === 'GET' : origin === config.publicUrl
  }
  routes.use(async (c, next) =>
    own(c) ? next() : give(c, refusal(403, 'Only pages of this site may ask. Nothing was done.')),
  )
  routes.use(
    bodyLimit({
      maxSize: config.limits.bytes,
      onError: (c) => give(c, refusal(413, 'The question is larger than this site sends. Nothing was sent.')),
    }),
  )

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
      const identity = await parts.identityOf(idToken, fhirBase)
      const begun = await all.begin(identity, idToken, (name) => getCookie(c, name))
      keepCookie(c, begun.cookie)
      deleteCookie(c, begun.spent, COOKIE)
      return c.json({ session: begun.label })
    } catch (error) {
      if (error instanceof NotVouched)
        return give(c, refusal(401, `${error.message} Open the app from the chart again.`))
      throw error
    }
  })

  const sessionOf = (c: Context): Promise<RelaySession | undefined> => {
    const label = c.req.header(SESSION_HEADER) ?? ''
    return all.find(label, getCookie(c, sessionCookie(label)))
  }

  routes.delete('/session', async (c) => {
    const name = sessionCookie(c.req.header(SESSION_HEADER) ?? '')
    const secret = getCookie(c, name)
    if (secret !== undefined) await all.end(secret)
    deleteCookie(c, name, COOKIE)
    return c.body(null, 204)
  })

  routes.on(['GET', 'POST'], '/payers/:id/cds/*', async (c) => {
    const session = await sessionOf(c)
    if (session === undefined)
      return give(
        c,
        refusal(401, 'Nobody is signed in here. Nothing was sent. Open the app from the chart again.'),
      )
    const payer = site.payers.find(({ id }) => id === c.req.param('id'))
    if (payer === undefined) return give(c, refusal(404, 'This payer is not set up here. Nothing was sent.'))
    if (!allow(session.label))
      return give(
        c,
        refusal(429, 'Too many questions within a minute. Nothing was sent.', { 'Retry-After': '60' }),
      )
    const path = c.req.path.split('/cds/').slice(1).join('/cds/')
    const body = c.req.method === 'POST' ? await c.req.text() : undefined
    return give(c, await parts.forward({ payer, session, path, ...(body !== undefined && { body }) }))
  })
  routes.onError((_, c) =>
    give(c, refusal(503, 'This site’s relay cannot work at the moment. Nothing was sent. Try again later.')),
  )
  return routes
}

/** Works in a frame of an EHR, is not readable by scripts, and is never sent from another site's pages (CHIPS). */
const COOKIE = { path: '/relay', secure: true, httpOnly: true, sameSite: 'None', partitioned: true } as const

const keepCookie = (
  c: Context,
  { name, value, seconds }: { readonly name: string; readonly value: string; readonly seconds: number },
): void => setCookie(c, name, value, { ...COOKIE, maxAge: seconds })

const give = (c: Context, { status, body, headers }: Answer): Response => {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  return c.body(body, status as 200)
}

const MINUTE_MS = 60_000

/** Calls of one session within a minute. */
function rate(most: number, now: () => number) {
  const calls = new Map<string, { since: number; count: number }>()
  return (label: string): boolean => {
    const known = calls.get(label)
    if (known === undefined || now() - known.since >= MINUTE_MS) {
      if (calls.size > 10_000) calls.clear()
      calls.set(label, { since: now(), count: 1 })
      return true
    }
    known.count += 1
    return known.count <= most
  }
}
