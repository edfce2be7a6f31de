import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './database'
import { type KeptLog, keptLog } from './kept-log'
import { newKeyFiles } from './new-key-files'
import { readSiteKey } from './site-key'
import { startPostgres } from './test-postgres'
import { browser, testEhr, testPayer } from './world.test-data'

const postgres = process.env.DATABASE_URL === undefined ? await startPostgres() : undefined
const address = process.env.DATABASE_URL ?? postgres?.address ?? ''

const question = (n: number) => ({
  hook: 'order-sign',
  hookInstance: `call-${n}`,
  context: { patientId: 'jane' },
})
const PATH = '/payers/acme/cds/cds-services/order-sign'

// Two processes share state only on a real server. Where none is installed this is skipped, and says so.
describe.skipIf(address === '')('relays as processes on one PostgreSQL', () => {
  const closing: (() => unknown)[] = []
  let ehr: Awaited<ReturnType<typeof testEhr>>
  beforeAll(async () => {
    ehr = await testEhr()
  })
  afterAll(async () => {
    await ehr.close()
    await postgres?.stop()
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A site whose relays may run on several ports; browsers know the first one's address. */
  async function site(payer: string, database: string, operations?: number) {
    const folder = mkdtempSync(join(tmpdir(), 'beforehand-relays-'))
    await newKeyFiles(folder)
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist/index.html'), '<!doctype html><title>Beforehand</title>')
    const port = await freePort()
    const publicUrl = `http://localhost:${port}`
    const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value))
    write('config.json', {
      issuers: [{ issuer: ehr.fhirBase, name: 'EHR', clientId: 'app', scopes: 'patient/*.rs' }],
      payers: [{ id: 'acme', name: 'Acme', cdsBase: `${payer}/cds` }],
    })
    write('relay.json', {
      site: 'config.json',
      publicUrl,
      database,
      siteKey: 'site.key',
      signingKeys: 'signing.json',
      payers: { acme: { credential: { kind: 'jwt' } } },
      ...(operations !== undefined && { operations: { port: operations, host: 'localhost' } }),
      limits: { perMinute: 10_000 },
    })
    const start = async (own: number): Promise<ChildProcess> => {
      const relay = spawn(
        process.execPath,
        ['--import', 'tsx', 'server/relay/main.ts', '--config', join(folder, 'relay.json')].concat([
          '--host',
          'localhost',
          '--port',
          `${own}`,
          '--dist',
          join(folder, 'dist'),
        ]),
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: database } },
      )
      closing.push(() => relay.kill('SIGKILL'))
      await new Promise<void>((resolve, reject) => {
        relay.stdout?.on('data', (part: Buffer) => /listening/.test(part.toString()) && resolve())
        relay.once('exit', () => reject(new Error('the relay did not start')))
      })
      return relay
    }
    return { folder, port, publicUrl, start }
  }

  /** A database of its own on the server, and the log that relays keep there. */
  async function ownDatabase(): Promise<string> {
    const name = `load_${randomUUID().replaceAll('-', '')}`
    const server = await openDatabase(address)
    await server.query(`create database ${name}`)
    await server.close()
    const own = new URL(address)
    own.pathname = `/${name}`
    return own.href
  }
  async function logOf(folder: string, database: string): Promise<KeptLog> {
    const opened: Database = await openDatabase(database)
    closing.push(() => opened.close())
    return keptLog(opened, readSiteKey(readFileSync(join(folder, 'site.key'), 'utf8')))
  }

  it('finish what is in flight when told to end, and take nothing new', async () => {
    const held: ServerResponse[] = []
    const payer = await testPayer((_, response) => void held.push(response))
    closing.push(payer.close)
    const database = await ownDatabase()
    const inner = await freePort()
    const { start, port, publicUrl, folder } = await site(payer.url, database, inner)
    const relay = await start(port)
    const page = browser(publicUrl)
    const session = await page.signIn(ehr)
    const calls = Array.from({ length: 20 }, (_, n) =>
      page.call('POST', PATH, { session, body: question(n) }).then(async (answer) => {
        await answer.text()
        return answer.status
      }),
    )
    await until(() => held.length === 20)
    const over = new Promise<number | null>((resolve) => relay.once('exit', resolve))
    relay.kill('SIGTERM')
    await until(() =>
      fetch(`${publicUrl}/relay/health`).then(
        () => false,
        () => true,
      ),
    )
    expect((await fetch(`http://localhost:${inner}/ready`)).status).toBe(503)
    for (const response of held) response.end(JSON.stringify({ cards: [] }))
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(await over, 'it ends by itself').toBe(0)
    const log = await logOf(folder, database)
    const entries = await log.search({}, 1_000)
    expect(entries.filter(({ kind }) => kind === 'answered')).toHaveLength(20)
    expect((await log.verify()).broken).toBeUndefined()
  }, 60_000)

  it('lose nothing that was acknowledged when one of two is killed, and the other goes on', async () => {
    const payer = await testPayer(async ({ body }, response) => {
      const n = Number(/call-(\d+)/.exec(body)?.[1])
      await new Promise((resolve) => setTimeout(resolve, (n * 7) % 60))
      response.end(JSON.stringify({ cards: [], n }))
    })
    closing.push(payer.close)
    const database = await ownDatabase()
    const { start, port, publicUrl, folder } = await site(payer.url, database)
    const secondPort = await freePort()
    // Both at once: one of them brings the database into shape, the other waits for it.
    const [, killed] = await Promise.all([start(port), start(secondPort)])
    const one = browser(publicUrl)
    const session = await one.signIn(ehr)
    // The same browser, led to the other relay by a load balancer.
    const other = browser(`http://localhost:${secondPort}`)
    for (const [name, value] of one.cookies) other.cookies.set(name, value)

    const acknowledged = new Set<number>()
    let broken = 0
    const ask = async (n: number): Promise<void> => {
      const page = n % 2 === 0 ? one : other
      try {
        const answer = await page.call('POST', PATH, { session, body: question(n), origin: publicUrl })
        await answer.text()
        if (answer.status === 200) acknowledged.add(n)
        else broken += 1
      } catch {
        broken += 1
      }
      if (acknowledged.size === 60) killed.kill('SIGKILL')
    }
    const queue = Array.from({ length: 300 }, (_, n) => n)
    const desk = async (): Promise<void> => {
      for (let n = queue.shift(); n !== undefined; n = queue.shift()) await ask(n)
    }
    await Promise.all(Array.from({ length: 30 }, desk))
    expect(broken, 'it was killed in the midst of calls').toBeGreaterThan(0)
    const through = [...acknowledged].filter((n) => n % 2 === 0)
    expect(through, 'of the other relay none is missing').toHaveLength(150)

    const log = await logOf(folder, database)
    const entries = await log.search({}, 10_000)
    const kinds = (n: number) =>
      entries.filter(({ hookInstance }) => hookInstance === `call-${n}`).map(({ kind }) => kind)
    for (const n of acknowledged) expect(kinds(n), `call ${n}`).toEqual(['answered', 'asked'])
    const sent = payer.saw.map(({ body }) => Number(/call-(\d+)/.exec(body)?.[1]))
    for (const n of sent) expect(kinds(n), `call ${n} went out`).toContain('asked')
    expect(new Set(sent).size, 'none went out twice').toBe(sent.length)
    expect((await log.verify()).broken).toBeUndefined()
    const after = await one.call('POST', PATH, { session, body: question(999) })
    expect(after.status).toBe(200)
  }, 60_000)

  it('forward nothing and say so while the database is stopped', async ({ skip }) => {
    const own = await startPostgres()
    // One that others gave is not ours to stop.
    if (own === undefined) return skip()
    closing.push(own.stop)
    const payer = await testPayer((_, response) => void response.end('{}'))
    closing.push(payer.close)
    const { start, port, publicUrl } = await site(payer.url, own.address)
    const relay = await start(port)
    const page = browser(publicUrl)
    const session = await page.signIn(ehr)
    expect((await page.call('POST', PATH, { session, body: question(1) })).status).toBe(200)
    await own.stop()
    const answer = await page.call('POST', PATH, { session, body: question(2) })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toMatch(/Nothing was sent/)
    expect(payer.saw).toHaveLength(1)
    expect((await fetch(`${publicUrl}/relay/ready`)).status).toBe(503)
    expect((await fetch(`${publicUrl}/relay/health`)).status).toBe(200)
    expect(relay.exitCode, 'it goes on').toBeNull()
  }, 60_000)
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, 'localhost', () => {
      const at = probe.address()
      probe.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0))
    })
  })
