import type { Database } from './database'
import { keptAppend, linked } from './kept-append'
import { contextOf, keptSearch, type Row } from './kept-search'
import { chainStart } from './retention'
import type { SiteKey } from './site-key'

/**
 * One thing that happened. Of an invocation there are two: that it was asked, and what came of it (CRD found-37); and each thing that
 * the payer read for it. A look into the log is one too.
 */
export interface Entry {
  /** Epoch milliseconds. */
  readonly at: number
  readonly kind: 'asked' | 'answered' | 'failed' | 'read' | 'looked' | 'removed' | 'wrote'
  /** Joins an outcome to its question. */
  readonly invocation: string
  readonly payer: string
  readonly hookInstance?: string
  /** Issuer and subject of who asked. */
  readonly user: string
  /** Who that is in the chart, where the EHR says it. */
  readonly fhirUser?: string
  /** Absolute reference of the patient, where it is about one. */
  readonly patient?: string
  readonly assertionIds?: readonly string[]
  /** Request, answer or failure, as JSON text. */
  readonly content: string
}

/** What checking came to. `broken`: the first entry that is not as it was written, and why. */
export interface Verified {
  readonly entries: number
  /** Where the chain ends: kept elsewhere, it shows later that nothing was cut off. */
  readonly end: string
  readonly broken?: { readonly seq: number; readonly why: string }
}

/** Entries read at once; the log may be larger than memory. */
const PART = 500

/**
 * What was asked of payers and what they said, sealed with the site's key, each entry chained to the one before. Nothing is changed,
 * and nothing taken out but from the beginning, by `retention`; whoever does so beside this code is found by `verify`.
 */
export function keptLog(database: Database, key: SiteKey) {
  /** Reads the whole log, up to where it ends now. `expected`: an end that was noted earlier, which has to lie on the chain. */
  async function verify(expected?: string): Promise<Verified> {
    // First: what others add meanwhile lies behind it.
    const [end] = await database.query<{ seq: string | number; hash: Uint8Array }>(
      'select seq, hash from chain_end',
    )
    const last = Number(end?.seq ?? 0)
    const start = await chainStart(database, key)
    let previous: Buffer = start?.hash ?? Buffer.alloc(0)
    let seq = start?.seq ?? 0
    // An end that was noted before older entries were removed lies on no chain that is still there.
    let isMet = expected === undefined || expected === endOf(seq, previous) || seqOf(expected) < seq
    const broken = (at: number, why: string): Verified => ({
      entries: seq - (start?.seq ?? 0),
      end: endOf(seq, previous),
      broken: { seq: at, why },
    })
    if (start === undefined) return broken(1, 'the beginning of the log was moved')
    while (seq < last) {
      const rows = await database.query<Row>(
        `select * from kept where seq > $1 and seq <= $2 order by seq limit ${PART}`,
        [seq, last],
      )
      const tags = await database.query<{ seq: string | number; tag: string }>(
        'select seq, tag from kept_assertion where seq > $1 and seq <= $2',
        [seq, seq + PART],
      )
      if (rows.length === 0) return broken(seq + 1, 'it and those after it are missing')
      for (const row of rows) {
        const own = Number(row.seq)
        if (own !== seq + 1) return broken(seq + 1, 'it is missing')
        if (!previous.equals(Buffer.from(row.previous)))
          return broken(own, 'it does not follow the one before')
        const ownTags = tags.filter((each) => Number(each.seq) === own).map((each) => each.tag)
        const hash = key.link(previous, linked(row, ownTags.sort()))
        if (!hash.equals(Buffer.from(row.hash))) return broken(own, 'it was changed')
        try {
          key.open(Buffer.from(row.sealed), contextOf(own, row.invocation))
        } catch {
          return broken(own, 'its content does not open')
        }
        previous = hash
        seq = own
        isMet ||= expected === endOf(seq, previous)
      }
    }
    if (end === undefined || !previous.equals(Buffer.from(end.hash)))
      return broken(seq + 1, 'the end of the log was changed')
    if (!isMet) return broken(seq + 1, 'the end that was noted is not on the chain: entries were cut off')
    return { entries: seq - start.seq, end: endOf(seq, previous) }
  }

  return { append: keptAppend(database, key), verify, ...keptSearch(database, key) }
}

export type KeptLog = ReturnType<typeof keptLog>

const seqOf = (end: string): number => Number(end.split(':')[0])

const endOf = (seq: number, hash: Buffer): string => `${seq}:${hash.toString('base64url')}`
