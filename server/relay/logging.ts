import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { RelayMetrics } from './metrics'

/** One line of JSON for each thing that happened; for a collector of logs. No user, patient, address or content is ever in it. */
export type Journal = (
  level: 'info' | 'warn' | 'error',
  event: string,
  fields?: Readonly<Record<string, string | number>>,
) => void

export const journal =
  (write: (line: string) => void, now: () => number): Journal =>
  (level, event, fields = {}) =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`)

/** Asked every few seconds by whoever runs this. */
const POLLED = /\/(health|ready)$/

/** Counts and notes each request by the pattern of its route: what stands in its address may name a patient or a question. */
export function requestLogging(
  note: Journal,
  metrics: Pick<RelayMetrics, 'request'>,
  payers: ReadonlySet<string>,
): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now()
    const id = randomUUID()
    await next()
    const ms = Math.round(performance.now() - began)
    const { status } = c.res
    // Handlers alone: those that stand for everything say nothing.
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('/*') || /:/.test(path))?.path
    c.res.headers.set('X-Request-Id', id)
    metrics.request(route ?? 'none', status, ms / 1000)
    if (status < 500 && POLLED.test(route ?? '')) return
    const named = /\/(?:payers|facade)\/([^/]+)/.exec(c.req.path)?.[1]
    // What a payer does not manage is no fault here; a 503 of the relay's own is.
    const isPayers = named !== undefined && status !== 503
    note(status < 500 ? 'info' : isPayers ? 'warn' : 'error', 'request', {
      id,
      method: c.req.method,
      route: route ?? 'none',
      status,
      ms,
      ...(named !== undefined && payers.has(named) && { payer: named }),
      ...(c.error !== undefined && { fault: faultOf(c.error) }),
    })
  }
}

/** The kind of an error; its message may quote what was asked. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code.slice(0, 40)}` : ''
  return `${error.name}${code}`
}
