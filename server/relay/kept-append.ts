import type { Database, Queries } from './database'
import type { Entry } from './kept-log'
import { contextOf, type Inside, type Row } from './kept-search'
import type { SiteKey } from './site-key'

/** Written in one transaction at most; so are characters of content. */
const MOST = 50
const MOST_CHARACTERS = 10_000_000

/** Rows of one statement: its parameters are at most 65,535. */
const PART = 1_000

interface Waiting {
  readonly entry: Entry
  readonly done: (seq: number) => void
  readonly failed: (error: unknown) => void
}

/**
 * Adds to the end of the chain. What comes in while a transaction is under way is written together in the next one: the chain has one
 * end, and to wait for the disk once for each entry would hold all relays up. Each caller hears of its own entry after it is committed;
 * throws where it cannot be written: then nothing may be forwarded, and no answer be given.
 */
export function keptAppend(database: Database, key: SiteKey): (entry: Entry) => Promise<number> {
  const waiting: Waiting[] = []
  let isWriting = false

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const entries = batch.map(({ entry }) => entry)
      const last = await database.transaction((tx) => addAll(tx, key, entries))
      for (const [n, { done }] of batch.entries()) done(last - batch.length + 1 + n)
    } catch (error) {
      // One that the database does not take is no reason to turn its neighbours away. Nothing of them was written.
      if (batch.length > 1 && isRefused(error)) for (const each of batch) await write([each])
      else for (const { failed } of batch) failed(error)
    }
  }

  async function drain(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) await write(waiting.splice(0, sizeOf(waiting)))
    isWriting = false
  }

  return (entry) =>
    new Promise((done, failed) => {
      waiting.push({ entry, done, failed })
      if (!isWriting) void drain()
    })
}

/** How many of those that wait go together: at least one. */
function sizeOf(waiting: readonly Waiting[]): number {
  let characters = 0
  const tooMany = waiting.findIndex(({ entry }, n) => {
    characters += entry.content.length
    return n === MOST || (n > 0 && characters > MOST_CHARACTERS)
  })
  return tooMany === -1 ? waiting.length : tooMany
}

/** SQLSTATE class 22: a value that the database does not take. The transaction is gone, and the connection well. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^22/.test(String(error.code))

/** The number of the last one. */
async function addAll(tx: Queries, key: SiteKey, entries: readonly Entry[]): Promise<number> {
  const [end] = await tx.query<{ seq: string | number; hash: Uint8Array }>(
    'select seq, hash from chain_end for update',
  )
  if (end === undefined) throw new Error('The end of the log is gone.')
  let seq = Number(end.seq)
  let hash: Buffer = Buffer.from(end.hash)
  const rows: Row[] = []
  const assertions: (readonly [number, string])[] = []
  for (const entry of entries) {
    seq += 1
    const tags = [...new Set(entry.assertionIds ?? [])].map((id) => key.tag('assertion', id)).sort()
    const row = rowOf(entry, seq, hash, key)
    hash = key.link(hash, linked(row, tags))
    rows.push({ ...row, hash })
    assertions.push(...tags.map((tag) => [seq, tag] as const))
  }
  await insert(tx, 'kept', rows.map(valuesOf))
  for (let from = 0; from < assertions.length; from += PART)
    await insert(tx, 'kept_assertion', assertions.slice(from, from + PART))
  await tx.query('update chain_end set seq = $1, hash = $2', [seq, hash])
  return seq
}

const rowOf = (entry: Entry, seq: number, previous: Buffer, key: SiteKey): Row => ({
  seq,
  at: new Date(entry.at),
  kind: entry.kind,
  invocation: entry.invocation,
  payer: entry.payer,
  hook_instance: entry.hookInstance ?? null,
  user_tag: key.tag('user', entry.user),
  patient_tag: entry.patient === undefined ? null : key.tag('patient', entry.patient),
  key_id: key.id,
  sealed: key.seal(JSON.stringify(insideOf(entry)), contextOf(seq, entry.invocation)),
  previous,
  hash: Buffer.alloc(0),
})

const insideOf = ({ user, fhirUser, patient, content }: Entry): Inside => ({
  user,
  ...(fhirUser !== undefined && { fhirUser }),
  ...(patient !== undefined && { patient }),
  content,
})

/** In the order of the table's columns. */
const valuesOf = (row: Row): readonly unknown[] => [
  row.seq,
  row.at,
  row.kind,
  row.invocation,
  row.payer,
  row.hook_instance,
  row.user_tag,
  row.patient_tag,
  row.key_id,
  row.sealed,
  row.previous,
  row.hash,
]

async function insert(
  tx: Queries,
  table: 'kept' | 'kept_assertion',
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  let n = 0
  const places = rows.map((row) => `(${row.map(() => `$${++n}`).join(',')})`)
  await tx.query(`insert into ${table} values ${places.join(',')}`, rows.flat())
}

/** Everything of a row that the chain vouches for. */
export const linked = (row: Row, tags: readonly string[]): string =>
  JSON.stringify([
    Number(row.seq),
    new Date(row.at).getTime(),
    row.kind,
    row.invocation,
    row.payer,
    row.hook_instance,
    row.user_tag,
    row.patient_tag,
    row.key_id,
    Buffer.from(row.sealed).toString('base64'),
    tags,
  ])
