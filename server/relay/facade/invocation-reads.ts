import { list, number, text } from '../../../src/domain/json'
import type { KeptLog } from '../kept-log'

/** What a payer read for one question, for the user's eyes. */
export interface InvocationRead {
  /** Epoch milliseconds. */
  readonly at: number
  readonly payer: string
  /** As it was asked, below the facade: `Coverage?patient=…`. */
  readonly path: string
  readonly status: number
  /** `Type/id` of each that was given. */
  readonly resources: readonly string[]
}

/** What was read of one question so far, first to last. Only for the session that asked it. */
export async function invocationReads(
  log: Pick<KeptLog, 'search'>,
  hookInstance: string,
  session: string,
): Promise<readonly InvocationRead[]> {
  const kept = await log.search({ hookInstance })
  return kept
    .flatMap(({ kind, at, payer, content }) => {
      const own: unknown = kind === 'read' ? JSON.parse(content) : undefined
      if (text(own, 'session') !== session) return []
      const resources = list(own, 'resources').filter((name) => typeof name === 'string')
      return [{ at, payer, path: text(own, 'path') ?? '', status: number(own, 'status') ?? 0, resources }]
    })
    .reverse()
}
