import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'

/** Statements with `$1` parameters. */
export interface Queries {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>
}

/** One PostgreSQL: a server, or PGlite within this process. The same SQL runs on both. */
export interface Database extends Queries {
  /** All or nothing; what throws inside is rolled back and thrown on. */
  transaction<T>(run: (queries: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** `postgres://…`, or else a folder for PGlite; `memory://` keeps nothing, for tests. */
export async function openDatabase(address: string): Promise<Database> {
  return /^postgres(ql)?:\/\//.test(address) ? openServer(address) : openEmbedded(address)
}

async function openEmbedded(folder: string): Promise<Database> {
  const lite = await PGlite.create(folder)
  const queriesOf = (runner: Pick<PGlite, 'query'>): Queries => ({
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      return (await runner.query<Row>(sql, [...parameters])).rows
    },
  })
  return {
    ...queriesOf(lite),
    transaction: (run) => lite.transaction((tx) => run(queriesOf(tx))),
    close: () => lite.close(),
  }
}

/** Connections at once; beyond them callers wait, and give up after a while rather than pile up. */
const CONNECTIONS = 10
const WAIT_MS = 5_000

function openServer(connectionString: string): Database {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, connectionTimeoutMillis: WAIT_MS })
  // A connection that breaks while it rests is replaced by the next caller; without this it would end the process.
  pool.on('error', () => undefined)
  const queriesOf = (runner: Pick<pg.PoolClient, 'query'>): Queries => ({
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      const { rows } = await runner.query(sql, [...parameters])
      return rows as Row[]
    },
  })
  return {
    ...queriesOf(pool),
    async transaction(run) {
      const client = await pool.connect()
      let isBroken = false
      try {
        await client.query('begin')
        const value = await run(queriesOf(client))
        await client.query('commit')
        return value
      } catch (error) {
        await client.query('rollback').catch(() => {
          isBroken = true
        })
        throw error
      } finally {
        client.release(isBroken)
      }
    },
    close: () => pool.end(),
  }
}
