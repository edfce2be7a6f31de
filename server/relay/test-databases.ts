import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Database, openDatabase } from './database'
import { migrate } from './migrations'

interface TestDatabase {
  readonly name: string
  /** An empty one in the shape of this version. */
  readonly fresh: () => Promise<Database>
}

/** PGlite always; a real PostgreSQL where `DATABASE_URL` names one, or its server is installed here: then one is started. */
export async function databases(): Promise<readonly TestDatabase[]> {
  // One for all tests of a file, emptied: to start one takes a second.
  const lite = await openDatabase('memory://')
  afterAll(() => lite.close())
  const embedded = {
    name: 'PGlite',
    async fresh(): Promise<Database> {
      await lite.query('drop schema public cascade')
      await lite.query('create schema public')
      await migrate(lite)
      let isOpen = true
      const whileOpen = async <T>(run: () => Promise<T>): Promise<T> => {
        if (!isOpen) throw new Error('It is closed.')
        return run()
      }
      return {
        query: (sql, parameters) => whileOpen(() => lite.query(sql, parameters)),
        transaction: (run) => whileOpen(() => lite.transaction(run)),
        async close() {
          isOpen = false
        },
      }
    },
  }
  const address = process.env.DATABASE_URL ?? (await startServer())
  if (address === undefined) return [embedded]
  return [embedded, { name: 'PostgreSQL', fresh: () => ownDatabase(address) }]
}

/** Tests never see each other's rows. */
async function ownDatabase(address: string): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = await openDatabase(address)
  await server.query(`create database ${name}`)
  await server.close()
  const own = new URL(address)
  own.pathname = `/${name}`
  const database = await openDatabase(own.href)
  await migrate(database)
  return database
}

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

/** A server of its own in a folder of its own, gone after the tests of the file. */
async function startServer(): Promise<string | undefined> {
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
  afterAll(async () => {
    const over = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await over
    rmSync(folder, { recursive: true, force: true })
  })
  const address = `postgres://test@127.0.0.1:${port}/postgres`
  await answering(address)
  return address
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
