import { randomUUID } from 'node:crypto'
import { isObject, text } from '../../src/domain/json'
import type { Payer } from '../../src/domain/payer-directory'
import type { Entry, KeptLog } from './kept-log'
import { NoAnswer, type PayerHttp, type Received } from './payer-http'
import type { Credential, RelayConfig } from './relay-config'
import type { RelaySession } from './sessions'
import type { SigningKeys } from './signing-keys'

/** What a browser asks to be passed on: a payer's discovery, a service, or its feedback. */
export interface Asked {
  readonly payer: Payer
  readonly session: RelaySession
  /** Below the payer's CDS Hooks base: `cds-services`, `cds-services/x` or `cds-services/x/feedback`. */
  readonly path: string
  /** Absent for discovery. */
  readonly body?: string
}

/** For the browser. `words` stand where the payer's own body does not. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const SERVICE = /^cds-services(\/[^/]+(\/feedback)?)?$/

/** Says what happened, what did not and what to do, as FHIR servers do. */
export const refusal = (
  status: number,
  words: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { ...headers, 'Content-Type': 'application/fhir+json' },
  body: JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: status === 429 ? 'throttled' : 'processing', diagnostics: words }],
  }),
})

interface World {
  readonly http: PayerHttp
  readonly log: KeptLog
  readonly keys: SigningKeys
  readonly config: Pick<RelayConfig, 'payers' | 'publicUrl' | 'issuer' | 'limits'>
  readonly now: () => number
}

/**
 * Passes a question on to a payer, once, and keeps question and outcome before anybody gets to see the answer (CRD found-37). Where it
 * cannot be kept nothing is sent; where the answer cannot be kept it is not given.
 */
export function forwarder({ http, log, keys, config, now }: World) {
  const underWay = new Map<string, number>()

  async function credential(payer: Payer, url: string): Promise<Readonly<Record<string, string>>> {
    const own: Credential = config.payers[payer.id]?.credential ?? { kind: 'none' }
    if (own.kind === 'none') return {}
    const claims = { iss: config.issuer ?? config.publicUrl, aud: url, jti: randomUUID() }
    return { authorization: `Bearer ${await keys.sign(claims, now(), own.tenant)}` }
  }

  async function call({ payer, path, body }: Asked): Promise<Received | NoAnswer> {
    const url = `${payer.cdsBase}/${path}`
    try {
      return await http.send({
        method: body === undefined ? 'GET' : 'POST',
        url,
        headers: {
          ...(await credential(payer, url)),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body }),
      })
    } catch (error) {
      if (error instanceof NoAnswer) return error
      throw error
    }
  }

  async function kept(asked: Asked, body: string): Promise<Answer> {
    const { payer, session } = asked
    const request = readJson(body)
    const hookInstance = text(request, 'hookInstance')
    const patientId = text(request, 'context', 'patientId')
    const common = {
      invocation: randomUUID(),
      payer: payer.id,
      user: session.user,
      ...(hookInstance !== undefined && { hookInstance }),
      ...(patientId !== undefined && { patient: `${session.fhirBase}/Patient/${patientId}` }),
    }
    const keep = async (entry: Pick<Entry, 'kind' | 'content' | 'assertionIds'>): Promise<boolean> => {
      try {
        await log.append({ ...common, ...entry, at: now() })
        return true
      } catch {
        return false
      }
    }
    const question = JSON.stringify({ url: `${payer.cdsBase}/${asked.path}`, body })
    if (!(await keep({ kind: 'asked', content: question })))
      return refusal(
        503,
        `Nothing was sent to ${payer.name}: this site’s log could not be written. Try again later.`,
      )
    const answer = await call(asked)
    const isKept =
      answer instanceof NoAnswer
        ? await keep({ kind: 'failed', content: JSON.stringify({ why: answer.kind }) })
        : await keep({
            kind: 'answered',
            content: JSON.stringify({ status: answer.status, body: answer.body }),
            assertionIds: assertionIds(readJson(answer.body)),
          })
    if (!isKept)
      return refusal(
        503,
        `${payer.name} was asked, but this site’s log could not be written, so its answer is not shown. Try again later.`,
      )
    return given(answer, payer, config.limits.payerMs)
  }

  return async (asked: Asked): Promise<Answer> => {
    const { payer, path, body } = asked
    if (payer.cdsBase === undefined || !SERVICE.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path))
      return refusal(404, 'This relay passes on nothing but questions to the services of listed payers.')
    const busy = underWay.get(payer.id) ?? 0
    if (busy >= config.limits.atOnce)
      return refusal(
        429,
        `Too many questions to ${payer.name} are under way. Nothing was sent. Try again in a moment.`,
        {
          'Retry-After': '2',
        },
      )
    underWay.set(payer.id, busy + 1)
    try {
      if (body === undefined) return given(await call(asked), payer, config.limits.payerMs)
      return await kept(asked, body)
    } finally {
      underWay.set(payer.id, (underWay.get(payer.id) ?? 1) - 1)
    }
  }
}

/** What of a payer's answer goes on to the browser: status, body, and what the browser has to know of it. */
function given(answer: Received | NoAnswer, payer: Payer, limitMs: number): Answer {
  if (answer instanceof NoAnswer)
    return refusal(answer.kind === 'timeout' ? 504 : 502, noAnswerWords(answer, payer, limitMs))
  const headers: Record<string, string> = {}
  for (const name of ['content-type', 'retry-after'] as const) {
    const value = answer.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  return { status: answer.status, body: answer.body, headers }
}

function noAnswerWords({ kind }: NoAnswer, { name }: Payer, limitMs: number): string {
  switch (kind) {
    case 'timeout':
      return `${name} did not answer within ${Math.round(limitMs / 1000)} seconds.`
    case 'network':
      return `${name} could not be reached, or broke off.`
    case 'refused':
      return `The address of ${name} leads into an inner network. Nothing was sent.`
    case 'redirect':
      return `${name} pointed to another address. It was not followed.`
    case 'too-large':
      return `The answer of ${name} is larger than this site takes.`
  }
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Anywhere in an answer: `coverage-assertion-id` of coverage information (CRD "Coverage Information"). */
function assertionIds(value: unknown, found: string[] = []): readonly string[] {
  if (Array.isArray(value)) for (const each of value) assertionIds(each, found)
  else if (isObject(value)) {
    const id = value.url === 'coverage-assertion-id' ? text(value, 'valueString') : undefined
    if (id !== undefined) found.push(id)
    for (const each of Object.values(value)) assertionIds(each, found)
  }
  return found
}
