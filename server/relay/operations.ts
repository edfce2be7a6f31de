import { Hono } from 'hono'
import type { RelayMetrics } from './metrics'

/**
 * For those who run the relay, on a port of its own that stays within the site's network: how much each payer is asked is nobody
 * else's business.
 */
export function operations(metrics: RelayMetrics, isReady: () => Promise<boolean>): Hono {
  const app = new Hono()
  app.get('/metrics', async (c) =>
    c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }),
  )
  app.get('/health', (c) => c.text('alive'))
  app.get('/ready', async (c) => ((await isReady()) ? c.text('ready') : c.text('not ready', 503)))
  return app
}
