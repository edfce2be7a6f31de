import { randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import { type Database, openDatabase } from './database'
import { migrate } from './migrations'
import { startPostgres } from './test-postgres'

interface TestDatabase {
  readonly name: string
  /** An empty one in the shape of this version. */
  readonly fresh: () => Promise<Database>
}

/** PGlite always; a real PostgreSQL where `DATABASE_URL` names one, or its server is installed here: then one is started. */
export async function databases(): Promise<readonly TestDatabase[]> {
  // One for all tests of a file, emptied: to start one takes a second.
  const lite = await openDatabase('memory://')
  afterAll(() => lite.close(), 60_000)
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
  const address = process.env.DATABASE_URL ?? (await ownServer())
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

/** Gone after the tests of the file. */
async function ownServer(): Promise<string | undefined> {
  const server = await startPostgres()
  if (server === undefined) return undefined
  // On a busy machine it takes its time.
  afterAll(server.stop, 60_000)
  return server.address
}
