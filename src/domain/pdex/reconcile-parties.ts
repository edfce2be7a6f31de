import { type References, referenceName } from '../fhir/references'
import { type FhirJson, isObject, objects, text } from '../json'
import { plainText } from './reconcile-codes'

const NPI = 'http://hl7.org/fhir/sid/us-npi'
const NPI_OID = 'urn:oid:2.16.840.1.113883.4.6'

/** Who a reference names: by NPI, by other identifiers, and by exact name (PDex facts 5, in this order). */
export interface Party {
  readonly npi: readonly string[]
  readonly identifiers: readonly string[]
  /** Spelt alike, to be compared. */
  readonly name?: string
  /** As written, for people. */
  readonly label?: string
}

export function partyOf(reference: unknown, references: References, container: FhirJson): Party {
  const target = references.find(reference, container)
  const listed = [...objects(reference, 'identifier'), ...objects(target, 'identifier')].flatMap(
    (identifier) => {
      const [system, value] = [text(identifier, 'system'), text(identifier, 'value')]
      return system === undefined || value === undefined ? [] : [{ system, value }]
    },
  )
  const isNpi = ({ system }: { readonly system: string }): boolean => system === NPI || system === NPI_OID
  const label = referenceName(reference, references, container)
  return {
    npi: listed.filter(isNpi).map(({ value }) => value),
    identifiers: listed.filter((one) => !isNpi(one)).map(({ system, value }) => `${system}|${value}`),
    ...(label !== undefined && { name: plainText(label), label }),
  }
}

/** By what two are the same. */
export type PartyMatch = 'npi' | 'identifier' | 'name'

/** The first of NPI, identifier and name that both have decides; never a likeness of names. */
export function partyMatch(a: Party, b: Party): PartyMatch | undefined {
  const share = (x: readonly string[], y: readonly string[]): boolean => x.some((each) => y.includes(each))
  if (a.npi.length > 0 && b.npi.length > 0) return share(a.npi, b.npi) ? 'npi' : undefined
  if (share(a.identifiers, b.identifiers)) return 'identifier'
  return a.name !== undefined && a.name === b.name ? 'name' : undefined
}

export const sameParty = (a: Party, b: Party): boolean => partyMatch(a, b) !== undefined

/** The practitioners and the organization of a visit. */
export const visitParties = (visit: FhirJson, references: References): readonly Party[] =>
  [visit.serviceProvider, ...objects(visit, 'participant').map((p) => p.individual)]
    .filter(isObject)
    .map((reference) => partyOf(reference, references, visit))
