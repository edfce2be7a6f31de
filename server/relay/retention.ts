import { randomUUID } from 'node:crypto'
import type { Database, Queries } from './database'
import type { KeptLog } from './kept-log'
import type { SiteKey } from './site-key'

/** Where what is still kept of the chain begins: right after this entry. Vouched for by the site's key, so that nobody else can move it. */
export interface ChainStart {
  readonly seq: number
  readonly hash: Buffer
}

interface StartRow {
  readonly seq: string | number
  readonly hash: Uint8Array
  readonly mac: Uint8Array
}

/** Another one than that of the migrations. */
const LOCK = 741_204_118

const macOf = (key: SiteKey, seq: number, hash: Buffer): Buffer => key.link(hash, `start ${seq}`)

/** The chain's beginning; undefined where somebody without the key moved it. */
export async function chainStart(queries: Queries, key: SiteKey): Promise<ChainStart | undefined> {
  const [row] = await queries.query<StartRow>('select seq, hash, mac from chain_start')
  if (row === undefined) return { seq: 0, hash: Buffer.alloc(0) }
  const [seq, hash] = [Number(row.seq), Buffer.from(row.hash)]
  return macOf(key, seq, hash).equals(Buffer.from(row.mac)) ? { seq, hash } : undefined
}

/** What was removed. */
export interface Removed {
  readonly entries: number
  /** The chain up to here is gone: as `verify` notes an end. */
  readonly through?: string
}

/**
 * Takes out whole entries from the beginning of the log, all of them older than `before` (epoch milliseconds), and remembers with the site's key where
 * the rest begins, so that it still verifies. That it was done, and how far, is an entry of its own. Two relays at once: one does it.
 */
export async function removeOld(
  database: Database,
  key: SiteKey,
  log: Pick<KeptLog, 'append'>,
  before: number,
  now: number,
): Promise<Removed> {
  const start = await chainStart(database, key)
  if (start === undefined) throw new Error('The beginning of the log was moved. Nothing was removed.')
  const [young] = await database.query<{ seq: string | number | null }>(
    'select min(seq) as seq from kept where at >= $1',
    [new Date(before)],
  )
  const [end] = await database.query<{ seq: string | number }>('select seq from chain_end')
  const through = young?.seq == null ? Number(end?.seq ?? 0) : Number(young.seq) - 1
  const [last] = await database.query<{ hash: Uint8Array }>('select hash from kept where seq = $1', [through])
  if (through <= start.seq || last === undefined) return { entries: 0 }
  const hash = Buffer.from(last.hash)
  const noted = `${through}:${hash.toString('base64url')}`
  await log.append({
    at: now,
    kind: 'removed',
    invocation: randomUUID(),
    payer: '',
    user: 'retention',
    content: JSON.stringify({ through: noted, before: new Date(before).toISOString() }),
  })
  return database.transaction(async (tx) => {
    // Whoever comes second waits here, and finds it done.
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    const [known] = await tx.query<{ seq: string | number }>('select seq from chain_start')
    if (known !== undefined && Number(known.seq) >= through) return { entries: 0 }
    await tx.query(
      `insert into chain_start values (1, $1, $2, $3)
       on conflict (one) do update set seq = excluded.seq, hash = excluded.hash, mac = excluded.mac`,
      [through, hash, macOf(key, through, hash)],
    )
    await tx.query('delete from kept_assertion where seq <= $1', [through])
    await tx.query('delete from kept where seq <= $1', [through])
    return { entries: through - start.seq, through: noted }
  })
}
