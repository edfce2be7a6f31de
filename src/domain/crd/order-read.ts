import { objects, text } from '../json'
import type { CodeChoice } from '../ports'
import type { Party } from './scenario'

/** The codings of a CodeableConcept that have a system and a code. */
export const codings = (concept: unknown): readonly CodeChoice[] =>
  objects(concept, 'coding').flatMap((each) => {
    const system = text(each, 'system')
    const code = text(each, 'code')
    return system === undefined || code === undefined
      ? []
      : [{ system, code, display: text(each, 'display') ?? '' }]
  })

/** Who or where, of a Reference; undefined where it names nobody. */
export function party(given: unknown): Party | undefined {
  const reference = text(given, 'reference')
  const display = text(given, 'display')
  if (reference === undefined && display === undefined) return undefined
  return { ...(reference !== undefined && { reference }), display: display ?? '' }
}
