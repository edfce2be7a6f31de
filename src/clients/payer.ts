import { isResource } from '../domain/json'
import type { Payer } from '../domain/payer-directory'
import type { CarriedToken, Clock, PayerPort, PayerSignInPort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { createFhirReader } from './fhir-reader'
import { createHttp, type Http } from './http'
import type { PayerSignIns } from './payer-sign-in'
import { systemClock } from './system'

interface Options {
  readonly timeoutMs: number
  /** Larger answers are not read; bytes. */
  readonly maxBytes?: number
  readonly clock?: Clock
  /** The way to a payer's records by the site's relay, where they are read there. */
  readonly through?: (payer: Payer) => Http | undefined
}

/** The port, and the sign-ins at payers behind it: loaded at their first use, for few sites have one. */
export type Payers = PayerPort & { readonly signIn: () => Promise<PayerSignInPort> }

/**
 * Payers' FHIR APIs, never with the EHR's token: a payer is `open`, the site's own reverse proxy adds the credential on the way, its
 * own message brought a token, or the user signed in there. A token is kept in memory and goes below that payer's base alone.
 */
export function createPayers({ clock = systemClock, through, ...options }: Options): Payers {
  let signIns: PayerSignIns | undefined
  const signIn = async (): Promise<PayerSignIns> => {
    const { createPayerSignIns } = await import('./payer-sign-in')
    signIns ??= createPayerSignIns({ clock, ...options })
    return signIns
  }
  const tokens = new Map<string, CarriedToken>()
  /** The payer's own token, in time. Nothing is sent without where the site set it up so. */
  const heldBy = (payer: Payer): CarriedToken | undefined => {
    const held = tokens.get(payer.id)
    const isOver = held?.until !== undefined && held.until <= clock.now()
    return held === undefined || isOver || held.payer.fhirBase !== payer.fhirBase ? undefined : held
  }
  const tokenOf = async (payer: Payer): Promise<Result<string | undefined>> => {
    if (payer.authorization !== 'launch') return ok(undefined)
    const held = heldBy(payer)
    if (held !== undefined) return ok(held.value)
    const message = `${payer.name} opens its records for a short time, by a message of its own. Open the app from there, or ask about a visit.`
    return fail({ kind: 'refused', rule: 'payer-token', message })
  }
  const signedIn =
    (payer: Payer): Http['send'] =>
    async (request) => {
      const loaded = await signIn().catch(() => undefined)
      return loaded?.http(payer).send(request) ?? fail({ kind: 'network', server: 'The app’s own server' })
    }
  const byBase = new Map<string, Http>()
  const httpOf = (payer: Payer): Result<Http> => {
    if (payer.fhirBase === undefined)
      return fail({
        kind: 'refused',
        rule: 'payer-fhir-base',
        message: `No address is set up here for the records of ${payer.name}.`,
      })
    const key = `${payer.id} ${payer.fhirBase}`
    const known = byBase.get(key)
    if (known) return ok(known)
    const { name, fhirBase: base } = payer
    const http =
      through?.(payer) ??
      (payer.authorization === 'smart'
        ? { name, base, send: signedIn(payer) }
        : createHttp({ name, base, token: () => tokenOf(payer), ...options }))
    byBase.set(key, http)
    return ok(http)
  }
  return {
    signIn,
    access(payer) {
      if (payer.authorization === 'smart') return signIns?.access(payer) ?? { kind: 'smart', isHeld: false }
      if (payer.authorization !== 'launch') return { kind: payer.authorization }
      const held = heldBy(payer)
      const until = held?.until
      return { kind: 'launch', isHeld: held !== undefined, ...(until !== undefined && { until }) }
    },
    carry: (token) => void tokens.set(token.payer.id, token),
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
