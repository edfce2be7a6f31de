import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Hono } from 'hono'
import { parseSite } from '../../src/domain/site-config'
import { createAppServer } from '../app'
import { relayRoutes } from './app'
import { browserConfig, RELAY_PATH, relayedPath } from './browser-config'
import { npiOf } from './credentials/npi'
import { payerCredentials } from './credentials/payer-credentials'
import { type Database, openDatabase } from './database'
import { facade } from './facade/facade'
import { facadeStore } from './facade/facade-store'
import { invocationReads } from './facade/invocation-reads'
import { outgoing } from './facade/outgoing'
import { forwarder } from './forward'
import { idTokenCheck } from './id-token'
import { keptAccess } from './kept-access'
import { type KeptLog, keptLog } from './kept-log'
import { type Journal, requestLogging } from './logging'
import { memberRecords } from './member/member-records'
import { members } from './member/members'
import { relayMetrics } from './metrics'
import { migrate } from './migrations'
import { operations } from './operations'
import { payerCall } from './payer-call'
import { payerHttp } from './payer-http'
import { proxyCheck } from './proxy-sign-in'
import { type RelayConfig, readRelayConfig } from './relay-config'
import { type Removed, removeOld } from './retention'
import { sessions } from './sessions'
import { readSigningKeys } from './signing-keys'
import { readSiteKey, type SiteKey } from './site-key'

/** A relay's files after reading. */
export interface RelayFiles {
  readonly config: RelayConfig
  readonly siteJson: unknown
  readonly siteKey: SiteKey
  readonly signingJson: unknown
  /** The text of another file that the configuration names. Throws a sentence. */
  readonly read: (name: string) => string
}

/** Throws a sentence that names the file and what is wrong with it. Paths in the configuration are relative to it. */
export function readRelayFiles(file: string): RelayFiles {
  const folder = dirname(resolve(file))
  const config = named(file, () => readRelayConfig(JSON.parse(textOf(file))))
  const below = (name: string): string => resolve(folder, name)
  return {
    config,
    siteJson: named(config.site, () => JSON.parse(textOf(below(config.site)))),
    siteKey: named(config.siteKey, () => readSiteKey(textOf(below(config.siteKey)))),
    signingJson: named(config.signingKeys, () => JSON.parse(textOf(below(config.signingKeys)))),
    read: (name) => named(name, () => textOf(below(name))),
  }
}

function textOf(file: string): string {
  if (!existsSync(file)) throw new Error('There is no such file.')
  return readFileSync(file, 'utf8')
}

function named<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    // A JSON error may quote the file: of a key nothing may be said.
    const why = error instanceof SyntaxError ? 'It is not JSON.' : error instanceof Error ? error.message : ''
    throw new Error(`${file} cannot be used. ${why}`)
  }
}

/** The database in the shape of this version. */
export async function openMigrated({ config }: Pick<RelayFiles, 'config'>): Promise<Database> {
  const database = await openDatabase(process.env.DATABASE_URL ?? config.database)
  await migrate(database)
  return database
}

export interface Relay {
  readonly app: Hono
  readonly log: KeptLog
  /** For those who run it: never on the port that browsers reach. */
  readonly operations: Hono
  /** Removes from the log what was kept long enough. */
  retain(): Promise<Removed>
  /** From now on `/ready` says no; what is under way is finished. */
  drain(): void
  close(): Promise<void>
}

const DAY_MS = 86_400_000

/** The app with its headers, and beside it the relay. `dist`: relative to the working directory; `database`: migrated. Throws a sentence. */
export async function createRelay(
  files: RelayFiles,
  dist: string,
  database: Database,
  now: () => number = Date.now,
  note: Journal = () => undefined,
): Promise<Relay> {
  const { config, siteJson, siteKey } = files
  const site = parseSite(siteJson, config.publicUrl)
  if (!site.ok) {
    const { problem } = site
    throw new Error(
      `${config.site} cannot be used. ${problem.kind === 'malformed' ? `${problem.path}: ${problem.message}` : ''}`,
    )
  }
  const relayed = new Set(
    Object.entries(config.payers).flatMap(([id, { records }]) => (records === undefined ? [] : [id])),
  )
  const shown = browserConfig(siteJson, site.value.payers, relayed)
  const shownSite = parseSite(shown, config.publicUrl)
  if (!shownSite.ok) throw new Error(`${config.site} cannot be used with a relay.`)
  const unknown = Object.keys(config.payers).find((id) => site.value.payers.every((payer) => payer.id !== id))
  if (unknown !== undefined) throw new Error(`payers.${unknown}: ${config.site} lists no such payer.`)
  const keys = await readSigningKeys(files.signingJson)
  const metrics = relayMetrics()
  const log = metrics.watched(keptLog(database, siteKey))
  const http = payerHttp({ timeoutMs: config.limits.payerMs, maxBytes: config.limits.bytes })
  // A page of records is larger than a question.
  const recordsHttp = payerHttp({ timeoutMs: config.limits.payerMs, maxBytes: 10 * config.limits.bytes })
  const credentialOf = payerCredentials({
    config,
    payers: site.value.payers,
    keys,
    http,
    now,
    read: files.read,
  })
  const call = metrics.measured(payerCall(http, credentialOf))
  const store = facadeStore(database, siteKey, now)
  const baseOf = (payer: string, hookInstance: string): string =>
    `${config.publicUrl}${RELAY_PATH}/facade/${encodeURIComponent(payer)}/${encodeURIComponent(hookInstance)}`
  const readers = new Map(
    Object.entries(config.payers).flatMap(([id, { reads, readsAs = id }]) => (reads ? [[id, readsAs]] : [])),
  )
  let isEnding = false
  const isReady = async () => !isEnding && (await answers(database))
  const app = new Hono()
  const ids = new Set(site.value.payers.map(({ id }) => id))
  app.use(`${RELAY_PATH}/*`, requestLogging(note, metrics, ids))
  app.route(
    RELAY_PATH,
    relayRoutes({
      site: site.value,
      config,
      keys,
      sessions: sessions(database, siteKey, config.session.minutes, now),
      identityOf: idTokenCheck(site.value, http, now, config.audit, npiOf(config.npi)),
      proxyCheck: config.proxySignIn && proxyCheck(site.value, config.proxySignIn, files.read),
      forward: forwarder({
        call,
        prepare: outgoing({ store, readers, baseOf }),
        log,
        limits: config.limits,
        now,
      }),
      relayed,
      records: memberRecords({
        call: metrics.measured(payerCall(recordsHttp, credentialOf)),
        log,
        members: members(database, siteKey, now),
        key: siteKey,
        limits: config.limits,
        now,
        baseOf: ({ id }) => `${config.publicUrl}${relayedPath(id, 'fhir')}`,
      }),
      readFacade: facade({ store, log, baseOf, now }),
      readsOf: (hookInstance, session) => invocationReads(log, hookInstance, session),
      access: keptAccess({ log, payers: site.value.payers, earlier: config.earlierAnswers, now }),
      isReady,
      now,
    }),
  )
  app.route('/', createAppServer({ dist, config: shown, site: shownSite.value, own: config.publicUrl }))
  return {
    app,
    log,
    operations: operations(metrics, isReady),
    retain: async () =>
      config.keepDays === undefined
        ? { entries: 0 }
        : removeOld(database, siteKey, log, now() - config.keepDays * DAY_MS, now()),
    drain() {
      isEnding = true
    },
    close: () => database.close(),
  }
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.query('select 1')
    return true
  } catch {
    return false
  }
}
