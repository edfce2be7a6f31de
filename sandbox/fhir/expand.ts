import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ValueSet } from 'fhir/r4'
import { asText, isJson, valuesAt } from './elements'
import { Refusal } from './refusal'
import type { FhirRequest, FhirResponse, Session, ShippedValueSet } from './session'
import { fold } from './string-match'

/** Reads the ValueSets (`compose.include[].concept[]`) of a folder; files that are none are an error at start, not later. */
export const loadValueSets = (directory: string): readonly ShippedValueSet[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readValueSet(JSON.parse(readFileSync(join(directory, name), 'utf8')), name))

const readValueSet = (raw: unknown, file: string): ShippedValueSet => {
  if (!isJson(raw) || typeof raw.url !== 'string') throw new Error(`${file} is no ValueSet`)
  const concepts = valuesAt(raw, 'compose.include').flatMap((include) =>
    valuesAt(include, 'concept').flatMap((concept) => {
      const system = isJson(include) ? asText(include.system) : undefined
      const code = isJson(concept) ? asText(concept.code) : undefined
      const display = isJson(concept) ? asText(concept.display) : undefined
      return system && code && display ? [{ system, code, display }] : []
    }),
  )
  return { url: raw.url, name: asText(raw.title) ?? file, concepts }
}

/** `ValueSet/$expand` at an endpoint that ships value sets. */
export const expandValueSet = (session: Session, request: FhirRequest): FhirResponse => ({
  status: 200,
  resource: expansionOf(session.valueSets, parametersIn(request), session.store.now()),
  headers: {},
})

/** `url`, `filter`, `count`, `offset`: every word of the filter must begin a word of the display or the code. Refuses (400, 404) what it cannot do. */
export const expansionOf = (
  valueSets: readonly ShippedValueSet[],
  query: URLSearchParams,
  now: Date,
): ValueSet => {
  const url = query.get('url')
  if (!url) throw new Refusal(400, [{ code: 'required', diagnostics: '$expand needs the parameter url' }])
  const valueSet = valueSets.find((v) => v.url === url.split('|')[0])
  if (!valueSet) throw new Refusal(404, `There is no ValueSet ${url} here`)
  const found = valueSet.concepts.filter(filterTest(query.get('filter') ?? ''))
  const offset = wholeNumber(query, 'offset') ?? 0
  const count = wholeNumber(query, 'count')
  const contains = found.slice(offset, count === undefined ? undefined : offset + count)
  return {
    resourceType: 'ValueSet',
    url: valueSet.url,
    title: valueSet.name,
    status: 'active',
    expansion: {
      timestamp: now.toISOString(),
      total: found.length,
      offset,
      ...(contains.length > 0 ? { contains: [...contains] } : {}),
    },
  }
}

/** From the query, or from the Parameters resource of a POST. */
const parametersIn = ({ query, body }: FhirRequest): URLSearchParams => {
  const all = new URLSearchParams(query)
  for (const parameter of valuesAt(body, 'parameter')) {
    if (!isJson(parameter) || typeof parameter.name !== 'string') continue
    const value = Object.entries(parameter).find(([name]) => name.startsWith('value'))?.[1]
    if (value !== undefined) all.append(parameter.name, String(value))
  }
  return all
}

const wholeNumber = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name)
  if (text === null) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  throw new Refusal(400, [{ code: 'value', diagnostics: `${name}=${text} is no whole number` }])
}

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(Boolean)

const filterTest = (filter: string): ((concept: { code: string; display: string }) => boolean) => {
  const wanted = wordsOf(filter)
  return ({ code, display }) => {
    const words = [fold(code), fold(code).replace('.', ''), ...wordsOf(display)]
    return wanted.every((start) => words.some((word) => word.startsWith(start)))
  }
}
