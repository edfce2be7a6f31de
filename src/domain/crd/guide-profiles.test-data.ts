/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { at, type FhirJson, isObject, isResource, type JsonObject, list, objects, text } from '../json'

/** The published guides beside this project: their profiles judge what is composed. */
export const guides = ['davinci-crd-2.0.1', 'davinci-crd-2.2.0-preview'].map(
  (name) => `../shared/ig/${name}.tgz`,
)

export const isThere = (guide: string): boolean => existsSync(guide)

/** The files of a package whose names match, one by one; what is no JSON is left out. */
export function* filesOf(file: string, name: RegExp): Generator<unknown> {
  const tar = gunzipSync(readFileSync(file))
  for (let offset = 0; offset + 512 <= tar.length; ) {
    const entry = tar.toString('utf8', offset, offset + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(tar.toString('utf8', offset + 124, offset + 136), 8) || 0
    if (name.test(entry)) {
      try {
        yield JSON.parse(tar.toString('utf8', offset + 512, offset + 512 + size)) as unknown
      } catch {
        // Leftovers of the system that packed it.
      }
    }
    offset += 512 + Math.ceil(size / 512) * 512
  }
}

/** The JSON file of a name in a package. */
export function fromPackage(file: string, name: string): unknown {
  const exact = new RegExp(`^package/${name.replaceAll('.', '\\.')}$`)
  for (const found of filesOf(file, exact)) return found
  throw new Error(`${name} is not in ${file}`)
}

/** The guide's own examples, without Bundles. */
export const examples = (file: string): readonly FhirJson[] =>
  [...filesOf(file, /^package\/example\/[^.].*\.json$/)]
    .filter(isResource)
    .filter((each) => each.resourceType !== 'Bundle')

/**
 * What of a profile's own constraints a resource breaks: least and greatest numbers, fixed and pattern values, what references lead
 * to, at any depth, slices by their `type` pattern. In words, empty where it keeps them all.
 */
export function broken(profile: unknown, resource: FhirJson): readonly string[] {
  return objects(profile, 'differential', 'element').flatMap((element) => {
    const id = text(element, 'id') ?? ''
    const path = id.split('.').slice(1)
    const own = path.at(-1)
    if (own === undefined || path.some((step) => /^extension:/.test(step))) return []
    return holders(resource, path.slice(0, -1)).flatMap((holder) => judge(id, own, element, holder))
  })
}

function judge(id: string, step: string, element: JsonObject, holder: JsonObject): readonly string[] {
  const found = valuesOf(holder, step)
  const [, slice] = step.split(':')
  const told: string[] = []
  // A slice is told from the others by its pattern, which only this test's one slice (PrimaryPerformer) has.
  const counted = slice === undefined ? found : found.filter((each) => isOfSlice(each, slice))
  if (isKnownSlice(slice)) {
    const min = Number(element.min ?? 0)
    if (counted.length < min) told.push(`${id} is there ${counted.length} times, not ${min}`)
    if (element.max !== undefined && element.max !== '*' && counted.length > Number(element.max))
      told.push(`${id} is there ${counted.length} times, more than ${text(element, 'max')}`)
  }
  for (const [name, wanted] of Object.entries(element))
    if (/^(fixed|pattern)/.test(name) && slice === undefined)
      for (const each of found)
        if (!contains(each, wanted)) told.push(`${id} is not ${JSON.stringify(wanted)}`)
  const targets = targetsOf(element)
  for (const each of found) {
    const type = text(each, 'reference')?.split('/')[0]
    if (type !== undefined && targets !== undefined && slice === undefined && !targets.includes(type))
      told.push(`${id} refers to a ${type}, not to ${targets.join(' or ')}`)
  }
  return told
}

const TARGETS = [
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Coverage',
] as const

/** The types that a reference may lead to, by the names of their profiles; undefined where one of them says nothing. */
function targetsOf(element: JsonObject): readonly string[] | undefined {
  const profiles = objects(element, 'type').flatMap((type) => list(type, 'targetProfile'))
  const types = profiles.map((profile) => {
    const name = String(profile).replace(/^.*\/(?:profile-|us-core-|hrex-)?/, '')
    return TARGETS.find((each) => each.toLowerCase() === name.toLowerCase())
  })
  return types.length === 0 || types.includes(undefined) ? undefined : types.flatMap((type) => type ?? [])
}

const isKnownSlice = (slice: string | undefined): boolean =>
  slice === undefined || slice === 'Patient' || slice === 'PrimaryPerformer'

const isOfSlice = (value: unknown, slice: string): boolean =>
  slice === 'PrimaryPerformer'
    ? objects(value, 'type').some((type) => at(type, 'coding', 0, 'code') === 'PPRF')
    : slice === 'Patient'
      ? (text(value, 'actor', 'reference') ?? '').startsWith('Patient/')
      : false

/** The objects that an element lies in. */
function holders(value: unknown, path: readonly string[]): readonly JsonObject[] {
  const [step, ...rest] = path
  if (step === undefined) return objects(value)
  const [, slice] = step.split(':')
  const found = objects(value).flatMap((each) => valuesOf(each, step))
  return found
    .filter((each) => slice === undefined || isOfSlice(each, slice))
    .flatMap((each) => holders(each, rest))
}

function valuesOf(holder: JsonObject, step: string): readonly unknown[] {
  const name = (step.split(':')[0] ?? '').replace('[x]', '')
  const keys = Object.keys(holder).filter(
    (key) => key === name || (step.includes('[x]') && key.startsWith(name)),
  )
  return keys.flatMap((key) => (Array.isArray(holder[key]) ? list(holder, key) : [holder[key]]))
}

/** FHIR `pattern[x]`: what is given has at least what is wanted. */
function contains(given: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.every((each) => list(given).some((own) => contains(own, each)))
  if (isObject(wanted))
    return isObject(given) && Object.entries(wanted).every(([key, value]) => contains(given[key], value))
  return given === wanted
}
