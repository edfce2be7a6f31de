import { execFileSync } from 'node:child_process'
import { at, type JsonObject, objectsIn, textOf } from './json'

/** For tests: what the published profile of coverage-information demands, read from a guide's package. */
export interface ExtensionProfile {
  /** What is wrong with an extension by cardinality, value type and required codes; empty = it conforms. */
  complaints(extension: JsonObject): readonly string[]
}

const fromPackage = (tgz: string, file: string): unknown =>
  JSON.parse(
    execFileSync('tar', ['-xzOf', tgz, `package/${file}.json`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString(),
  )

/** Value sets of the guide that are plain lists; others (filters, whole systems) are not checked. */
function codesOf(tgz: string, url: string): ReadonlySet<string> | undefined {
  const name = /davinci-crd\/ValueSet\/([\w-]+)$/.exec(url)?.[1]
  if (!name) return undefined
  const includes = objectsIn(at(fromPackage(tgz, `ValueSet-${name}`), 'compose', 'include'))
  if (includes.some(({ concept }) => !concept)) return undefined
  return new Set(includes.flatMap(({ concept }) => objectsIn(concept).map(({ code }) => String(code))))
}

/** Reads the profile from a package file (`davinci-crd-….tgz`). */
export function readProfile(tgz: string): ExtensionProfile {
  const elements = new Map(
    objectsIn(
      at(fromPackage(tgz, 'StructureDefinition-ext-coverage-information'), 'snapshot', 'element'),
    ).map((e) => [String(e.id), e]),
  )

  const valueSets = new Map<string, ReadonlySet<string> | undefined>()
  const codesIn = (url: string): ReadonlySet<string> | undefined => {
    if (!valueSets.has(url)) valueSets.set(url, codesOf(tgz, url))
    return valueSets.get(url)
  }

  const check = (path: string, extension: JsonObject): readonly string[] => {
    const slices = [...elements].filter(([id]) => new RegExp(`^${path}\\.extension:[^.:]+$`).test(id))
    const parts = objectsIn(extension.extension)
    const unknown = parts
      .filter(({ url }) => slices.length > 0 && !elements.has(`${path}.extension:${url}`))
      .map(({ url }) => `${path}: ${url} is not known`)
    const counts = slices.flatMap(([id, { min, max }]) => {
      const count = parts.filter(({ url }) => id.endsWith(`:${url}`)).length
      return count < Number(min) || (max !== '*' && count > Number(max))
        ? [`${id}: there ${count} times, not ${min}..${max}`]
        : []
    })
    return [
      ...unknown,
      ...counts,
      ...parts.flatMap((part) => checkPart(`${path}.extension:${part.url}`, part)),
    ]
  }

  const checkPart = (path: string, part: JsonObject): readonly string[] => {
    if (objectsIn(part.extension).length > 0) return check(path, part)
    const [field, value] = Object.entries(part).find(([name]) => name.startsWith('value')) ?? []
    const element = elements.get(`${path}.value[x]`)
    const types = objectsIn(element?.type).map(
      ({ code }) => `value${String(code).charAt(0).toUpperCase()}${String(code).slice(1)}`,
    )
    if (!field || !types.includes(field))
      return [`${path}: ${field ?? 'no value'} instead of ${types.join(' or ')}`]
    const valueSet = textOf(at(element, 'binding', 'valueSet'))?.split('|')[0]
    const codes = field === 'valueCode' && valueSet ? codesIn(valueSet) : undefined
    return codes && !codes.has(String(value)) ? [`${path}: ${String(value)} is not in the value set`] : []
  }

  return { complaints: (extension) => check('Extension', extension) }
}
