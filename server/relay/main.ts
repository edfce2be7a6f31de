import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { keptLog } from './kept-log'
import { faultOf, journal } from './logging'
import { newKeyFiles } from './new-key-files'
import { createRelay, openMigrated, readRelayFiles } from './relay'

const DAY_MS = 86_400_000

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const USAGE = `npm run relay -- --config relay.json [--port 8080] [--host 127.0.0.1] [--dist FOLDER]
npm run relay -- keys --folder DIR              makes site.key and signing.json
npm run relay -- verify --config relay.json [--end NOTED]   checks the whole log
npm run relay -- retain --config relay.json     removes now what keepDays says; a running relay does it daily`

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: 'string' },
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    folder: { type: 'string' },
    end: { type: 'string' },
    /** The built app, where it is not in this folder. */
    dist: { type: 'string' },
  },
})
const [command = 'start'] = positionals
const inWords = (error: unknown): never => stop(error instanceof Error ? error.message : 'It did not work.')
const filesOf = () => readRelayFiles(values.config ?? stop(USAGE))

switch (command) {
  case 'start':
    await start().catch(inWords)
    break
  case 'keys':
    console.log(await newKeyFiles(values.folder ?? stop(USAGE)).catch(inWords))
    break
  case 'verify':
    await verify().catch(inWords)
    break
  case 'retain':
    await retain().catch(inWords)
    break
  default:
    stop(USAGE)
}

async function verify(): Promise<void> {
  const files = filesOf()
  const database = await openMigrated(files)
  const { entries, end, broken } = await keptLog(database, files.siteKey).verify(values.end)
  await database.close()
  if (broken) stop(`Entry ${broken.seq} of the log is not as it was written: ${broken.why}.`)
  console.log(`${entries} entries, all as they were written. Note the end elsewhere: ${end}`)
}

async function retain(): Promise<void> {
  const files = filesOf()
  if (files.config.keepDays === undefined) stop('keepDays is not set: everything is kept.')
  const relay = await createRelay(files, '.', await openMigrated(files))
  const { entries, through } = await relay.retain()
  await relay.close()
  console.log(`${entries} entries removed.${through === undefined ? '' : ` The log begins after ${through}`}`)
}

async function start(): Promise<void> {
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65535) stop(`--port wants a number, not ${values.port}.`)
  const dist = resolve(values.dist ?? resolve(root, 'dist'))
  if (!existsSync(resolve(dist, 'index.html'))) stop('The app is not built yet: npm run build')
  const files = filesOf()
  const note = journal((line) => process.stdout.write(line), Date.now)
  const database = await openMigrated(files)
  const relay = await createRelay(files, relative(process.cwd(), dist) || '.', database, Date.now, note)
  const server = serve({ fetch: relay.app.fetch, port, hostname: values.host }, () =>
    note('info', 'listening', { url: `http://${values.host}:${port}/` }),
  )
  server.on('error', inWords)
  const { operations: own } = files.config
  const inner =
    own &&
    serve({ fetch: relay.operations.fetch, port: own.port, hostname: own.host }, () =>
      note('info', 'operations', { url: `http://${own.host}:${own.port}/metrics` }),
    )
  inner?.on('error', inWords)
  const retain = (): Promise<void> =>
    relay.retain().then(
      ({ entries }) => note('info', 'retention', { removed: entries }),
      (error: unknown) => note('error', 'retention', { fault: faultOf(error) }),
    )
  void retain()
  setInterval(() => void retain(), DAY_MS).unref()
  let isEnding = false
  const end = (): void => {
    if (isEnding) return
    isEnding = true
    // No new calls; those under way get their answers, and are kept.
    relay.drain()
    note('info', 'ending')
    // The inner port stays to the last: there one still reads that it is ending.
    server.close(() => void relay.close().then(() => process.exit(0)))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
}
