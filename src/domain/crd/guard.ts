import type { JsonObject } from '../json'
import type { Payer } from '../payer-directory'

declare const approved: unique symbol

/** A hook request that the guard has let through: the only thing that `CdsPort.invoke` sends. Made here and nowhere else. */
export interface ApprovedRequest {
  readonly [approved]: true
  readonly payer: Payer
  readonly serviceId: string
  /** The body to the letter, without needless white space (CRD found-40). */
  readonly body: string
  readonly json: JsonObject
}
