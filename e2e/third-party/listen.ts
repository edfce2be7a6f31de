import { serve } from '@hono/node-server'
import type { Context } from 'hono'
import { Hono } from 'hono'

/** One request as it arrived. */
export interface Arrived {
  readonly method: string
  /** Path with query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A server of its own origin, with what it received. */
export interface ThirdParty {
  readonly origin: string
  readonly received: Arrived[]
  close(): Promise<void>
}

/** CORS as many test servers have it: everything allowed, and `Location` not exposed. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, If-None-Exist, Prefer',
}

/** Answers on this port with `handle`, whatever the path; CORS and the record of what arrived are added. */
export async function listen(
  port: number,
  handle: (c: Context, body: string) => Response | Promise<Response>,
): Promise<ThirdParty> {
  const received: Arrived[] = []
  const app = new Hono()
  app.all('*', async (c) => {
    if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS })
    const { pathname, search } = new URL(c.req.url)
    const body = await c.req.text()
    received.push({
      method: c.req.method,
      path: pathname + search,
      headers: Object.fromEntries(c.req.raw.headers),
      body,
    })
    const answer = await handle(c, body)
    for (const [name, value] of Object.entries(CORS)) answer.headers.set(name, value)
    return answer
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port, hostname: 'localhost' }, () => resolve(started))
  })
  return {
    origin: `http://localhost:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** JSON with a type of the server's choosing. */
export const json = (
  value: unknown,
  status = 200,
  type = 'application/fhir+json;charset=UTF-8',
  headers: Readonly<Record<string, string>> = {},
): Response => new Response(JSON.stringify(value), { status, headers: { 'Content-Type': type, ...headers } })

/** What many servers answer: a narrative made of HTML, and diagnostics. */
export const outcome = (status: number, diagnostics: string): Response =>
  json(
    {
      resourceType: 'OperationOutcome',
      text: {
        status: 'generated',
        div: `<div xmlns="http://www.w3.org/1999/xhtml"><h1>Operation Outcome</h1><b>${diagnostics}</b></div>`,
      },
      issue: [{ severity: 'error', code: 'processing', diagnostics }],
    },
    status,
  )
