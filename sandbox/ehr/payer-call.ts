import type { Appointment } from 'fhir/r4'
import { bookRequest, findBookService } from './appointment-book'
import { type Card, readCards } from './cards'
import type { Ehr } from './context'
import { activeCoverages, payerName } from './patients'
import { payerOf } from './payer-directory'
import type { Record } from './records'

/** What came of asking the payer about an appointment. */
export type PayerReply =
  | {
      readonly kind: 'answered'
      readonly payer: string
      readonly cards: readonly Card[]
      readonly unreadable: number
    }
  | { readonly kind: 'not-asked'; readonly reason: string }
  | { readonly kind: 'failed'; readonly payer: string; readonly reason: string }

/** CRD: appointment-book may take 10 s. */
const LIMIT_MS = 10_000

async function getJson(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const body: unknown = await response.json()
  return body
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it did not answer'
  if (error.name === 'TimeoutError') return `no answer within ${LIMIT_MS / 1000} seconds`
  if (error instanceof SyntaxError) return 'its answer could not be read'
  return error.message.startsWith('status ') ? `it answered with ${error.message}` : 'it could not be reached'
}

/** Fires appointment-book at the payer of the patient's primary active coverage, once. */
export async function askPayer(
  ehr: Ehr,
  user: string,
  patient: Record<'Patient'>,
  appointment: Appointment & { readonly id: string },
): Promise<PayerReply> {
  const coverage = activeCoverages(ehr, patient.id)[0]
  if (coverage === undefined)
    return { kind: 'not-asked', reason: 'The patient has no active coverage on file.' }
  const payer = payerOf(ehr, coverage)
  if (payer === undefined) {
    return { kind: 'not-asked', reason: `This EHR has no address for ${payerName(ehr.store, coverage)}.` }
  }
  try {
    const service = findBookService(await getJson(`${payer.base}/cds-services`, {}))
    if (service === undefined)
      return { kind: 'not-asked', reason: `${payer.name} has no service for appointments.` }
    const request = bookRequest(ehr, { service, user, patient, coverage, appointment })
    const answer = await getJson(`${payer.base}/cds-services/${service.id}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    })
    return { kind: 'answered', payer: payer.name, ...readCards(answer) }
  } catch (error) {
    return { kind: 'failed', payer: payer.name, reason: reasonOf(error) }
  }
}
