import { type Discovery, readDiscovery } from '../domain/crd/discovery'
import type { Payer } from '../domain/payer-directory'
import type { CdsPort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { createHttp, type Http } from './http'

interface Options {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** For a payer's CDS Hooks base, without a token: payers never get the chart's. */
  readonly httpFor?: (payer: Payer, base: string) => Http
}

/** Discovery waits this long; a hook is stopped by the one who asked, this is only the last resort. Milliseconds. */
const discoveryLimitMs = 10_000
const wellKnownLimitMs = 3_000
const hookLimitMs = 60_000
const feedbackLimitMs = 10_000

/** Larger answers are not read; bytes. */
const mostBytes = 5 * 1024 * 1024

const plainHttp = (payer: Payer, base: string): Http =>
  createHttp({ name: payer.name, base, timeoutMs: hookLimitMs, maxBytes: mostBytes })

/** CRD found-16: at least once a day. */
const aDay = 24 * 60 * 60 * 1000

interface Kept {
  readonly base: string
  readonly at: number
  readonly discovery: Promise<Result<Discovery>>
}

/** Payers' CDS Hooks services over HTTP. Discovery is kept in memory for a day; a failed one is forgotten. */
export function createCds({ now: time, httpFor = plainHttp }: Options): CdsPort {
  const kept = new Map<string, Kept>()
  const files = new Map<string, { readonly at: number; readonly file: Promise<Result<unknown>> }>()
  return {
    async discover(payer, { signal, fresh = false } = {}) {
      const base = payer.cdsBase
      if (base === undefined) return noService(payer)
      const known = kept.get(payer.id)
      const now = time()
      if (!fresh && known?.base === base && now - known.at < aDay) return known.discovery
      // Shared by all who ask meanwhile, so nobody's signal may stop it.
      const discovery = fetchDiscovery(httpFor(payer, base), payer, base, fresh ? signal : undefined)
      const entry: Kept = { base, at: now, discovery }
      kept.set(payer.id, entry)
      const result = await discovery
      if (!result.ok && kept.get(payer.id) === entry) kept.delete(payer.id)
      return result
    },
    async wellKnown(payer, location) {
      const isOwn = [payer.cdsBase, payer.fhirBase].some(
        (base) =>
          base !== undefined && URL.canParse(location) && new URL(base).origin === new URL(location).origin,
      )
      if (!isOwn) return elsewhere(payer)
      const known = files.get(location)
      const now = time()
      if (known !== undefined && now - known.at < aDay) return known.file
      const file = fetchFile(httpFor(payer, location), location)
      files.set(location, { at: now, file })
      const result = await file
      if (!result.ok && files.get(location)?.file === file) files.delete(location)
      return result
    },
    async invoke(request, { signal } = {}) {
      const { payer, serviceId, body } = request
      if (payer.cdsBase === undefined) return noService(payer)
      const answer = await httpFor(payer, payer.cdsBase).send({
        method: 'POST',
        url: `${payer.cdsBase}/cds-services/${encodeURIComponent(serviceId)}`,
        headers: { 'Content-Type': 'application/json' },
        body,
        ...(signal && { signal }),
      })
      return answer.ok ? ok(answer.value.json) : answer
    },
    async feedback(payer, serviceId, body) {
      if (payer.feedback !== true) return feedbackOff(payer)
      if (payer.cdsBase === undefined) return noService(payer)
      const answer = await httpFor(payer, payer.cdsBase).send({
        method: 'POST',
        url: `${payer.cdsBase}/cds-services/${encodeURIComponent(serviceId)}/feedback`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        timeoutMs: feedbackLimitMs,
      })
      // It was taken: what is said to it, if anything, need not be JSON.
      return answer.ok || answer.problem.kind === 'malformed' ? ok(undefined) : answer
    },
  }
}

async function fetchDiscovery(
  http: Http,
  payer: Payer,
  base: string,
  signal: AbortSignal | undefined,
): Promise<Result<Discovery>> {
  const answer = await http.send({
    method: 'GET',
    url: `${base}/cds-services`,
    timeoutMs: discoveryLimitMs,
    ...(signal && { signal }),
  })
  return answer.ok ? readDiscovery(answer.value.json, payer.name) : answer
}

const feedbackOff = (payer: Payer): Result<never> =>
  fail({
    kind: 'refused',
    rule: 'feedback-off',
    message: `This site does not tell ${payer.name} what became of its advice. Nothing was sent.`,
  })

/** Small, and the user waits for it before anything can be asked. */
async function fetchFile(http: Http, url: string): Promise<Result<unknown>> {
  const answer = await http.send({ method: 'GET', url, timeoutMs: wellKnownLimitMs })
  return answer.ok ? ok(answer.value.json) : answer
}

const elsewhere = (payer: Payer): Result<never> =>
  fail({
    kind: 'refused',
    rule: 'same-server',
    message: `The chart names an address that is not one of ${payer.name}. It was not followed.`,
  })

const noService = (payer: Payer): Result<never> =>
  fail({
    kind: 'refused',
    rule: 'no-service',
    message: `No CDS Hooks address is configured for ${payer.name}.`,
  })
