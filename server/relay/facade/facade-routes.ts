import { Hono } from 'hono'
import type { FacadeAnswer, FacadeRead } from './facade'

/** Payers' own way in, below `/facade`: no cookie, no session, the token of one call alone. */
export function facadeRoutes(read: (read: FacadeRead) => Promise<FacadeAnswer>): Hono {
  const routes = new Hono()
  routes.all('/:payer/:hookInstance/*', async (c) => {
    const url = new URL(c.req.url)
    const { payer, hookInstance } = c.req.param()
    const [, path = ''] = /\/facade\/[^/]+\/[^/]+\/(.*)$/.exec(url.pathname) ?? []
    const { status, body, headers } = await read({
      method: c.req.method,
      payer,
      hookInstance,
      path,
      query: url.searchParams,
      authorization: c.req.header('authorization'),
    })
    for (const [name, value] of Object.entries(headers ?? {})) c.header(name, value)
    c.header('Content-Type', 'application/fhir+json')
    return c.body(JSON.stringify(body), status as 200)
  })
  return routes
}
