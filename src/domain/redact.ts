import { isObject, isResource, type JsonObject, text } from './json'
import {
  coverageElements,
  deviceElements,
  freeText,
  keepsIdentifier,
  namedForThePatient,
  patientElements,
  profiles,
  requiredElements,
} from './redact-elements'

/** What was taken out of one kind of element, e.g. `Patient.name`, and how often. */
export interface Redacted {
  readonly element: string
  readonly count: number
  readonly why: RedactionReason
}

export type RedactionReason =
  | 'identity'
  | 'narrative'
  | 'free-text'
  | 'extension'
  | 'shortened'
  /** Cannot be left out: stands there as "masked". */
  | 'masked'

export interface Redaction<T> {
  readonly value: T
  /** Sorted by element. */
  readonly removed: readonly Redacted[]
}

const dataAbsent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

/** `masked`, where an element has to be there. */
const masked: JsonObject = { extension: [{ url: dataAbsent, valueCode: 'masked' }] }

/**
 * JSON in which the resources are de-identified by CRD 1.1 "PHI and Hook Invocation": Patient and Coverage by their de-identified
 * profiles, no narrative, no text that someone may have typed, no extensions but those of the guide; what that empties goes too,
 * or is masked where it has to be there.
 *
 * Where the guide is silent this is what is done: the ids of resources stay (it says that Patient.id is no PHI here); a
 * RelatedPerson, and a Person, is treated as the Patient; business identifiers go from all but those who give care or pay, and so
 * do serial numbers of devices; names of practitioners, organizations and places stay, since networks are judged by them; units of
 * quantities stay, since a number means nothing without; dates of care stay, since coverage depends on them; a birth date becomes
 * its year at any age; attachments lose their data; a modifier extension stays as masked, since to drop it would turn the meaning.
 */
export function redact<T>(json: T): Redaction<T> {
  const counts = new Map<string, Redacted>()
  const tell = (element: string, why: RedactionReason): void => {
    const key = `${element} ${why}`
    counts.set(key, { element, why, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  // Same shape of JSON: only elements of resources are left out.
  const value = walk(json, { type: '', path: '' }, tell) as T
  const removed = [...counts.values()].sort((a, b) => a.element.localeCompare(b.element))
  return { value, removed }
}

type Tell = (element: string, why: RedactionReason) => void

/** Where in which resource; `type` is empty outside of resources (hook request, Bundle entries). */
interface Place {
  readonly type: string
  readonly path: string
}

function walk(value: unknown, place: Place, tell: Tell): unknown {
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const kept = walk(item, place, tell)
      return isEmptied(item, kept) ? [] : [kept]
    })
    return items
  }
  if (!isObject(value)) return value
  if (isResource(value) && value.resourceType === 'Bundle')
    return elements(value, { type: '', path: '' }, tell)
  if (isResource(value)) return elements(value, { type: value.resourceType, path: value.resourceType }, tell)
  return elements(value, place, tell)
}

function elements(value: JsonObject, place: Place, tell: Tell): JsonObject {
  const kept: Record<string, unknown> = {}
  for (const [name, child] of Object.entries(value)) {
    if (name === '__proto__') continue
    const path = place.path === '' ? name : `${place.path}.${name}`
    if (place.type === '') {
      kept[name] = walk(child, { type: '', path: '' }, tell)
      continue
    }
    const found = element(name, child, { type: place.type, path }, tell)
    if (found !== undefined) kept[name] = found
    else if (requiredElements.has(path) && !(`_${name}` in kept)) {
      tell(path, 'masked')
      if (isObject(child)) kept[name] = masked
      else if (Array.isArray(child)) kept[name] = [masked]
      else kept[`_${name}`] = masked
    }
  }
  const profile = place.path === place.type ? profiles[place.type] : undefined
  // It no longer is what its own profiles promise.
  return profile === undefined ? kept : { ...kept, meta: { profile: [profile] } }
}

