import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type HttpBindings, type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { RequestLog } from '../request-log'
import { CallerCheck, loadClients } from './caller'
import { cdsRoutes } from './cds-routes'
import { doors } from './doors'
import { Faults } from './fault'
import { faultMiddleware, withoutCors } from './fault-middleware'
import { patientsUnder } from './member-data'
import { membersAmong } from './members'
import { loadPayer, type PayerName } from './payer'
import { loadRules } from './rules'

/** How to start a payer. */
export interface PayerOptions {
  readonly name: PayerName
  /** 0 = any free port. */
  readonly port: number
  /** Base URL of the app, for smart links. */
  readonly app: string
  /** Folder of the payers' data; default `sandbox/data`. */
  readonly root?: string
  readonly now?: () => Date
}

/** A payer that listens. */
export interface RunningPayer {
  readonly url: string
  close(): Promise<void>
}

const DATA = fileURLToPath(new URL('../data', import.meta.url))

const listen = (app: Hono<{ Bindings: HttpBindings }>, port: number): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port }, () => resolve(server))
    server.once('error', reject)
  })

/** Starts a payer and resolves when it listens; rejects when it cannot (e.g. EADDRINUSE). */
export async function startPayer({
  name,
  port,
  app,
  root = DATA,
  now = () => new Date(),
}: PayerOptions): Promise<RunningPayer> {
  const payer = loadPayer(root, name)
  const book = loadRules(payer.folder)
  const log = new RequestLog()
  const seen = new Set<string>()
  const callers = new CallerCheck(loadClients(payer.folder))
  let base = ''

  const faults = new Faults()

  const web = new Hono<{ Bindings: HttpBindings }>()
  web.use(log.middleware)
  web.use(withoutCors(faults))
  web.use(
    cors({
      origin: '*',
      allowHeaders: ['Authorization', 'Content-Type', 'Prefer'],
      allowMethods: ['GET', 'POST', 'OPTIONS'],
    }),
  )
  web.use(faultMiddleware(faults))
  const launch = `${app.replace(/\/$/, '')}/`
  const members = membersAmong(patientsUnder(join(payer.folder, 'members')), payer.memberSystem)
  const desk = () => ({
    payer,
    book,
    members,
    payerFhirBase: `${base}/fhir`,
    app: launch,
    now: now(),
    newId: randomUUID,
  })
  web.route('/', cdsRoutes({ services: payer.services, callers, desk, base: () => base, seen }))
  web.route(
    '/',
    doors(log, faults, () => {
      seen.clear()
      callers.forget()
    }),
  )

  const server = await listen(web, port)
  base = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url: base,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
