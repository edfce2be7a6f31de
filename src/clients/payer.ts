import { isResource } from '../domain/json'
import type { Payer } from '../domain/payer-directory'
import type { PayerPort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { createFhirReader } from './fhir-reader'
import { createHttp, type Http } from './http'

interface Options {
  readonly timeoutMs: number
  /** Larger answers are not read; bytes. */
  readonly maxBytes?: number
}

/**
 * Payers' FHIR APIs. No token is added here, and never the EHR's: a payer is `open`, or the site's own reverse proxy adds the
 * credential on the way.
 */
export function createPayers(options: Options): PayerPort {
  const byBase = new Map<string, Http>()
  const httpOf = (payer: Payer): Result<Http> => {
    if (payer.fhirBase === undefined)
      return fail({
        kind: 'refused',
        rule: 'payer-fhir-base',
        message: `No address is set up here for the records of ${payer.name}.`,
      })
    const known = byBase.get(payer.fhirBase)
    if (known) return ok(known)
    const http = createHttp({ name: payer.name, base: payer.fhirBase, ...options })
    byBase.set(payer.fhirBase, http)
    return ok(http)
  }
  return {
    reader(payer) {
      const http = httpOf(payer)
      return http.ok ? ok(createFhirReader(http.value)) : http
    },
    async memberMatch(payer, parameters, callOptions) {
      const http = httpOf(payer)
      if (!http.ok) return http
      const answer = await http.value.send({
        method: 'POST',
        url: `${http.value.base}/Patient/$member-match`,
        body: JSON.stringify(parameters),
        headers: { 'Content-Type': 'application/fhir+json' },
        ...(callOptions?.signal && { signal: callOptions.signal }),
      })
      if (!answer.ok) return answer
      const { json } = answer.value
      if (isResource(json) && json.resourceType === 'Parameters') return ok(json)
      return fail({
        kind: 'malformed',
        server: payer.name,
        path: 'resourceType',
        message: 'Expected Parameters.',
      })
    },
  }
}
