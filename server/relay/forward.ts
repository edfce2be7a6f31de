import { randomUUID } from 'node:crypto'
import { isObject, text } from '../../src/domain/json'
import type { Payer } from '../../src/domain/payer-directory'
import { type Answer, given, places, refusal } from './answers'
import type { Prepare } from './facade/outgoing'
import type { Entry, KeptLog } from './kept-log'
import type { PayerCall } from './payer-call'
import { NoAnswer, type Received } from './payer-http'
import type { RelayConfig } from './relay-config'
import type { RelaySession } from './sessions'

/** What a browser asks to be passed on: a payer's discovery, a service, or its feedback. */
export interface Asked {
  readonly payer: Payer
  readonly session: RelaySession
  /** Below the payer's CDS Hooks base: `cds-services`, `cds-services/x` or `cds-services/x/feedback`. */
  readonly path: string
  /** Absent for discovery. */
  readonly body?: string
}

const SERVICE = /^cds-services(\/[^/]+(\/feedback)?)?$/

interface World {
  readonly call: PayerCall
  readonly prepare: Prepare
  readonly log: KeptLog
  readonly limits: RelayConfig['limits']
  readonly now: () => number
}

/**
 * Passes a question on to a payer, once, and keeps question and outcome before anybody gets to see the answer (CRD found-37). Where it
 * cannot be kept nothing is sent; where the answer cannot be kept it is not given.
 */
export function forwarder({ call: payerCall, prepare, log, limits, now }: World) {
  const withPlace = places(limits.atOnce)

  const call = ({ payer, path, body, session }: Asked): Promise<Received | NoAnswer> =>
    payerCall(
      payer,
      'services',
      {
        method: body === undefined ? 'GET' : 'POST',
        url: `${payer.cdsBase}/${path}`,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body }),
      },
      session,
    )

  async function kept(asked: Asked, body: string): Promise<Answer> {
    const { payer, session } = asked
    const request = readJson(body)
    if (!isObject(request))
      return refusal(400, `This is no question to a service. Nothing was sent to ${payer.name}.`)
    const hookInstance = text(request, 'hookInstance')
    const patientId = text(request, 'context', 'patientId')
    const common = {
      invocation: randomUUID(),
      payer: payer.id,
      user: session.user,
      ...(session.fhirUser !== undefined && { fhirUser: session.fhirUser }),
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
    const isQuestion = hookInstance !== undefined && !asked.path.endsWith('/feedback')
    const outgoing = prepare(
      request,
      body,
      isQuestion
        ? { ...common, payer, hookInstance, session: session.label, ehr: session.fhirBase }
        : undefined,
    )
    const question = JSON.stringify({ url: `${payer.cdsBase}/${asked.path}`, body: outgoing.kept })
    const isOpen = async (): Promise<boolean> => {
      try {
        await outgoing.open()
        return true
      } catch {
        return false
      }
    }
    if (!(await keep({ kind: 'asked', content: question })) || !(await isOpen()))
      return refusal(
        503,
        `Nothing was sent to ${payer.name}: this site’s log could not be written. Try again later.`,
      )
    const answer = await call({ ...asked, body: outgoing.body })
    const isKept =
      answer instanceof NoAnswer
        ? await keep({ kind: 'failed', content: JSON.stringify({ why: answer.kind, detail: answer.detail }) })
        : await keep({
            kind: 'answered',
            content: JSON.stringify({ status: answer.status, body: answer.body }),
            assertionIds: assertionIds(readJson(answer.body)),
          })
    if (!isKept)
      return refusal(
        503,
        `${payer.name} was asked, but this site’s log could not be written, so its answer is not shown. Try again later.`,
        {},
        'not-kept',
      )
    return given(answer, payer, limits.payerMs)
  }

  return async (asked: Asked): Promise<Answer> => {
    const { payer, path, body } = asked
    if (payer.cdsBase === undefined || !SERVICE.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path))
      return refusal(404, 'This relay passes on nothing but questions to the services of listed payers.')
    return withPlace(payer, 'services', async () =>
      body === undefined ? given(await call(asked), payer, limits.payerMs) : kept(asked, body),
    )
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
