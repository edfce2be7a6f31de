import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The four origins of a running sandbox. */
export interface Stack {
  readonly app: string
  readonly ehr: string
  readonly acme: string
  readonly borealis: string
  close(): Promise<void>
}

interface Options {
  /** The app's port; the EHR and the two payers take the next three. */
  readonly port: number
  /** `built`: dist/ by the app's own server with its headers. `dev`: Vite with hot reload. */
  readonly app: 'built' | 'dev'
  /** Folders with further patients (transaction bundles): charts at the EHR, members at the payers. */
  readonly data?: readonly string[]
  /** A server ended that should be running. */
  readonly onExit?: (name: string) => void
}

/** The sandbox's configuration, its four default ports moved to begin at `port`. */
export function sandboxConfig(port: number): string {
  const text = readFileSync(join(root, 'public/config.json'), 'utf8')
  return text.replace(/localhost:517([3-6])/g, (_, digit: string) => `localhost:${port + Number(digit) - 3}`)
}

/** Starts EHR, payers and app, each a process and an origin of its own; resolves when all answer. Throws with a sentence naming a port in use. */
export async function startStack(options: Options): Promise<Stack> {
  const { port } = options
  const url = (offset: number) => `http://localhost:${port + offset}`
  const [app, ehr, acme, borealis] = [url(0), url(1), url(2), url(3)] as const
  await requireFreePorts(port)
  mkdirSync(join(root, '.cache'), { recursive: true })
  const config = join(root, '.cache', `config-${port}.json`)
  writeFileSync(config, sandboxConfig(port))
  const data = (options.data ?? []).flatMap((dir) => ['--data', dir])
  const children: ChildProcess[] = []
  const run = (name: string, args: readonly string[]) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, BEFOREHAND_CONFIG: config },
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
          `${port + 1}`,
          '--app',
          app,
          '--payers',
          `${acme},${borealis}`,
          ...data,
        ),
      ),
      run(
        'payer Acme',
        tsx('sandbox/payer/main.ts', '--name', 'acme', '--port', `${port + 2}`, '--app', app, ...data),
      ),
      run(
        'payer Borealis',
        tsx('sandbox/payer/main.ts', '--name', 'borealis', '--port', `${port + 3}`, '--app', app),
      ),
      options.app === 'built'
        ? run('the app', tsx('server/serve.ts', '--port', `${port}`, '--config', config))
        : run('the app', [
            join(root, 'node_modules/vite/bin/vite.js'),
            '--port',
            `${port}`,
            '--host',
            'localhost',
          ]),
    ])
  } catch (error) {
    await close()
    throw error
  }
  return { app, ehr, acme, borealis, close }
}

/** Throws with a sentence that names the first of the four ports that is in use. */
export async function requireFreePorts(port: number): Promise<void> {
  for (const offset of [0, 1, 2, 3]) await requireFree(port + offset)
}

function requireFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(new Error(`Port ${port} is in use. Choose other ports with --port N (N to N+3 are used).`)),
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
