import type { Payer } from '../../src/domain/payer-directory'
import type { Caller } from './credentials/credential'
import type { CredentialOf, PayerPart } from './credentials/payer-credentials'
import { NoAnswer, type PayerHttp, type Received, type Sent } from './payer-http'

export type PayerCall = (
  payer: Payer,
  part: PayerPart,
  sent: Sent,
  caller: Caller,
) => Promise<Received | NoAnswer>

/**
 * Calls a payer with this site's credential for it. A token that the payer does not take (401) is renewed, once: the payer has done
 * nothing with what came with it. What it says then is the answer.
 */
export function payerCall(http: PayerHttp, credentialOf: CredentialOf): PayerCall {
  return async (payer, part, sent, caller) => {
    const credential = credentialOf(payer, part)
    const once = async (isLast: boolean): Promise<Received> => {
      const own = await credential.headers(sent.url, caller)
      const answer = await http.send({ ...sent, headers: { ...sent.headers, ...own } })
      if (answer.status !== 401 || isLast || !credential.refused(own, caller)) return answer
      return once(true)
    }
    try {
      return await once(false)
    } catch (error) {
      if (error instanceof NoAnswer) return error
      throw error
    }
  }
}
