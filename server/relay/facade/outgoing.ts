import { randomBytes } from 'node:crypto'
import type { JsonObject } from '../../../src/domain/json'
import type { Payer } from '../../../src/domain/payer-directory'
import { type FacadeStore, type OpenInvocation, TOKEN_SECONDS } from './facade-store'
import { authorization, invocationResources } from './invocation-resources'

/** A question as it goes to the payer, and as the log has it: without the token. */
export interface Outgoing {
  readonly body: string
  readonly kept: string
  /** Lets the payer read from now on. */
  open(): Promise<void>
}

/** Whose question it is, as the log has it. */
export type Asking = Omit<OpenInvocation, 'payer' | 'hookInstance' | 'resources'> & {
  readonly payer: Payer
  readonly hookInstance: string
}

interface World {
  readonly store: Pick<FacadeStore, 'open'>
  /** Payers that may read, and as whom each is known here. */
  readonly readers: ReadonlyMap<string, string>
  readonly baseOf: (payer: string, hookInstance: string) => string
}

export type Prepare = (request: JsonObject, body: string, asking: Asking | undefined) => Outgoing

/**
 * Whatever token a browser put into a question is taken out: the EHR's never leaves (CRD sec-9). A payer that may read gets the
 * address of this question's facade in its place, with a token for it alone (found-20 to found-22). `asking`: absent for feedback.
 */
export const outgoing =
  ({ store, readers, baseOf }: World): Prepare =>
  (request, body, asking) => {
    const { fhirAuthorization: _, ...bare } = request
    const subject = asking && readers.get(asking.payer.id)
    if (asking === undefined || subject === undefined) {
      const own = 'fhirAuthorization' in request ? JSON.stringify(bare) : body
      return { body: own, kept: own, open: async () => undefined }
    }
    const resources = invocationResources(request)
    const token = randomBytes(32).toString('base64url')
    const narrow = (value: string): string =>
      JSON.stringify({
        ...bare,
        fhirServer: baseOf(asking.payer.id, asking.hookInstance),
        fhirAuthorization: authorization(value, TOKEN_SECONDS, subject, request, resources),
      })
    return {
      body: narrow(token),
      kept: narrow('not kept'),
      open: () => store.open(token, { ...asking, payer: asking.payer.id, resources }),
    }
  }
