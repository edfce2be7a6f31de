import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { relayFiles } from './relay-files'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Who listens, in the order of the ports: the app's own, and the next seven. */
const SERVERS = ['app', 'ehr', 'acme', 'borealis', 'cedar', 'delta', 'oddity', 'terminology'] as const

type ServerName = (typeof SERVERS)[number]

/** Those that the EHR asks, in the order of its own directory. */
const PAYERS = ['acme', 'borealis', 'cedar', 'delta', 'oddity'] as const satisfies readonly ServerName[]

/** Those that share a process: a computer with two cores starts five processes, not eight. */
const LESSER = ['cedar', 'delta', 'oddity'] as const satisfies readonly ServerName[]

/** The app's port in the shipped configuration. */
const DEFAULT_PORT = 5173

/** The eight origins of a running sandbox. */
export interface Stack extends Readonly<Record<ServerName, string>> {
  close(): Promise<void>
}

interface Options {
  /** The app's port; the EHR, the five payers and the terminology service take the next seven. */
  readonly port: number
  /** `built`: dist/ by the app's own server with its headers. `relay`: by the relay, which signs what it passes on. `dev`: Vite with hot reload. */
  readonly app: 'built' | 'relay' | 'dev'
  /** Where the relay keeps its log: `postgres://…`; otherwise in its own memory. */
  readonly database?: string
  /** Folders with further patients (transaction bundles): charts at the EHR, members at the payers. */
  readonly data?: readonly string[]
  /** A server ended that should be running. */
  readonly onExit?: (name: string) => void
}

/** The sandbox's configuration, its eight default ports moved to begin at `port`. */
export function sandboxConfig(port: number): string {
  const text = readFileSync(join(root, 'public/config.json'), 'utf8')
  return text.replace(
    /localhost:(51\d\d)/g,
    (_, shipped: string) => `localhost:${port + Number(shipped) - DEFAULT_PORT}`,
  )
}

/**
 * Starts EHR, payers, terminology service and app, each an origin of its own; resolves when all answer. The three lesser payers and the terminology
 * service share a process. Throws with a sentence naming a port in use.
 */
export async function startStack(options: Options): Promise<Stack> {
  const { port } = options
  const portOf = (name: ServerName) => `${port + SERVERS.indexOf(name)}`
  const url = (name: ServerName) => `http://localhost:${portOf(name)}`
  const app = url('app')
  await requireFreePorts(port)
  mkdirSync(join(root, '.cache'), { recursive: true })
  const config = join(root, '.cache', `config-${port}.json`)
  writeFileSync(config, sandboxConfig(port))
  // Payers that know the site's keys let its browsers in no longer without.
  const client = options.app === 'relay' ? ['--client', `${app}=${app}/relay/jwks.json`] : []
  const site = ['--app', app, ...client]
  const appServer = async (): Promise<readonly string[]> => {
    const address = ['--port', `${port}`, '--config']
    if (options.app === 'built') return tsx('server/serve.ts', ...address, config)
    if (options.app === 'dev')
      return [join(root, 'node_modules/vite/bin/vite.js'), '--port', `${port}`, '--host', 'localhost']
    const { database } = options
    const file = await relayFiles({
      site: config,
      publicUrl: app,
      payers: PAYERS,
      auditors: [`${url('ehr')}/full/fhir/Practitioner/ruiz`],
      ...(database !== undefined && { database }),
    })
    return tsx('server/relay/main.ts', ...address, file, '--host', 'localhost')
  }
  const data = (options.data ?? []).flatMap((dir) => ['--data', dir])
  // A sandbox writes into nobody's database but its own.
  const { DATABASE_URL: _, ...env } = process.env
  const children: ChildProcess[] = []
  const run = (name: string, args: readonly string[]) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...env, BEFOREHAND_CONFIG: config },
    })
    children.push(child)
    child.on('exit', () => closing || options.onExit?.(name))
    return ready(child, name)
  }
  let closing = false
  const close = async () => {
    closing = true
    await Promise.all(children.map(end))
  }
  const tsx = (file: string, ...args: readonly string[]) => ['--import', 'tsx', join(root, file), ...args]
  try {
    await Promise.all([
      run(
        'the EHR',
        tsx(
          'sandbox/ehr/main.ts',
          '--port',
          portOf('ehr'),
          '--app',
          app,
          '--payers',
          PAYERS.map(url).join(','),
          ...data,
        ),
      ),
      run(
        'payer Acme',
        tsx('sandbox/payer/main.ts', '--name', 'acme', '--port', portOf('acme'), ...site, ...data),
      ),
      run(
        'payer Borealis',
        tsx('sandbox/payer/main.ts', '--name', 'borealis', '--port', portOf('borealis'), ...site),
      ),
      run(
        'the other payers and the terminology service',
        tsx(
          'sandbox/together/main.ts',
          ...site,
          ...LESSER.flatMap((name) => ['--payer', `${name}=${portOf(name)}`]),
          '--terminology',
          portOf('terminology'),
        ),
      ),
      run('the app', await appServer()),
    ])
  } catch (error) {
    await close()
    throw error
  }
  return {
    app,
    ehr: url('ehr'),
    acme: url('acme'),
    borealis: url('borealis'),
    cedar: url('cedar'),
    delta: url('delta'),
    oddity: url('oddity'),
    terminology: url('terminology'),
    close,
  }
}

/** Throws with a sentence that names the first of the eight ports that is in use. */
export async function requireFreePorts(port: number): Promise<void> {
  for (const offset of SERVERS.keys()) await requireFree(port + offset, port)
}

function requireFree(port: number, first: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(
        new Error(
          `Port ${port} is in use (${first} to ${first + SERVERS.length - 1} are needed). Choose other ports with --port N.`,
        ),
      ),
    )
    probe.listen(port, 'localhost', () => probe.close(() => resolve()))
  })
}

/** A server says in one line that it listens. */
function ready(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (/listening|ready in/i.test(chunk.toString())) resolve()
    })
    child.once('exit', (code) => reject(new Error(`${name} did not start (exit ${code}).`)))
  })
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 3_000).unref()
  })
}
