import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Site } from '../../src/domain/site'
import { type Answer, refusal } from './answers'
import type { FacadeAnswer, FacadeRead } from './facade/facade'
import { facadeRoutes } from './facade/facade-routes'
import type { InvocationRead } from './facade/invocation-reads'
import type { Asked } from './forward'
import type { Identity } from './id-token'
import type { keptAccess } from './kept-access'
import { keptRoutes } from './kept-routes'
import type { RecordsAsked } from './member/member-records'
import { memberRoutes } from './member/member-routes'
import type { ProxyCheck } from './proxy-sign-in'
import type { RelayConfig } from './relay-config'
import { give, notSignedIn, sessionOf, sessionRoutes } from './session-routes'
import type { sessions } from './sessions'
import type { SigningKeys } from './signing-keys'

interface Parts {
  readonly site: Site
  readonly config: Pick<RelayConfig, 'publicUrl' | 'limits'>
  readonly keys: Pick<SigningKeys, 'published'>
  readonly sessions: ReturnType<typeof sessions>
  readonly identityOf: (idToken: string, fhirBase: string) => Promise<Identity>
  readonly proxyCheck: ProxyCheck | undefined
  readonly forward: (asked: Asked) => Promise<Answer>
  /** Payers whose records are read through the relay. */
  readonly relayed: ReadonlySet<string>
  readonly records: (asked: RecordsAsked) => Promise<Answer>
  readonly readFacade: (read: FacadeRead) => Promise<FacadeAnswer>
  readonly readsOf: (hookInstance: string, session: string) => Promise<readonly InvocationRead[]>
  readonly access: ReturnType<typeof keptAccess>
  /** The database answers, and the relay is not about to end. */
  readonly isReady: () => Promise<boolean>
  readonly now: () => number
}

/** The relay's own routes, below `/relay`. */
export function relayRoutes(parts: Parts): Hono {
  const { site, config, sessions: all } = parts
  const allow = rate(config.limits.perMinute, parts.now)
  const routes = new Hono()
  routes.use(async (c, next) => {
    await next()
    c.res.headers.set('Cache-Control', 'no-store')
    // What a payer answers is data on the app's own origin: never a page, whatever it says of itself.
    c.res.headers.set('X-Content-Type-Options', 'nosniff')
    c.res.headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  })
  routes.get('/health', (c) => c.text('alive'))
  routes.get('/ready', async (c) => ((await parts.isReady()) ? c.text('ready') : c.text('not ready', 503)))
  routes.get('/jwks.json', (c) => c.json(parts.keys.published))
  routes.route('/facade', facadeRoutes(parts.readFacade))

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

  routes.route('/', sessionRoutes(parts))
  routes.route('/', keptRoutes(parts))

  routes.on(['GET', 'POST'], '/payers/:id/cds/*', async (c) => {
    const session = await sessionOf(all, c)
    if (session === undefined) return notSignedIn(c)
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
  const { records, relayed } = parts
  routes.route('/', memberRoutes({ site, sessions: all, relayed, records, allow }))
  routes.get('/invocations/:hookInstance/reads', async (c) => {
    const session = await sessionOf(all, c)
    if (session === undefined) return notSignedIn(c)
    return c.json({ reads: await parts.readsOf(c.req.param('hookInstance'), session.label) })
  })
  routes.onError((_, c) =>
    give(c, refusal(503, 'This site’s relay cannot work at the moment. Nothing was sent. Try again later.')),
  )
  return routes
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
