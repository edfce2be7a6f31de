import { fail } from '../domain/result'
import { createHttp, type Http } from './http'
import type { EhrConnection } from './smart'

/** Reads of a chart can be large and EHRs slow. Milliseconds. */
const EHR_TIMEOUT_MS = 30_000

interface Ehr {
  /** Name for people. */
  readonly name: string
  /** FHIR base. */
  readonly base: string
  /** The token may travel below this: `domain/site` tokenBase. */
  readonly within: string
}

/**
 * The EHR's http: this session's token, and on a 401 one renewal and one more try. A 401 is an answer that nothing was done, so
 * the second try repeats no write.
 */
export function createSessionHttp(ehr: Ehr, connection: EhrConnection): Http {
  const { name } = ehr
  const http = createHttp({ ...ehr, token: () => connection.token(), timeoutMs: EHR_TIMEOUT_MS })
  return {
    ...http,
    async send(request) {
      const first = await http.send(request)
      if (first.ok || first.problem.kind !== 'http' || first.problem.status !== 401) return first
      const renewed = await connection.renew()
      if (!renewed.ok) return renewed
      const second = await http.send(request)
      if (second.ok || second.problem.kind !== 'http' || second.problem.status !== 401) return second
      return fail({ kind: 'expired', server: name })
    },
  }
}
