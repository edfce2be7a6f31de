import type { FhirStore } from '../fhir/store'
import type { RequestLog } from '../request-log'
import type { GrantRegistry } from './smart/grants'
import type { SigningKey } from './smart/id-token'
import type { LaunchRegistry } from './smart/launches'

/** What every part of the running EHR works with. */
export interface Ehr {
  /** This server's origin. */
  readonly url: string
  /** The app's origin. */
  readonly app: string
  /** Base URLs of the payers, in the order of the command line. */
  readonly payers: readonly string[]
  readonly store: FhirStore
  readonly launches: LaunchRegistry
  readonly grants: GrantRegistry
  readonly key: SigningKey
  readonly log: RequestLog
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Was this record written through the API since the start? */
  readonly isNew: (type: string, id: string) => boolean
}

/** The SMART issuer and FHIR base of a personality. */
export function fhirBase(ehr: Pick<Ehr, 'url'>, personality: string): string {
  return `${ehr.url}/${personality}/fhir`
}
