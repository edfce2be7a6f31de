import { execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from './database'

/** Debian keeps the server's programs apart from the client's. */
function serverFolder(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const installed = existsSync(debian) ? readdirSync(debian).map((each) => join(debian, each, 'bin')) : []
  return [...installed, ...(process.env.PATH ?? '').split(':')].find(
    (folder) => canRun(join(folder, 'initdb')) && canRun(join(folder, 'postgres')),
  )
}

function canRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** PostgreSQL does not run as root; a container often has nobody else. */
const NOBODY = 65_534

/** A server that a test started. */
export interface TestPostgres {
  readonly address: string
  stop(): Promise<void>
}

/** A server of its own in a folder of its own; undefined where none is installed. */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  const programs = serverFolder()
  if (programs === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-pg-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const data = join(folder, 'data')
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale', 'C'],
    { ...as, stdio: 'ignore' },
  )
  const port = await freePort()
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`]
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, stdio: 'ignore' },
  )
  const stop = async (): Promise<void> => {
    if (server.exitCode === null) {
      const over = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await over
    }
    rmSync(folder, { recursive: true, force: true })
  }
  const address = `postgres://test@127.0.0.1:${port}/postgres`
  await answering(address)
  return { address, stop }
}

async function answering(address: string): Promise<void> {
  for (let n = 0; ; n += 1) {
    const database = await openDatabase(address)
    try {
      await database.query('select 1')
      return
    } catch (error) {
      if (n > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    } finally {
      await database.close()
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
