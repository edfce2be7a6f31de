import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { type Refusal, refuse } from './refusal'

/** What a query template asks for: one resource by its id, or what a search finds. */
interface Asked {
  readonly type: string
  readonly one: boolean
  /** `_include` brings resources of other types along. */
  readonly includes: boolean
}

function askedBy(template: unknown): Asked | undefined {
  const match = /^([A-Z][A-Za-z]+)([/?])/.exec(textOf(template) ?? '')
  if (!match) return undefined
  const [, type = '', mark] = match
  return { type, one: mark === '/', includes: /[?&]_(rev)?include/.test(String(template)) }
}

/** A payer without the EHR's token reads who pays from the Organization beside the Coverage, so that one is welcome. */
const isWelcome = (key: string, type: unknown): boolean => key === 'coverage' && type === 'Organization'

function checkBundle(key: string, bundle: unknown, { type, includes }: Asked): Refusal | undefined {
  if (at(bundle, 'resourceType') !== 'Bundle' || at(bundle, 'type') !== 'searchset')
    return refuse(400, 'structure', `prefetch.${key} must be a searchset Bundle or null`)
  if (objectsIn(at(bundle, 'link')).some(({ relation }) => relation === 'next'))
    return refuse(400, 'incomplete', `prefetch.${key} is one page of several; send all of them together`)
  for (const entry of objectsIn(at(bundle, 'entry'))) {
    const found = at(entry, 'resource', 'resourceType')
    const mode = at(entry, 'search', 'mode')
    if (found === undefined)
      return refuse(400, 'structure', `prefetch.${key} has an entry without a resource`)
    if (found === type || mode === 'outcome' || isWelcome(key, found)) continue
    if (!includes || mode === 'match')
      return refuse(400, 'value', `prefetch.${key} holds a ${String(found)}; it was asked for ${type}`)
  }
  return undefined
}

/** Checks that each key holds what its query returns: the resource for a read, a whole searchset of that type for a search, or null (CRD facts A4). */
export function checkShapes(service: JsonObject, prefetch: unknown): Refusal | undefined {
  const templates = isObject(service.prefetch) ? service.prefetch : {}
  for (const [key, value] of Object.entries(isObject(prefetch) ? prefetch : {})) {
    const asked = askedBy(templates[key])
    if (value === null || !asked) continue
    if (!asked.one) {
      const wrong = checkBundle(key, value, asked)
      if (wrong) return wrong
    } else if (at(value, 'resourceType') !== asked.type)
      return refuse(400, 'structure', `prefetch.${key} must be a ${asked.type}`)
  }
  return undefined
}
