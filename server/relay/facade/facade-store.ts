import { createHash } from 'node:crypto'
import type { FhirJson } from '../../../src/domain/json'
import type { Database } from '../database'
import type { SiteKey } from '../site-key'

/** What one payer may read for one question. */
export interface OpenInvocation {
  readonly payer: string
  readonly hookInstance: string
  /** Of the log, like the next ones. */
  readonly invocation: string
  readonly user: string
  readonly fhirUser?: string
  readonly patient?: string
  /** Label of the relay's session that asked. */
  readonly session: string
  readonly ehr: string
  readonly resources: readonly FhirJson[]
}

/** CRD found-22. */
export const TOKEN_SECONDS = 30
const SWEEP_MS = (TOKEN_SECONDS + 1) * 1000

const digest = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Open invocations lie in the database, so that any relay beside this one can answer: sealed, and gone when their time is over. */
export function facadeStore(database: Database, key: SiteKey, now: () => number) {
  const sweep = async (): Promise<void> => {
    await database.query('delete from facade where ends <= $1', [new Date(now())])
  }
  /** Also where nobody asks again. What a relay that ends leaves behind goes with the next question of any. */
  let last = 0
  let isWaiting = false
  const sweepLater = (): void => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(async () => {
      isWaiting = false
      await sweep().catch(() => undefined)
      if (last > now()) sweepLater()
    }, SWEEP_MS).unref()
  }
  return {
    async open(token: string, invocation: OpenInvocation): Promise<void> {
      const id = digest(token)
      const ends = now() + TOKEN_SECONDS * 1000
      last = ends
      await sweep()
      await database.query('insert into facade values ($1,$2,$3)', [
        id,
        new Date(ends),
        key.seal(JSON.stringify(invocation), id),
      ])
      sweepLater()
    },
    /** Undefined for a token that is over, or never was. */
    async find(token: string): Promise<OpenInvocation | undefined> {
      const id = digest(token)
      const [row] = await database.query<{ sealed: Uint8Array }>(
        'select sealed from facade where token = $1 and ends > $2',
        [id, new Date(now())],
      )
      // It was made by `open`, under this key.
      return row && (JSON.parse(key.open(Buffer.from(row.sealed), id)) as OpenInvocation)
    },
  }
}

export type FacadeStore = ReturnType<typeof facadeStore>
