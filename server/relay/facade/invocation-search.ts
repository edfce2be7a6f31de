import { literal } from '../../../src/domain/fhir/references'
import { type FhirJson, isObject, type JsonObject, list, objects, text } from '../../../src/domain/json'

/** The set that is searched. */
export interface Held {
  readonly resources: readonly FhirJson[]
  /** FHIR base of the EHR that the resources came from: an absolute reference to it stays within the set. */
  readonly ehr: string
}

type Match = (resource: FhirJson, value: string, held: Held) => boolean

const SUBJECTS = ['patient', 'subject', 'beneficiary', 'for']

/** Parameters that a search can have. Any other is refused: to leave one out would give more than was asked for. */
const PARAMETERS: Readonly<Record<string, Match>> = {
  _id: (resource, value) => resource.id === value,
  identifier: (resource, value) => tokens(objects(resource, 'identifier'), 'value', value),
  status: (resource, value) => text(resource, 'status') === value,
  intent: (resource, value) => text(resource, 'intent') === value,
  code: (resource, value) =>
    ['code', 'codeCodeableConcept', 'medicationCodeableConcept'].some((name) =>
      tokens(objects(resource, name, 'coding'), 'code', value),
    ),
  patient: (resource, value, held) => refersTo(resource, SUBJECTS, `Patient/${idOf(value)}`, held),
  subject: (resource, value, held) =>
    refersTo(resource, SUBJECTS, value.includes('/') ? value : `Patient/${value}`, held),
  beneficiary: (resource, value, held) => refersTo(resource, ['beneficiary'], `Patient/${idOf(value)}`, held),
}

export const SEARCH_PARAMETERS: readonly string[] = Object.keys(PARAMETERS)

const INCLUDES = new Set(['_include', '_include:iterate', '_include:recurse'])
const IGNORED: Readonly<Record<string, RegExp>> = {
  _count: /^\d+$/,
  _format: /json/,
  _total: /^(none|estimate|accurate)$/,
}

type Found = { readonly bundle: JsonObject } | { readonly unsupported: string }

/** A searchset of these resources, all on one page. `base`: where they are read. */
export function searchInvocation(held: Held, type: string, query: URLSearchParams, base: string): Found {
  const conditions: ((resource: FhirJson) => boolean)[] = []
  const includes: { readonly value: string; readonly iterates: boolean }[] = []
  for (const [name, value] of query) {
    const match = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
    if (match) {
      const values = value.split(',')
      conditions.push((resource) => values.some((each) => match(resource, each, held)))
    } else if (INCLUDES.has(name)) includes.push({ value, iterates: name !== '_include' })
    else if (!IGNORED[name]?.test(value)) return { unsupported: name }
  }
  const matches = held.resources.filter(
    (resource) => resource.resourceType === type && conditions.every((keeps) => keeps(resource)),
  )
  const included = includesOf(held, matches, includes)
  const entry = (mode: string) => (resource: FhirJson) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  })
  const asked = query.toString()
  return {
    bundle: {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matches.length,
      link: [{ relation: 'self', url: `${base}/${type}${asked === '' ? '' : `?${asked}`}` }],
      entry: [...matches.map(entry('match')), ...included.map(entry('include'))],
    },
  }
}

function includesOf(
  held: Held,
  matches: readonly FhirJson[],
  includes: readonly { readonly value: string; readonly iterates: boolean }[],
): readonly FhirJson[] {
  const found = new Set<FhirJson>(matches)
  let last = matches
  for (let round = 0; last.length > 0; round += 1) {
    const next = includes
      .filter(({ iterates }) => iterates || round === 0)
      .flatMap(({ value }) => last.flatMap((resource) => targets(held, resource, value)))
      .filter((resource) => !found.has(resource))
    for (const resource of next) found.add(resource)
    last = [...new Set(next)]
  }
  return [...found].slice(matches.length)
}

/** `Type:parameter` or `Type:parameter:Target`, or `*` for all that is referred to. */
function targets(held: Held, resource: FhirJson, include: string): readonly FhirJson[] {
  const [type, parameter = '*', target] = include.split(':')
  if (type !== '*' && type !== resource.resourceType) return []
  const names = new Set(
    references(resource, parameter === '*' ? undefined : parameter.replaceAll('-', '').toLowerCase()),
  )
  return held.resources.filter(
    (each) =>
      (target === undefined || each.resourceType === target) &&
      [...names].some((name) => isNamed(name, each, held)),
  )
}

/** Search parameters whose element has another name. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  patient: SUBJECTS,
  device: ['codereference', 'device'],
  organization: ['organization', 'managingorganization'],
}

/** References in the elements that a search parameter stands for, or all. */
function references(value: unknown, parameter?: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => references(each, parameter))
  if (!isObject(value)) return []
  const elements =
    parameter === undefined ? [] : (ELEMENTS[parameter] ?? [parameter, `${parameter}reference`])
  const own = parameter === undefined ? text(value, 'reference') : undefined
  return [
    ...(own === undefined ? [] : [own]),
    ...Object.entries(value).flatMap(([name, inner]) =>
      references(inner, elements.includes(name.toLowerCase()) ? undefined : parameter),
    ),
  ]
}

function isNamed(reference: string, { resourceType, id }: FhirJson, { ehr }: Held): boolean {
  const named = literal(reference)
  return named?.type === resourceType && named.id === id && (named.base === undefined || named.base === ehr)
}

function refersTo(resource: FhirJson, elements: readonly string[], wanted: string, { ehr }: Held): boolean {
  return elements.some((name) => {
    const named = literal(text(resource, name, 'reference'))
    return `${named?.type}/${named?.id}` === wanted && (named?.base === undefined || named.base === ehr)
  })
}

const idOf = (value: string): string => value.split('/').at(-1) ?? value

/** `value`, `system|value`, `|value` or `system|`. */
function tokens(values: readonly JsonObject[], name: string, wanted: string): boolean {
  const [system, value] = wanted.includes('|') ? wanted.split('|') : [undefined, wanted]
  return list(values).some(
    (each) =>
      (value === '' || text(each, name) === value) &&
      (system === undefined || (text(each, 'system') ?? '') === system),
  )
}
