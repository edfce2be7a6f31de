import type { Payer } from '../../../src/domain/payer-directory'
import type { PayerHttp } from '../payer-http'
import type { RelayConfig } from '../relay-config'
import type { SigningKeys } from '../signing-keys'
import { type Credential, noCredential } from './credential'
import type { CredentialConfig } from './credential-config'
import { selfIssued } from './self-issued'
import { smartBackend } from './smart-backend'
import { udap } from './udap'

/** A payer's CDS Hooks services, or its members' records: two servers often, and two ways in. */
export type PayerPart = 'services' | 'records'
export type CredentialOf = (payer: Payer, part: PayerPart) => Credential

interface World {
  readonly config: Pick<RelayConfig, 'payers' | 'publicUrl' | 'issuer'>
  readonly payers: readonly Payer[]
  readonly keys: SigningKeys
  readonly http: PayerHttp
  readonly now: () => number
  /** The text of a file that the configuration names. Throws a sentence. */
  readonly read: (name: string) => string
}

/** Makes all at once, so that what is wrong stops the start. Throws a sentence with the path of the setting. */
export function payerCredentials(world: World): CredentialOf {
  const made = new Map<string, Credential>()
  for (const payer of world.payers) {
    const own = world.config.payers[payer.id]
    const add = (part: PayerPart, config: CredentialConfig, base: string | undefined): void => {
      try {
        made.set(`${payer.id} ${part}`, make(config, base, world))
      } catch (error) {
        throw new Error(`payers.${payer.id}, ${part}: ${error instanceof Error ? error.message : ''}`)
      }
    }
    if (own?.records !== undefined && payer.fhirBase === undefined)
      throw new Error(`payers.${payer.id}.records: this payer has no fhirBase.`)
    if (own !== undefined) add('services', own.credential, payer.fhirBase ?? payer.cdsBase)
    if (own?.records !== undefined) add('records', own.records.credential, payer.fhirBase)
  }
  return (payer, part) => made.get(`${payer.id} ${part}`) ?? noCredential
}

function make(own: CredentialConfig, base: string | undefined, world: World): Credential {
  const { config, keys, http, now, read } = world
  switch (own.kind) {
    case 'none':
      return noCredential
    case 'jwt':
      return selfIssued(own, { issuer: config.issuer ?? config.publicUrl, keys, now })
    case 'smart-backend':
      if (base === undefined) throw new Error('The payer has no address.')
      return smartBackend(own, { base, keys, http, now })
    case 'udap':
      return udap(own, { http, now, read })
  }
}
