import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKeyFiles } from '../server/relay/new-key-files'
import { startPostgres } from '../server/relay/test-postgres'
import { browser, testEhr, testPayer } from '../server/relay/world.test-data'
import { type Measure, ratio, type Section } from './measure'

/** Of a question with its prefetch, and of an answer with cards: what is usual. */
const QUESTION_BYTES = 30_000
const ANSWER = JSON.stringify({ cards: [{ summary: 'A card', detail: 'x'.repeat(3_000) }] })
const PATH = 'cds-services/order-sign'
/** A payer that has to think: CRD gives it five seconds. */
const THINKS_MS = 200

type Call = () => Promise<void>

/** A running relay with somebody signed in, two payers, and the same calls by it and directly. */
interface World {
  readonly relayed: (payer: 'quick' | 'slow') => Call
  readonly direct: (payer: 'quick' | 'slow') => Call
  /** Of the relay's process. */
  memoryBytes(): Promise<number>
  close(): Promise<void>
}

/** The same question by the relay and directly, and how many the relay bears, on the database within the process. */
export const relayEmbedded = async (port: number): Promise<Section> => {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-bench-'))
  try {
    return await measured('The relay, on PGlite', port, folder, 1_000)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As `relayEmbedded`, on a PostgreSQL of its own, and what the process takes after ten thousand calls. */
export async function relayOnServer(port: number): Promise<Section> {
  const title = 'The relay, on PostgreSQL'
  const server = await startPostgres()
  if (server === undefined) return { title, measures: [], skipped: 'no PostgreSQL is installed here' }
  try {
    return await measured(title, port, server.address, 10_000)
  } finally {
    await server.stop()
  }
}

async function measured(title: string, port: number, database: string, calls: number): Promise<Section> {
  const world = await start(port, database)
  try {
    await timed(world.relayed('quick'), 50, 10)
    const latency = [
      ...(await added(world, 'quick', 1, 200)),
      ...(await added(world, 'quick', 50, 500)),
      ...(await added(world, 'slow', 1, 50)),
      ...(await added(world, 'slow', 50, 500)),
    ]
    const before = await world.memoryBytes()
    const began = performance.now()
    await timed(world.relayed('quick'), calls, 50)
    const seconds = (performance.now() - began) / 1000
    const after = await world.memoryBytes()
    return {
      title,
      measures: [
        ...latency,
        {
          name: `calls a second, 50 at once, ${calls} calls`,
          value: Math.round(calls / seconds),
          unit: 'calls, each kept twice before its answer',
        },
        {
          name: `memory after ${calls} more calls`,
          value: ratio(after, before),
          unit: `times that before (${Math.round(before / 1e6)} MB)`,
        },
      ],
    }
  } finally {
    await world.close()
  }
}

async function added(
  world: World,
  payer: 'quick' | 'slow',
  atOnce: number,
  calls: number,
): Promise<readonly Measure[]> {
  const direct = await timed(world.direct(payer), calls, atOnce)
  const relayed = await timed(world.relayed(payer), calls, atOnce)
  const kind = payer === 'quick' ? 'answers at once' : `takes ${THINKS_MS} ms`
  return ([50, 99] as const).map((percent) => ({
    name: `${atOnce} at once, payer ${kind}, p${percent}`,
    value: ratio(percentile(relayed, percent), percentile(direct, percent)),
    unit: 'times the direct call',
  }))
}

/** Milliseconds of each call, in order of length. */
async function timed(call: Call, calls: number, atOnce: number): Promise<readonly number[]> {
  const took: number[] = []
  let begun = 0
  const desk = async (): Promise<void> => {
    while (begun < calls) {
      begun += 1
      const at = performance.now()
      await call()
      took.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, desk))
  return took.sort((a, b) => a - b)
}

const percentile = (sorted: readonly number[], percent: number): number => {
  const found = sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]
  if (found === undefined) throw new Error('Nothing was measured.')
  return found
}

async function start(port: number, database: string): Promise<World> {
  const ehr = await testEhr()
  const payers = {
    quick: await testPayer((_, response) => void response.end(ANSWER)),
    slow: await testPayer((_, response) => void setTimeout(() => response.end(ANSWER), THINKS_MS)),
  }
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-bench-'))
  const relay = await startRelay(folder, port, database, ehr.fhirBase, {
    quick: payers.quick.url,
    slow: payers.slow.url,
  })
  const page = browser(`http://localhost:${port}`)
  const session = await page.signIn(ehr)
  let count = 0
  const question = () => ({
    hook: 'order-sign',
    hookInstance: `call-${count++}`,
    context: { patientId: 'jane' },
    prefetch: { filler: 'x'.repeat(QUESTION_BYTES) },
  })
  const read = async (answer: Response): Promise<void> => {
    if ((await answer.text()) !== ANSWER) throw new Error(`The call was answered ${answer.status}.`)
  }
  return {
    relayed: (payer) => async () =>
      read(await page.call('POST', `/payers/${payer}/cds/${PATH}`, { session, body: question() })),
    direct: (payer) => async () =>
      read(
        await fetch(`${payers[payer].url}/cds/${PATH}`, { method: 'POST', body: JSON.stringify(question()) }),
      ),
    async memoryBytes() {
      const text = await (await fetch(`http://localhost:${port + 1}/metrics`)).text()
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1])
    },
    async close() {
      const over = new Promise((resolve) => relay.once('exit', resolve))
      relay.kill('SIGTERM')
      await over
      await Promise.all([ehr.close(), payers.quick.close(), payers.slow.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startRelay(
  folder: string,
  port: number,
  database: string,
  ehr: string,
  payers: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  await newKeyFiles(folder)
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html><title>Beforehand</title>')
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value))
  const ids = Object.keys(payers)
  write('config.json', {
    issuers: [{ issuer: ehr, name: 'EHR', clientId: 'app', scopes: 'patient/*.rs' }],
    payers: ids.map((id) => ({ id, name: id, cdsBase: `${payers[id]}/cds` })),
  })
  write('relay.json', {
    site: 'config.json',
    publicUrl: `http://localhost:${port}`,
    database,
    siteKey: 'site.key',
    signingKeys: 'signing.json',
    operations: { port: port + 1, host: 'localhost' },
    payers: Object.fromEntries(ids.map((id) => [id, { credential: { kind: 'jwt' } }])),
    limits: { perMinute: 1_000_000 },
  })
  const relay = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/relay/main.ts', '--config', join(folder, 'relay.json')].concat([
      '--host',
      'localhost',
      '--port',
      `${port}`,
      '--dist',
      join(folder, 'dist'),
    ]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await new Promise<void>((resolve, reject) => {
    relay.stdout?.on('data', (part: Buffer) => /"listening"/.test(part.toString()) && resolve())
    relay.once('exit', () => reject(new Error('The relay did not start.')))
  })
  return relay
}
