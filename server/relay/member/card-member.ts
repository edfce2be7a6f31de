import { comparePersons } from '../../../src/domain/fhir/person'
import { literal } from '../../../src/domain/fhir/references'
import { at, type FhirJson, isResource, objects, text } from '../../../src/domain/json'
import { carries, foundMember, token } from './match-answer'
import { patientResources } from './member-answer'
import type { Named } from './members'

/** A member as a payer's card names it, and the chart's patient: whoever claims it has to know what a match asks. */
export interface CardMember {
  readonly patient: FhirJson
  readonly id?: string
  readonly identifier?: string
}

/** Parameters like those of a match: MemberPatient, and MemberId or MemberIdentifier or both. */
export function readCardMember(json: unknown): CardMember | undefined {
  const named = (name: string) => objects(json, 'parameter').find((each) => each.name === name)
  const patient = at(named('MemberPatient'), 'resource')
  const target = literal(text(named('MemberId'), 'valueReference', 'reference'))
  const value = text(named('MemberIdentifier'), 'valueIdentifier', 'value')
  const system = text(named('MemberIdentifier'), 'valueIdentifier', 'system')
  if (!isResource(patient) || (target?.type !== 'Patient' && value === undefined)) return undefined
  return {
    patient,
    ...(target?.type === 'Patient' && { id: target.id }),
    ...(value !== undefined && { identifier: token(system, value) }),
  }
}

/** Where the payer is asked for it, below its FHIR base. */
export const cardMemberPath = ({ id, identifier = '' }: CardMember): string =>
  id === undefined ? `Patient?identifier=${encodeURIComponent(identifier)}` : `Patient/${id}`

/** Whom that opens: the one Patient found, where name and birth date are the chart's. Else nobody. */
export function openedByCard(card: CardMember, json: unknown): readonly Named[] {
  const patients = patientResources(json)
  const ids = card.id === undefined ? foundMember(patients, card.identifier ?? '') : [card.id]
  const [found, ...others] = patients.filter(({ id }) => id !== undefined && ids.includes(id))
  if (found?.id === undefined || others.length > 0 || comparePersons(card.patient, found).length > 0)
    return []
  return [
    { patient: found.id },
    ...(card.identifier !== undefined && carries(found, card.identifier)
      ? [{ identifier: card.identifier }]
      : []),
    { anybody: true },
  ]
}
