import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Site } from '../src/domain/site'
import { securityHeaders } from './security-headers'

/** The built app, its configuration and its security headers. `config` is what `/config.json` answers, `site` the same after parsing. */
export function createAppServer(options: {
  readonly dist: string
  readonly config: unknown
  readonly site: Site
  /** The origin that paths of the configuration were made absolute with. */
  readonly own: string
}): Hono {
  const headers = securityHeaders(options.site, options.own)
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    // File names under assets/ carry a hash of their content; all else may change with the next deployment.
    const hashed = c.req.path.startsWith('/assets/') && c.res.ok
    c.res.headers.set('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  })
  app.use(compress())
  app.get('/config.json', (c) => c.json(options.config as object))
  app.use(serveStatic({ root: options.dist }))
  return app
}
