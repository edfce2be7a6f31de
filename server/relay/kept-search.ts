import * as v from 'valibot'
import type { Database } from './database'
import type { SiteKey } from './site-key'

/** A row of the log, as the database has it. */
export interface Row {
  readonly seq: string | number
  readonly at: Date | string
  readonly kind: string
  readonly invocation: string
  readonly payer: string
  readonly hook_instance: string | null
  readonly user_tag: string
  readonly patient_tag: string | null
  readonly key_id: string
  readonly sealed: Uint8Array
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

/** What is sealed of an entry: all that tells of people. */
const inside = v.object({
  user: v.string(),
  fhirUser: v.optional(v.string()),
  patient: v.optional(v.string()),
  content: v.string(),
})

export type Inside = Readonly<v.InferOutput<typeof inside>>

/** Binds what is sealed to its place. */
export const contextOf = (seq: number, invocation: string): string => `${seq} ${invocation}`

/** An entry as it can be found again. */
export interface Kept extends Inside {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly invocation: string
  readonly payer: string
  readonly hookInstance?: string
}

/** What is looked for; all that is given has to fit. */
export interface Search {
  /** Absolute reference. */
  readonly patient?: string
  readonly user?: string
  readonly hookInstance?: string
  readonly assertionId?: string
  readonly invocation?: string
  /** Epoch milliseconds, both included. */
  readonly from?: number
  readonly to?: number
  /** Questions to a payer's services alone, with their outcomes. */
  readonly isHook?: boolean
  /** Invocations that ended before this entry: the next page. */
  readonly before?: number
}

/** The entries of one invocation, oldest first, or of one look into the log. */
export interface KeptInvocation {
  readonly id: string
  /** Of its last entry. */
  readonly seq: number
  readonly entries: readonly Kept[]
}

/** Entries looked through at once. */
const PART = 500

/** Finds entries again. An entry that does not open is a reason to verify, so it throws. */
export function keptSearch(database: Database, key: SiteKey) {
  const open = (row: Row): Kept => ({
    seq: Number(row.seq),
    at: new Date(row.at).getTime(),
    kind: row.kind,
    invocation: row.invocation,
    payer: row.payer,
    ...(row.hook_instance !== null && { hookInstance: row.hook_instance }),
    ...v.parse(
      inside,
      JSON.parse(key.open(Buffer.from(row.sealed), contextOf(Number(row.seq), row.invocation))),
    ),
  })

  function conditionsOf(search: Search, more: readonly string[] = []) {
    const parameters: unknown[] = []
    const conditions = [...more]
    const where = (condition: string, value: unknown): void => {
      if (value === undefined) return
      parameters.push(value)
      conditions.push(condition.replace('?', `$${parameters.length}`))
    }
    const { patient, user, hookInstance, assertionId, invocation, from, to, isHook } = search
    where('patient_tag = ?', patient && key.tag('patient', patient))
    where('user_tag = ?', user && key.tag('user', user))
    where('hook_instance = ?', hookInstance)
    where('invocation = ?', invocation)
    where('at >= ?', from === undefined ? undefined : new Date(from))
    where('at <= ?', to === undefined ? undefined : new Date(to))
    where(
      'seq in (select seq from kept_assertion where tag = ?)',
      assertionId && key.tag('assertion', assertionId),
    )
    if (isHook === true) conditions.push('hook_instance is not null')
    return { parameters, words: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}` }
  }

  /** Entries, newest first. */
  async function search(search: Search, limit = 200): Promise<readonly Kept[]> {
    const { parameters, words } = conditionsOf(search)
    const rows = await database.query<Row>(
      `select * from kept ${words} order by seq desc limit ${limit}`,
      parameters,
    )
    return rows.map(open)
  }

  /**
   * Invocations of which an entry fits, by the newest such entry. Read from the end, part by part: the log may be long, and what is
   * wanted is mostly young.
   */
  async function newest(search: Search, limit: number): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>()
    let below = search.before
    for (;;) {
      const { parameters, words } = conditionsOf(search, below === undefined ? [] : [`seq < ${below}`])
      const rows = await database.query<{ invocation: string; seq: string | number }>(
        `select invocation, seq from kept ${words} order by seq desc limit ${PART}`,
        parameters,
      )
      const shown = await shownBefore(
        search,
        rows.map(({ invocation }) => invocation),
      )
      for (const { invocation, seq } of rows) {
        if (found.has(invocation) || shown.has(invocation)) continue
        if (found.size === limit) return found
        found.set(invocation, Number(seq))
      }
      if (rows.length < PART) return found
      below = Number(rows.at(-1)?.seq)
    }
  }

  /** Those of which an entry fitted on an earlier page. */
  async function shownBefore(search: Search, invocations: readonly string[]): Promise<ReadonlySet<string>> {
    if (search.before === undefined || invocations.length === 0) return new Set()
    const { parameters, words } = conditionsOf(search, [`seq >= ${search.before}`])
    const names = invocations.map((_, n) => `$${parameters.length + n + 1}`)
    const rows = await database.query<{ invocation: string }>(
      `select distinct invocation from kept ${words} and invocation in (${names.join(',')})`,
      [...parameters, ...invocations],
    )
    return new Set(rows.map(({ invocation }) => invocation))
  }

  /** Whole invocations of which an entry fits, newest first. */
  async function invocations(search: Search, limit: number): Promise<readonly KeptInvocation[]> {
    const found = await newest(search, limit)
    if (found.size === 0) return []
    const names = [...found.keys()]
    const rows = await database.query<Row>(
      `select * from kept where invocation in (${names.map((_, n) => `$${n + 1}`).join(',')}) order by seq`,
      names,
    )
    const entries = rows.map(open)
    return [...found].map(([id, seq]) => ({
      id,
      seq,
      entries: entries.filter((entry) => entry.invocation === id),
    }))
  }

  return { search, invocations }
}
