import { asText, isJson } from './elements'

/** A searched token: `code` (any system), `system|code`, `|code` (no system), `system|` (any code). */
interface TokenQuery {
  /** undefined = any system; '' = explicitly none. */
  readonly system: string | undefined
  /** undefined = any code. */
  readonly code: string | undefined
}

/** Reads one value of a token parameter, already split at unescaped commas. */
export const parseToken = (value: string): TokenQuery => {
  const bar = value.search(/(?<!\\)\|/)
  if (bar < 0) return { system: undefined, code: unescaped(value) }
  const code = unescaped(value.slice(bar + 1))
  return { system: unescaped(value.slice(0, bar)), code: code === '' ? undefined : code }
}

/** Takes the backslashes off `\,`, `\|`, `\$` and `\\`. */
export const unescaped = (value: string): string => value.replace(/\\([,|$\\])/g, '$1')

/** Whether an element (Coding, CodeableConcept, Identifier, ContactPoint, code, boolean) carries the token. */
export const tokenMatches = (element: unknown, query: TokenQuery): boolean => {
  if (typeof element === 'string' || typeof element === 'boolean') {
    // A bare code has its system implied by the element, so a system in the query cannot be held against it.
    return query.code === undefined || query.code === String(element)
  }
  if (!isJson(element)) return false
  if (Array.isArray(element.coding)) return element.coding.some((coding) => tokenMatches(coding, query))
  const code = asText(element.code) ?? asText(element.value)
  // ContactPoint.system is a kind ('phone'), not a code system
  const isContact = element.code === undefined && !asText(element.system)?.includes(':')
  const system = isContact ? undefined : asText(element.system)
  if (query.system !== undefined && query.system !== (system ?? '')) return false
  if (query.code === undefined) return code !== undefined
  return code === query.code
}

/** Whether an element's texts (display, text) start with the words: the `:text` modifier. */
export const tokenTexts = (element: unknown): readonly string[] => {
  if (!isJson(element)) return []
  const codings = Array.isArray(element.coding) ? element.coding : []
  return [element.text, element.display, ...codings.map((c) => (isJson(c) ? c.display : undefined))].flatMap(
    (text) => (typeof text === 'string' ? [text] : []),
  )
}
