import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type HttpBindings, type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { KnownClient } from './caller'
import { loadPayer, type PayerName } from './payer'
import { payerApp } from './payer-app'

/** How to start a payer. */
export interface PayerOptions {
  readonly name: PayerName
  /** 0 = any free port. */
  readonly port: number
  /** Base URL of the app, for smart links. */
  readonly app: string
  /** Folders of further transaction bundles; each Patient in them becomes a member `SYN-` + 8 characters of its id. */
  readonly data?: readonly string[]
  /** Whether the FHIR API demands a token; default no. */
  readonly auth?: boolean
  /** Sites that have a server which signs; default none. */
  readonly signing?: readonly KnownClient[]
  /** Folder of the payers' data; default `sandbox/data`. */
  readonly root?: string
  readonly now?: () => Date
}

/** A payer that listens. */
export interface RunningPayer {
  readonly url: string
  close(): Promise<void>
}

/** Where the payers' data is. */
export const DATA = fileURLToPath(new URL('../data', import.meta.url))

/** Starts a payer and resolves when it listens; rejects when it cannot (e.g. EADDRINUSE, or data that is wrong). */
export async function startPayer({
  name,
  port,
  app,
  data = [],
  auth = false,
  signing = [],
  root = DATA,
  now = () => new Date(),
}: PayerOptions): Promise<RunningPayer> {
  const payer = loadPayer(root, name)
  // The port comes first, for the base URL stands in links and in the audience of JWTs.
  let web: Hono<{ Bindings: HttpBindings }> | undefined
  const server = await new Promise<ServerType>((resolve, reject) => {
    const fetch = (request: Request, env: unknown) =>
      web?.fetch(request, env as HttpBindings) ?? new Response(null, { status: 503 })
    const listening = serve({ fetch, port }, () => resolve(listening))
    listening.once('error', reject)
  })
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  try {
    web = payerApp(payer, { base: url, app: `${app.replace(/\/$/, '')}/`, now, data, auth, signing })
  } catch (error) {
    await close()
    throw error
  }
  return { url, close }
}
