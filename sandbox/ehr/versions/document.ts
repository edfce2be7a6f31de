import { Refusal } from '../../fhir'
import { isJson, type Json } from '../../fhir/elements'
import { codeOf, listOf } from './mapping'

type Version = 'DSTU2' | 'STU3'

/** What an element is in JSON; `!` = it has to be there. */
type Kind = 'text' | 'text!' | 'one' | 'one!' | 'many' | 'many!'

type Shape = Readonly<Record<string, Kind>>

/** DocumentReference before R4 (PDex facts 6.2): `indexed` and `type` demanded, one encounter, no category. */
const documentShape = (version: Version): Shape => ({
  resourceType: 'text!',
  id: 'text',
  meta: 'one',
  implicitRules: 'text',
  language: 'text',
  text: 'one',
  contained: 'many',
  extension: 'many',
  modifierExtension: 'many',
  masterIdentifier: 'one',
  identifier: 'many',
  subject: 'one',
  type: 'one!',
  class: 'one',
  author: 'many',
  custodian: 'one',
  authenticator: 'one',
  created: 'text',
  indexed: 'text!',
  status: 'text!',
  docStatus: version === 'DSTU2' ? 'one' : 'text',
  relatesTo: 'many',
  description: 'text',
  securityLabel: 'many',
  content: 'many!',
  context: 'one',
})

const contentShape = (version: Version): Shape => ({
  attachment: 'one!',
  format: version === 'DSTU2' ? 'many' : 'one',
})

const CONTEXT: Shape = {
  encounter: 'one',
  event: 'many',
  period: 'one',
  facilityType: 'one',
  practiceSetting: 'one',
  sourcePatientInfo: 'one',
  related: 'many',
}

const is = (kind: string, value: unknown): boolean =>
  kind === 'text' ? typeof value === 'string' : kind === 'many' ? Array.isArray(value) : isJson(value)

function complaints(value: Json, shape: Shape, path: string): readonly string[] {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(shape, name.replace(/^_/, '')))
  const wrong = Object.entries(shape).flatMap(([name, kind]) => {
    const element = value[name]
    if (element === undefined) return kind.endsWith('!') ? [`${path}.${name} is required`] : []
    return is(kind.replace('!', ''), element) ? [] : [`${path}.${name} has the wrong cardinality or type`]
  })
  return [...unknown.map((name) => `${path}.${name} is unknown`), ...wrong]
}

/** Refuses (422) a DocumentReference that has another version's elements, or not all that this one demands. */
function requireShape(document: Json, version: Version): void {
  const found = [
    ...complaints(document, documentShape(version), 'DocumentReference'),
    ...listOf(document.content).flatMap((item) =>
      complaints(item, contentShape(version), 'DocumentReference.content'),
    ),
    ...(isJson(document.context) ? complaints(document.context, CONTEXT, 'DocumentReference.context') : []),
  ]
  if (found.length > 0)
    throw new Refusal(
      422,
      found.map((diagnostics) => ({ code: 'structure', diagnostics: `${diagnostics} (${version})` })),
    )
}

const SYSTEM = 'http://hl7.org/fhir/composition-status'

/** A DocumentReference of an older version as R4, for the store. Refuses (422) another shape than that version's. */
export function documentFrom(version: Version, document: Json): Json {
  requireShape(document, version)
  const { indexed, class: category, docStatus, content, context, created: _, ...rest } = document
  const { encounter, related, ...other } = isJson(context) ? context : {}
  // R4 has the identifier inside of the reference.
  const relatedTo = listOf(related).flatMap(({ ref, identifier }) => {
    const to = { ...(isJson(ref) && ref), ...(isJson(identifier) && { identifier }) }
    return Object.keys(to).length === 0 ? [] : [to]
  })
  const newContext = {
    ...other,
    ...(encounter === undefined ? {} : { encounter: [encounter] }),
    ...(relatedTo.length === 0 ? {} : { related: relatedTo }),
  }
  const status = version === 'DSTU2' ? codeOf(docStatus) : docStatus
  return {
    ...rest,
    date: indexed,
    ...(category === undefined ? {} : { category: [category] }),
    ...(status === undefined ? {} : { docStatus: status }),
    content: listOf(content).map(({ format, ...item }) => {
      const one: unknown = Array.isArray(format) ? format[0] : format
      return { ...item, ...(one === undefined ? {} : { format: one }) }
    }),
    ...(Object.keys(newContext).length === 0 ? {} : { context: newContext }),
  }
}

/** What a document is about, as older versions have it: the identifier beside the reference. */
const relatedAs = ({ identifier, ...ref }: Json): Json => ({
  ...(identifier !== undefined && { identifier }),
  ...(Object.keys(ref).length > 0 && { ref }),
})

/** The elements of an R4 DocumentReference as an older version has them. */
function documentAs(version: Version, document: Json): Json {
  const { date, category, docStatus, content, context, meta: _, ...rest } = document
  const first = listOf(category)[0]
  const { encounter, related, ...other } = isJson(context) ? context : {}
  const visit = listOf(encounter)[0]
  const newContext = {
    ...other,
    ...(visit === undefined ? {} : { encounter: visit }),
    ...(related === undefined ? {} : { related: listOf(related).map(relatedAs) }),
  }
  return {
    ...rest,
    indexed: date ?? '1970-01-01T00:00:00Z',
    ...(first === undefined ? {} : { class: first }),
    ...(docStatus === undefined
      ? {}
      : { docStatus: version === 'DSTU2' ? { coding: [{ system: SYSTEM, code: docStatus }] } : docStatus }),
    content: listOf(content).map(({ format, ...item }) => ({
      ...item,
      ...(format === undefined ? {} : { format: version === 'DSTU2' ? [format] : format }),
    })),
    ...(Object.keys(newContext).length === 0 ? {} : { context: newContext }),
  }
}

export const documentAsDSTU2 = (document: Json): Json => documentAs('DSTU2', document)

export const documentAsSTU3 = (document: Json): Json => documentAs('STU3', document)
