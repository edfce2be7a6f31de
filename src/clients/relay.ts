import type { AuditPort } from '../domain/audit'
import { at, text } from '../domain/json'
import type { KeptLogPort } from '../domain/kept-log'
import type { Payer } from '../domain/payer-directory'
import type { PayerReadsPort } from '../domain/payer-reads'
import type { ChartWriterPort, PayerPort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { createHttp, type Http, isBelow } from './http'
import { RELAY, relayProblem } from './relay-problem'
import { parsed, storedText } from './stored-json'

const LIMIT_MS = 10_000
/** Of a question to a payer: the relay stops earlier. */
const HOOK_MS = 60_000
const MOST_BYTES = 5 * 1024 * 1024
/** A page of records. */
const MOST_RECORDS_BYTES = 50 * 1024 * 1024

/** Names this launch's session at the relay; its secret is in a cookie that no script can read. */
const SESSION_HEADER = 'X-Relay-Session'
const PATIENT_HEADER = 'X-Relay-Patient'
/** What the relay says of its own, and not the payer: whether it was sent, and why there is no answer. */
const RELAY_HEADER = 'X-Relay'

/** Without a body: a read. */
const call = (
  relay: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  timeoutMs: number = LIMIT_MS,
) =>
  createHttp({ name: RELAY, base: relay, timeoutMs, withCookies: true }).send({
    url: `${relay}${path}`,
    ...(body === undefined
      ? { method: 'GET', headers }
      : {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
  })

/** The sign-in address with a nonce of the relay's: the EHR's id_token has to bring it back. Without the relay: as it was. */
export async function withNonce(relay: string, address: string): Promise<string> {
  const answer = await call(relay, '/nonce', {})
  const nonce = answer.ok ? text(answer.value.json, 'nonce') : undefined
  if (nonce === undefined) return address
  const url = new URL(address)
  url.searchParams.set('nonce', nonce)
  return url.href
}

/** Who signed in, as the EHR vouches for. `key`: the launch's own. */
export interface Vouched {
  readonly key: string
  readonly fhirBase: string
  readonly idToken: string
  /** Whose chart is open: for the relay's log. */
  readonly patientId?: string
}

/** A session at the relay. */
export interface RelaySession {
  /** Asks the relay itself; `path` begins with a slash. Without a body: a read. */
  ask(path: string, body?: unknown, timeoutMs?: number): Promise<Result<unknown>>
  /** A payer's services by way of the relay. A payer beside it is asked directly, and is told nothing of the session. */
  httpFor(payer: Payer, base: string): Http
  /** A payer's records by way of the relay; undefined for one whose records are read directly. */
  recordsOf(payer: Payer): Http | undefined
  readonly openCard: NonNullable<PayerPort['openCard']>
  /** The same writer; each document that it puts into the chart is named in the relay's log. */
  noting(writer: ChartWriterPort): ChartWriterPort
  /** What was asked about a patient, from the relay's log. */
  readonly audit: AuditPort
  readonly keptLog: KeptLogPort
  /** What the payer of a question read of it here. */
  readonly payerReads: PayerReadsPort
  /** Signs out: from now on the relay passes nothing on. */
  end(): Promise<void>
}

/** The session's name outlives a reload, as the launch itself does; an id_token opens only one. */
const storageName = (key: string): string => `relay ${key}`

/** Opens a session at once, and once. */
export function openRelay(relay: string, vouched: Vouched): RelaySession {
  const session = signIn(relay, vouched)
  const ask: RelaySession['ask'] = async (path, body, timeoutMs) => {
    const opened = await session
    if (!opened.ok) return opened
    const answer = await call(relay, path, body, { [SESSION_HEADER]: opened.value.label }, timeoutMs)
    return answer.ok ? ok(answer.value.json) : answer
  }
  const audit = once(async () => (await import('./relay-log')).relayAudit(ask))
  const httpFor = (payer: Payer, base: string, maxBytes = MOST_BYTES): Http => {
    const common = { name: payer.name, base, timeoutMs: HOOK_MS, maxBytes }
    if (!isBelow(base, relay)) return createHttp(common)
    return {
      name: payer.name,
      base,
      async send(request) {
        const opened = await session
        if (!opened.ok) return opened
        const since = Date.now()
        const http = createHttp({
          ...common,
          withCookies: true,
          problemOf: (headers, words) =>
            relayProblem(headers.get(RELAY_HEADER), words, payer.name, Date.now() - since),
        })
        const headers = { ...request.headers, [SESSION_HEADER]: opened.value.label }
        return http.send({ ...request, headers })
      },
    }
  }
  const recordsOf = (payer: Payer): Http | undefined => {
    const { fhirBase, recordsVia } = payer
    if (fhirBase === undefined || recordsVia === undefined) return undefined
    return recordsThrough(httpFor(payer, recordsVia, MOST_RECORDS_BYTES), fhirBase, vouched.patientId)
  }
  const keptLog = once(async () => (await import('./relay-log')).relayKeptLog(ask))
  return {
    ask,
    audit: {
      isSites: true,
      // The relay has kept it already, before the answer came here; and nothing can be removed.
      keep: async () => undefined,
      list: async (patientId) => (await audit()).list(patientId),
      open: async (id) => (await audit()).open(id),
      remove: async () => undefined,
      end: async () => undefined,
    },
    keptLog: {
      async mayLook() {
        const opened = await session
        return opened.ok && opened.value.audits
      },
      search: async (search) => (await keptLog()).search(search),
      open: async (id) => (await keptLog()).open(id),
      export: async (search, form) => (await keptLog()).export(search, form),
    },
    noting: (writer) => ({
      async create(resource, options) {
        const created = await writer.create(resource, options)
        const reference = created.ok ? created.value.reference : undefined
        // It is in the chart, whatever becomes of its note.
        if (resource.resourceType === 'DocumentReference' && reference !== undefined)
          void ask('/written', { patientId: vouched.patientId, reference })
        return created
      },
    }),
    async payerReads(hookInstance) {
      const answer = await ask(`/invocations/${encodeURIComponent(hookInstance)}/reads`)
      if (!answer.ok) return answer
      const { readPayerReads } = await import('../domain/payer-reads')
      return readPayerReads(answer.value)
    },
    httpFor,
    recordsOf,
    async openCard(payer, parameters, { signal } = {}) {
      const http = recordsOf(payer)
      return (
        http?.send({
          method: 'POST',
          url: `${http.base}/Patient/$card-member`,
          headers: { 'Content-Type': 'application/fhir+json' },
          body: JSON.stringify(parameters),
          ...(signal && { signal }),
        }) ?? ok(undefined)
      )
    },
    async end() {
      sessionStorage.removeItem(storageName(vouched.key))
      const opened = await session
      if (opened.ok) await call(relay, '/sign-out', {}, { [SESSION_HEADER]: opened.value.label })
    },
  }
}

/**
 * A payer's FHIR API under its own name, read at the relay's address. A page that the relay gives lies below the relay already; what
 * lies below neither is refused there.
 */
function recordsThrough(via: Http, base: string, patientId: string | undefined): Http {
  return {
    name: via.name,
    base,
    send: (request) =>
      via.send({
        ...request,
        url: isBelow(request.url, base) ? `${via.base}${request.url.slice(base.length)}` : request.url,
        headers: { ...request.headers, ...(patientId !== undefined && { [PATIENT_HEADER]: patientId }) },
      }),
  }
}

/** `audits`: has the audit role. */
interface Opened {
  readonly label: string
  readonly audits: boolean
}

function openedOf(json: unknown): Opened | undefined {
  const label = text(json, 'session')
  return label === undefined ? undefined : { label, audits: at(json, 'audits') === true }
}

async function signIn(relay: string, { key, fhirBase, idToken }: Vouched): Promise<Result<Opened>> {
  const kept = openedOf(parsed(storedText(() => sessionStorage, storageName(key))))
  if (kept !== undefined) return ok(kept)
  const answer = await call(relay, '/session', { idToken, fhirBase })
  if (!answer.ok)
    // Its own words say why: the app has to be opened from the chart again.
    return answer.problem.kind === 'http' && answer.problem.detail !== undefined
      ? fail({ kind: 'refused', rule: 'relay', message: `${answer.problem.detail} Nothing was sent.` })
      : answer
  const opened = openedOf(answer.value.json)
  if (opened === undefined)
    return fail({ kind: 'malformed', server: RELAY, path: 'session', message: 'Expected text.' })
  sessionStorage.setItem(storageName(key), JSON.stringify(answer.value.json))
  return ok(opened)
}

/** Loads what only few screens need at its first use; a load that failed is tried anew. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
}
