import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Caller, createFhirApp, outcome, type ShippedValueSet } from '../fhir'
import { appointmentRoutes } from './appointment-routes'
import { chartRoutes } from './chart-routes'
import { type Ehr, fhirBase } from './context'
import { faultMiddleware } from './fault/middleware'
import { busyFields, loadBusyDay, readBusyDay } from './front-desk/busy'
import { launchRoutes } from './launch-routes'
import { ApiLogPage } from './pages/api-log'
import { ErrorPage } from './pages/error-page'
import { STYLE_SHEET } from './pages/style-sheet'
import { PERSONALITIES } from './personalities'
import { authorizeRoutes } from './smart/authorize'
import { openidConfiguration, smartConfiguration, smartEndpoints } from './smart/discovery'
import { bearer } from './smart/grants'
import { STYLES } from './smart/styles'
import { tokenRoutes } from './smart/token'

/** Who a FHIR request is from, by its access token; else 401 as RFC 6750 §3 wants it. */
function callerOf(ehr: Ehr, personality: string, c: Context): Caller | Response {
  const token = bearer(c.req.header('Authorization'))
  const access = ehr.grants.findAccess(token, personality)
  if (access !== undefined) {
    const { patient, launch } = access.grant
    const user = `Practitioner/${launch.user}`
    return { scopes: access.scopes, user, ...(patient === undefined ? {} : { patient }) }
  }
  const why =
    token === undefined ? 'An access token is needed' : 'The access token is unknown, expired or revoked'
  const body = JSON.stringify(outcome([{ code: 'login', diagnostics: why }]))
  const challenge = token === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
  return new Response(body, {
    status: 401,
    headers: { 'Content-Type': 'application/fhir+json', 'WWW-Authenticate': challenge },
  })
}

function fhirRoutes(ehr: Ehr, valueSets: readonly ShippedValueSet[]): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  for (const { id, offer, dialect } of PERSONALITIES) {
    const path = `/${id}/fhir`
    app.get(`${path}/.well-known/smart-configuration`, (c) => c.json(smartConfiguration(ehr, id)))
    app.get(`${path}/.well-known/openid-configuration`, (c) => c.json(openidConfiguration(ehr, id)))
    app.use(`${path}/*`, faultMiddleware(ehr))
    const fhir = createFhirApp({
      base: fhirBase(ehr, id),
      store: ehr.store,
      offer,
      oauth: smartEndpoints(ehr, id),
      // $expand is R4's here.
      ...(dialect ? { dialect } : { valueSets }),
      authorize: (c) => callerOf(ehr, id, c),
      heedsCondition: (c) => c.get('ignoresCondition') !== true,
    })
    app.route(path, fhir)
  }
  return app
}

/** Only our own style sheet, no scripts at all, and frames and forms that lead to the app or to ourselves. */
function contentSecurityPolicy(ehr: Ehr): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    // 'self', because a framed app goes through our authorize endpoint on its way.
    `frame-src 'self' ${ehr.app}`,
    `form-action 'self' ${ehr.app}`,
    "base-uri 'none'",
    `frame-ancestors 'self' ${ehr.app}`,
  ].join('; ')
}

function pageHeaders(ehr: Ehr) {
  const policy = contentSecurityPolicy(ehr)
  return async (c: Context, next: () => Promise<void>): Promise<void> => {
    await next()
    if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return
    if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', policy)
    c.res.headers.set('X-Content-Type-Options', 'nosniff')
    c.res.headers.set('Referrer-Policy', 'no-referrer')
    c.res.headers.set('Cache-Control', 'no-store')
  }
}

/** Everything this EHR serves: SMART, FHIR, pages, and the doors `/_log` and `/_reset`. */
export function createWebsite(
  ehr: Ehr,
  valueSets: readonly ShippedValueSet[],
  reset: () => void,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(ehr.log.middleware)
  app.use(pageHeaders(ehr))
  for (const path of [
    '/:personality/fhir/.well-known/*',
    '/:personality/oauth/token',
    '/:personality/oauth/jwks',
    '/styles/*',
  ])
    app.use(path, cors({ origin: '*', allowHeaders: ['Content-Type', 'Authorization', 'Accept'] }))

  app.route('/', fhirRoutes(ehr, valueSets))
  app.route('/', authorizeRoutes(ehr))
  app.route('/', tokenRoutes(ehr))
  app.get('/styles/:file{[a-z-]+\\.json}', (c) => {
    const style = STYLES[c.req.param('file').replace('.json', '')]
    if (style === undefined) return c.notFound()
    const text = typeof style === 'string' ? style : JSON.stringify(style)
    return c.body(text, 200, { 'Content-Type': 'application/json' })
  })

  app.get('/ehr.css', (c) => c.body(STYLE_SHEET, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.route('/', chartRoutes(ehr))
  app.route('/', launchRoutes(ehr))
  app.route('/', appointmentRoutes(ehr))
  app.get('/api-log', (c) => c.html(ApiLogPage({ ehr })))

  app.get('/_log', (c) => c.json(ehr.log.all()))
  app.post('/_reset', (c) => {
    reset()
    return c.body(null, 204)
  })
  // `{ "count": 200, "payers"?: "acme,borealis", "date"?: "2026-12-07" }`: what a launch link's `busy` does, and says which day it is.
  app.post('/_busy', async (c) => {
    const given: unknown = await c.req.json().catch(() => undefined)
    const busy = readBusyDay(busyFields(given), new Date(ehr.now()))
    if ('problem' in busy) return c.json({ error: busy.problem }, 400)
    loadBusyDay(ehr.store, busy)
    return c.json(busy)
  })
  app.notFound((c) =>
    c.html(ErrorPage({ title: 'Not found', message: 'There is nothing at this address.' }), 404),
  )
  app.onError((error, c) => {
    console.error('request failed', c.req.method, error)
    const message = 'The sandbox failed on this page. Its console says more.'
    return c.html(ErrorPage({ title: 'Something went wrong', message }), 500)
  })
  return app
}
