import type { Context, Next } from 'hono'

/** One request as it arrived, with what was answered: tests assert on what a server received, not on what a client says it sent. */
export interface LoggedRequest {
  readonly at: string
  readonly method: string
  /** Path with query, as received. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
}

/** Keeps every request but those to the doors under `/_`. */
export class RequestLog {
  private entries: LoggedRequest[] = []

  readonly middleware = async (c: Context, next: Next): Promise<void> => {
    const url = new URL(c.req.url)
    if (url.pathname.startsWith('/_')) return next()
    const at = new Date().toISOString()
    // A slow request that began before the log was cleared is none of what came after.
    const { entries } = this
    const body = c.req.method === 'GET' ? '' : await c.req.raw.clone().text()
    await next()
    entries.push({
      at,
      method: c.req.method,
      path: url.pathname + url.search,
      headers: Object.fromEntries(c.req.raw.headers),
      body,
      status: c.res.status,
    })
  }

  all(): readonly LoggedRequest[] {
    return this.entries
  }

  clear(): void {
    this.entries = []
  }
}