/** An element of a resource as it may be sent; undefined: not at all. */
function element(name: string, child: unknown, place: Place, tell: Tell): unknown {
  const drop = (why: RedactionReason): undefined => {
    tell(place.path, why)
    return undefined
  }
  const isTop = place.path === `${place.type}.${name}`
  const person = isPerson(place.type) && isTop
  if (name === 'extension') return extensions(child, place, tell)
  if (name === 'modifierExtension') return modifiers(child, place, tell)
  if (name === 'meta' && isTop) return metaOf(child)
  if (isTop && name === 'text') return drop('narrative')
  if (person && patientElements.removed.has(elementName(name))) return drop('identity')
  if (person && name === 'birthDate') return year(child, place, tell)
  if (place.type === 'Coverage' && isTop && coverageElements.removed.has(name)) return drop('identity')
  if (place.type === 'Coverage' && place.path === 'Coverage.class') return planOnly(child, place, tell)
  if (/\.address$/.test(place.path) && isPerson(place.type)) return addresses(child, place, tell)
  if (name === 'identifier' && !mayKeepIdentifier(place, child)) return drop('identity')
  if (place.type === 'Device' && isTop && deviceElements.has(name)) return drop('identity')
  if (isFreeText(name, child) || namedForThePatient.has(place.path)) return drop('free-text')
  // Extensions of a primitive: only those of the guide, too.
  const kept = walk(child, place, tell)
  return isEmptied(child, kept) ? undefined : kept
}

const isPerson = (type: string): boolean => ['Patient', 'RelatedPerson', 'Person'].includes(type)

/** `deceasedBoolean` and `_birthDate` belong to `deceased` and `birthDate`. */
const elementName = (name: string): string =>
  name.replace(/^_/, '').replace(/^(deceased|multipleBirth)[A-Z].*$/, '$1')

function mayKeepIdentifier(place: Place, child: unknown): boolean {
  if (place.path === `${place.type}.identifier`) return keepsIdentifier.has(place.type)
  // A reference by identifier: `payor` names who pays, all others might name the patient.
  return place.path === 'Coverage.payor.identifier' && isObject(child)
}

const isFreeText = (name: string, child: unknown): boolean =>
  freeText.has(name) &&
  (typeof child === 'string' || name === 'note' || name === 'presentedForm' || name === 'investigation')

const ofTheGuide: ReadonlySet<string> = new Set([
  dataAbsent,
  'http://hl7.org/fhir/StructureDefinition/alternate-reference',
  'http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]',
  'http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content%5Bx%5D',
])
const isOfTheGuide = (url: string | undefined): boolean =>
  url !== undefined &&
  (ofTheGuide.has(url) || url.startsWith('http://hl7.org/fhir/us/davinci-crd/StructureDefinition/'))

function extensions(child: unknown, place: Place, tell: Tell): unknown {
  const all = Array.isArray(child) ? child : []
  const kept = all.filter((each) => {
    const isKept = isOfTheGuide(text(each, 'url')) || isWithinGuide(place.path)
    if (!isKept) tell(place.path, 'extension')
    return isKept
  })
  const walked = walk(kept, place, tell)
  return Array.isArray(walked) && walked.length > 0 ? walked : undefined
}

/** Parts of a complex extension have names, not URLs; their extension was judged already. */
const isWithinGuide = (path: string): boolean => /\.extension\.extension$/.test(path)

function modifiers(child: unknown, place: Place, tell: Tell): unknown {
  const all = (Array.isArray(child) ? child : []).filter(isObject)
  return all.map((each) => {
    tell(place.path, 'masked')
    return { url: each.url, ...masked }
  })
}

/** Of `meta` only what it conforms to and how it is protected. */
function metaOf(child: unknown): unknown {
  if (!isObject(child)) return undefined
  const kept = Object.entries(child).filter(([name]) => name === 'profile' || name === 'security')
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function year(child: unknown, place: Place, tell: Tell): unknown {
  const found = text(child)?.slice(0, 4)
  if (found !== child) tell(place.path, 'shortened')
  return found
}

function planOnly(child: unknown, place: Place, tell: Tell): unknown {
  const all = (Array.isArray(child) ? child : []).filter(isObject)
  const plans = all.filter((each) => JSON.stringify(each.type ?? '').includes('"code":"plan"'))
  for (const _ of all.slice(plans.length)) tell(place.path, 'identity')
  const kept = walk(plans, place, tell)
  return Array.isArray(kept) && kept.length > 0 ? kept : undefined
}

function addresses(child: unknown, place: Place, tell: Tell): unknown {
  const all = (Array.isArray(child) ? child : [child]).filter(isObject)
  const kept = all.flatMap((address) => {
    const parts = Object.entries(address).filter(([name]) => patientElements.address.has(name))
    if (parts.length < Object.keys(address).length) tell(place.path, 'shortened')
    return parts.length === 0 ? [] : [Object.fromEntries(parts)]
  })
  return kept.length === 0 ? undefined : kept
}

/** Whether nothing is left of what was something. */
const isEmptied = (before: unknown, after: unknown): boolean => {
  if (after === undefined || after === null) return true
  if (Array.isArray(after)) return after.length === 0 && Array.isArray(before) && before.length > 0
  return isObject(after) && Object.keys(after).length === 0
}
