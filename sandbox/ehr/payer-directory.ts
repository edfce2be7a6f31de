import type { Coverage, Identifier } from 'fhir/r4'
import type { FhirStore } from '../fhir'
import type { Ehr } from './context'
import { payerName, payorOf } from './patients'

/** A payer that this EHR has an address for. */
export interface KnownPayer {
  readonly name: string
  /** CDS Hooks base; discovery is at `{base}/cds-services`. */
  readonly base: string
}

/** Who is who, in the order of `--payers`: what an EHR's administrator types into its payer list. */
const DIRECTORY: readonly { readonly name: string; readonly system: string; readonly value: string }[] = [
  { name: 'Acme Health', system: 'urn:oid:2.16.840.1.113883.6.300', value: '95216' },
  { name: 'Borealis Mutual', system: 'urn:oid:2.16.840.1.113883.6.300', value: '63121' },
  { name: 'Cedar Care', system: 'urn:oid:2.16.840.1.113883.6.300', value: '71044' },
  { name: 'Delta Plan', system: 'urn:oid:2.16.840.1.113883.6.300', value: '84102' },
  { name: 'Oddity Insurance', system: 'urn:oid:2.16.840.1.113883.6.300', value: '90210' },
]

function payorIdentifiers(store: FhirStore, coverage: Coverage): readonly Identifier[] {
  const own = coverage.payor[0]?.identifier
  const organization = payorOf(store, coverage)
  const theirs = organization?.resourceType === 'Organization' ? (organization.identifier ?? []) : []
  return own === undefined ? theirs : [own, ...theirs]
}

/** The payer of a Coverage: by identifier, else by name. Undefined where this EHR has no address for it. */
export function payerOf(ehr: Ehr, coverage: Coverage): KnownPayer | undefined {
  const identifiers = payorIdentifiers(ehr.store, coverage)
  const name = payerName(ehr.store, coverage)
  const byIdentifier = DIRECTORY.findIndex((p) =>
    identifiers.some((i) => i.system === p.system && i.value === p.value),
  )
  const index = byIdentifier >= 0 ? byIdentifier : DIRECTORY.findIndex((p) => p.name === name)
  const base = ehr.payers[index]
  return base === undefined ? undefined : { name: DIRECTORY[index]?.name ?? name, base }
}
