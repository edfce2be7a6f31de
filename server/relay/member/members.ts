import type { Payer } from '../../../src/domain/payer-directory'
import type { Database } from '../database'
import { LONGEST_SECONDS, type RelaySession } from '../sessions'
import type { SiteKey } from '../site-key'

/** Whom a payer's own answers named: a Patient of its own by id, a member by identifier (`system|value`), or anybody at all. */
export type Named =
  | { readonly patient: string }
  | { readonly identifier: string }
  | { readonly anybody: true }

/**
 * Which members a session has matched, at which payer. In the database, so that another relay beside this one knows it; as keyed
 * tags, so that it tells nobody who they are. They last as long as any session can; without a session nobody gets to ask.
 */
export function members(database: Database, key: SiteKey, now: () => number) {
  const tag = ({ label, user }: RelaySession, payer: Payer, named: Named): string =>
    key.tag('patient', JSON.stringify([label, user, payer.id, named]))
  return {
    async add(session: RelaySession, payer: Payer, named: readonly Named[]): Promise<void> {
      await database.query('delete from member where ends <= $1', [new Date(now())])
      for (const each of named)
        await database.query('insert into member values ($1,$2) on conflict do nothing', [
          tag(session, payer, each),
          new Date(now() + LONGEST_SECONDS * 1000),
        ])
    },
    /** Those of them whom this session has matched. */
    async among<N extends Named>(
      session: RelaySession,
      payer: Payer,
      named: readonly N[],
    ): Promise<readonly N[]> {
      const tags = named.map((each) => tag(session, payer, each))
      const rows = await database.query<{ tag: string }>(
        'select tag from member where tag = any($1) and ends > $2',
        [tags, new Date(now())],
      )
      return named.filter((_, n) => rows.some((row) => row.tag === tags[n]))
    },
  }
}

export type Members = ReturnType<typeof members>
