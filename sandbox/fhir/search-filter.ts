import { dateMatches, parseDateQuery, rangeOfElement } from './date-range'
import { asText, isJson, valuesAt } from './elements'
import { parseReference } from './references'
import { Refusal } from './refusal'
import type { SearchParameter } from './search-parameters'
import { fold, stringMatches } from './string-match'
import { parseToken, tokenMatches, tokenTexts, unescaped } from './token'
import type { Stored } from './types'

/** Whether one resource satisfies one search condition. */
export type Filter = (resource: Stored) => boolean

/** Whether one element satisfies one of the comma-separated values. */
type ElementTest = (element: unknown) => boolean

/** Splits at commas that no backslash escapes. */
export const splitValues = (value: string): readonly string[] =>
  value.split(/(?<!\\),/).filter((part) => part !== '')

/**
 * Makes a filter of `name:modifier=value`. `bases` are the server's own base URLs, under which absolute references may be written.
 * Refuses (400) values that do not fit the parameter's kind and modifiers it does not know, as R4 search demands.
 */
export const filterFor = (
  name: string,
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  bases: readonly string[],
): Filter => {
  const elements = (resource: Stored) => parameter.paths.flatMap((path) => valuesAt(resource, path))
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false')
      throw new Refusal(400, `${name}:missing is true or false, not "${value}"`)
    return (resource) => (elements(resource).length === 0) === (value === 'true')
  }
  const tests = splitValues(value).map((part) => elementTest(name, parameter, modifier, part, bases))
  const some: Filter = (resource) => elements(resource).some((element) => tests.some((test) => test(element)))
  return parameter.kind === 'token' && modifier === 'not' ? (resource) => !some(resource) : some
}

const elementTest = (
  name: string,
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  bases: readonly string[],
): ElementTest => {
  switch (parameter.kind) {
    case 'token':
      return tokenTest(name, modifier, value)
    case 'date':
      if (modifier !== undefined) throw unknownModifier(name, modifier)
      return dateTest(name, value)
    case 'string':
      return stringTest(name, modifier, unescaped(value))
    case 'reference':
      return referenceTest(parameter, name, modifier, value, bases)
    case 'uri':
      if (modifier !== undefined) throw unknownModifier(name, modifier)
      // a canonical may carry a version behind a bar
      return (element) => {
        const url = asText(element)
        return url === unescaped(value) || url?.split('|')[0] === unescaped(value)
      }
  }
}

const unknownModifier = (name: string, modifier: string): Refusal =>
  new Refusal(400, [
    { code: 'not-supported', diagnostics: `Modifier ":${modifier}" is not supported on ${name}` },
  ])

const tokenTest = (name: string, modifier: string | undefined, value: string): ElementTest => {
  if (modifier === 'text') {
    const wanted = fold(unescaped(value))
    return (element) => tokenTexts(element).some((text) => fold(text).startsWith(wanted))
  }
  if (modifier !== undefined && modifier !== 'not') throw unknownModifier(name, modifier)
  const query = parseToken(value)
  return (element) => tokenMatches(element, query)
}

const dateTest = (name: string, value: string): ElementTest => {
  const query = parseDateQuery(value)
  if (!query) throw new Refusal(400, [{ code: 'value', diagnostics: `"${value}" is no date for ${name}` }])
  return (element) => {
    const range = rangeOfElement(element)
    return range !== undefined && dateMatches(range, query.prefix, query.range)
  }
}

const stringTest = (name: string, modifier: string | undefined, value: string): ElementTest => {
  switch (modifier) {
    case undefined:
      return (element) => stringMatches(element, value)
    case 'exact':
    case 'contains':
      return (element) => stringMatches(element, value, modifier)
    default:
      throw unknownModifier(name, modifier)
  }
}

const referenceTest = (
  parameter: SearchParameter,
  name: string,
  modifier: string | undefined,
  value: string,
  bases: readonly string[],
): ElementTest => {
  if (modifier === 'identifier') {
    const query = parseToken(value)
    return (element) =>
      isJson(element) && isJson(element.identifier) && tokenMatches(element.identifier, query)
  }
  if (modifier !== undefined && !/^[A-Z][A-Za-z]+$/.test(modifier)) throw unknownModifier(name, modifier)
  const types = modifier === undefined ? parameter.targets : [modifier]
  const wanted = parseReference(value, bases)
  const isId = !wanted && !value.includes('/') && !value.includes(':')
  return (element) => {
    const text = isJson(element) ? asText(element.reference) : undefined
    if (text === undefined) return false
    const target = parseReference(text)
    if (!target) return text === value && !isId
    if (types && !types.includes(target.type)) return false
    return isId
      ? target.id === value
      : wanted !== undefined && wanted.type === target.type && wanted.id === target.id
  }
}
