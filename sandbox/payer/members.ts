import { at, type JsonObject, localReference, objectsIn, textOf } from './json'

/** A person insured by the payer. */
export interface Member {
  readonly memberId: string
  readonly subscriberIds: readonly string[]
  /** Numbers that the member had before. */
  readonly formerIds: readonly string[]
  /** The payer's own Patient resource; its id is not the EHR's. */
  readonly patient: JsonObject
}

/** What identifies a person to a deterministic matcher (HRex). */
export interface Claimed {
  readonly ids: readonly string[]
  readonly birthDate: string | undefined
  readonly families: readonly string[]
}

const hasTypeCode = (identifier: JsonObject, code: string): boolean =>
  objectsIn(at(identifier, 'type', 'coding')).some((coding) => coding.code === code)

/** The members among a payer's Patients: those with an identifier of the payer's own system; subscriber numbers are typed SN. */
export function membersAmong(patients: readonly JsonObject[], memberSystem: string): readonly Member[] {
  return patients.flatMap((patient) => {
    const own = objectsIn(patient.identifier).filter((identifier) => identifier.system === memberSystem)
    const current = own.filter(({ use }) => use !== 'old')
    const memberId = textOf(current.find((identifier) => !hasTypeCode(identifier, 'SN'))?.value)
    const subscriberIds = own
      .filter((identifier) => hasTypeCode(identifier, 'SN'))
      .flatMap((i) => textOf(i.value) ?? [])
    const formerIds = own.filter(({ use }) => use === 'old').flatMap(({ value }) => textOf(value) ?? [])
    return memberId ? [{ memberId, subscriberIds, formerIds, patient }] : []
  })
}

const plain = (name: string): string => name.normalize('NFC').toLocaleLowerCase('en').trim()

/** Family names of a Patient. */
const familiesOf = (patient: unknown): readonly string[] =>
  objectsIn(at(patient, 'name')).flatMap((name) => textOf(name.family) ?? [])

/** Member and subscriber ids that a Coverage carries. */
const idsOf = (coverage: unknown): readonly string[] => [
  ...objectsIn(at(coverage, 'identifier')).flatMap((identifier) => textOf(identifier.value) ?? []),
  ...[textOf(at(coverage, 'subscriberId')) ?? []].flat(),
]

/** What a Patient and its Coverage claim. */
export const claimedBy = (patient: unknown, coverage: unknown): Claimed => ({
  ids: idsOf(coverage),
  birthDate: textOf(at(patient, 'birthDate')),
  families: familiesOf(patient),
})

/** Members that fit: member id, of today or before, else subscriber id, and in either case birth date and family name. More than one is possible among dependants of one subscriber. */
export function membersMatching(members: readonly Member[], claimed: Claimed): readonly Member[] {
  const families = new Set(claimed.families.map(plain))
  const fits = ({ patient }: Member) =>
    patient.birthDate === claimed.birthDate &&
    familiesOf(patient).some((family) => families.has(plain(family)))
  const byMemberId = members.filter(({ memberId, formerIds }) =>
    [memberId, ...formerIds].some((id) => claimed.ids.includes(id)),
  )
  const bySubscriber = members.filter(({ subscriberIds }) =>
    subscriberIds.some((id) => claimed.ids.includes(id)),
  )
  return (byMemberId.length > 0 ? byMemberId : bySubscriber).filter(fits)
}

/** `Patient/id` of a member at the payer. */
export const memberReference = (member: Member): string =>
  localReference(`Patient/${member.patient.id}`) ?? ''
