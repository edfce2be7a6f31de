import type { FhirJson } from '../json'
import type { PayerIdentifier } from '../payer-directory'
import type { FhirPathPort, SearchParams } from '../ports'
import { never, ok, type Problem, type Result } from '../result'
import type { HookContext } from './hook-context'
import { ordersOf } from './hook-request'
import { withHypotheticals } from './hypothetical-search'
import { withAddress } from './location-address'
import type { Found, PrefetchCache } from './prefetch-cache'
import { fillTemplate } from './prefetch-query'
import { countTypes, coverageOnly, isPlainCoverageSearch, searchset } from './prefetch-result'
import { dependenciesOf, parseTemplate, type Template } from './prefetch-template'
import { type TokenWorld, userTokens } from './prefetch-token'

/** How a key that the payer asked for came out. */
export interface PrefetchProvenance {
  readonly key: string
  /** `none`: asked, and the chart has nothing (sent as null). `left-out`: could not be asked; the key is not sent. */
  readonly outcome: 'sent' | 'none' | 'left-out'
  /** Resource types with how many of each are sent from the chart; what exists nowhere is not counted. */
  readonly counts: Readonly<Record<string, number>>
  /** Why nothing is there, in words. */
  readonly why?: string
}

export interface Prefetched {
  readonly prefetch: Readonly<Record<string, FhirJson | null>>
  /** One for each key, in the payer's order. */
  readonly provenance: readonly PrefetchProvenance[]
}

export interface PrefetchInput {
  /** Templates by key, as discovery gives them (CRD found-31). */
  readonly templates: Readonly<Record<string, string>>
  readonly context: HookContext
  /** The one coverage that may be sent (CRD dev-29). */
  readonly coverage: FhirJson
  readonly fhirBase: string
  /** The user's local date, YYYY-MM-DD. */
  readonly today: string
  readonly cache: PrefetchCache
  readonly fhirPath: FhirPathPort
  /** All that exists nowhere; absent: what the context holds. Reads and searches find these beside the chart's. */
  readonly hypotheticals?: readonly FhirJson[]
  /** How the payer is known: a search for its own coverages is answered with the one that is asked about. */
  readonly payerIdentifiers?: readonly PayerIdentifier[]
}

type Resolving = PrefetchInput & { readonly hypotheticals: readonly FhirJson[] }

/** What became of a key. `isUnknown`: the chart may have something, but it could not be had. */
type Outcome =
  | { readonly kind: 'sent'; readonly resource: FhirJson }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'left-out'; readonly why: string; readonly isUnknown: boolean }

/**
 * Answers a service's prefetch templates from the chart (CRD found-24, found-25): keys that need others (`%key`) after them, all
 * else at the same time. Never fails as a whole: each key tells how it came out.
 */
export async function resolvePrefetch(given: PrefetchInput): Promise<Prefetched> {
  const hypotheticals = given.hypotheticals ?? ordersOf(given.context)
  const cache = withHypotheticals(given.cache, hypotheticals, given.fhirBase)
  const input: Resolving = { ...given, cache, hypotheticals }
  const templates = new Map(
    Object.entries(input.templates).map(([key, template]) => [key, parseTemplate(template)] as const),
  )
  const needs = (key: string): readonly string[] => {
    const template = templates.get(key)
    return template === undefined ? [] : dependenciesOf(template).filter((name) => templates.has(name))
  }
  const started = new Map<string, Promise<Outcome>>()
  const outcomeOf = (key: string): Promise<Outcome> => {
    const known = started.get(key)
    if (known !== undefined) return known
    const template = templates.get(key)
    const running =
      template === undefined
        ? leftOut('What the payer asks for could not be read.')
        : isCircular(key, needs)
          ? leftOut('What the payer asks for depends on itself.')
          : resolveKey(template, needs(key), outcomeOf, input)
    started.set(key, running)
    return running
  }
  const pairs = await Promise.all(
    [...templates.keys()].map(async (key) => [key, await outcomeOf(key)] as const),
  )
  return {
    prefetch: Object.fromEntries(
      pairs.flatMap(([key, outcome]): readonly (readonly [string, FhirJson | null])[] => {
        if (outcome.kind === 'sent') return [[key, outcome.resource]]
        return outcome.kind === 'none' ? [[key, null]] : []
      }),
    ),
    provenance: pairs.map(([key, outcome]) => provenance(key, outcome, hypotheticals)),
  }
}

const leftOut = async (why: string): Promise<Outcome> => ({ kind: 'left-out', why, isUnknown: true })

/** Whether a key leads back to itself, or to keys that run in a circle. */
function isCircular(
  key: string,
  needs: (key: string) => readonly string[],
  above: readonly string[] = [],
): boolean {
  return above.includes(key) || needs(key).some((name) => isCircular(name, needs, [...above, key]))
}

async function resolveKey(
  template: Template,
  needed: readonly string[],
  outcomeOf: (key: string) => Promise<Outcome>,
  input: Resolving,
): Promise<Outcome> {
  const others = await Promise.all(needed.map(async (key) => [key, await outcomeOf(key)] as const))
  const isUnknown = others.some(([, outcome]) => outcome.kind === 'left-out' && outcome.isUnknown)
  const roots = Object.fromEntries(
    others.flatMap(([key, outcome]) => (outcome.kind === 'sent' ? [[key, outcome.resource] as const] : [])),
  )
  const world: TokenWorld = {
    roots: { ...roots, ...userTokens(input.context.userId ?? ''), context: input.context },
    fhirBase: input.fhirBase,
    drafts: input.hypotheticals,
    read: input.cache.read,
    today: input.today,
    fhirPath: input.fhirPath,
  }
  const filled = await fillTemplate(template, world)
  if (!filled.ok) return leftOut(sentence(filled.problem))
  switch (filled.value.kind) {
    case 'absent':
      return { kind: 'left-out', why: 'The question has nothing to look this up with.', isUnknown: false }
    case 'empty':
      return isUnknown
        ? leftOut('What it depends on could not be read.')
        : { kind: 'none', why: 'The question refers to nothing of this kind.' }
    case 'read':
      return readKey(filled.value.type, filled.value.id, input)
    case 'search':
      return searchKey(filled.value.type, filled.value.params, input)
  }
}

async function readKey(type: string, id: string, input: PrefetchInput): Promise<Outcome> {
  if (type === 'Coverage' && id !== input.coverage.id)
    return leftOut('Only the coverage asked about is sent.')
  const read = await input.cache.read(type, id)
  if (!read.ok) return leftOut(sentence(read.problem))
  if (read.value === undefined) return { kind: 'none', why: 'The chart does not have it.' }
  return { kind: 'sent', resource: await withAddress(read.value, input.cache.read, input.fhirBase) }
}

async function searchKey(type: string, params: SearchParams, input: PrefetchInput): Promise<Outcome> {
  const search: Result<Found> = isPlainCoverageSearch(
    type,
    params,
    input.context.patientId,
    input.payerIdentifiers ?? [],
  )
    ? ok({ matches: [input.coverage], includes: [] })
    : await input.cache.search(type, params)
  if (!search.ok) return leftOut(sentence(search.problem))
  const found = await placed(coverageOnly(search.value, input.coverage), input)
  if (found.matches.length === 0) return { kind: 'none', why: 'The chart has none.' }
  return { kind: 'sent', resource: searchset(found, input.fhirBase) }
}

/** Every Location with an address (CRD prof-13). */
async function placed({ matches, includes }: Found, { cache, fhirBase }: PrefetchInput): Promise<Found> {
  const all = (resources: readonly FhirJson[]) =>
    Promise.all(resources.map((each) => withAddress(each, cache.read, fhirBase)))
  return { matches: await all(matches), includes: await all(includes) }
}

function provenance(key: string, outcome: Outcome, hypotheticals: readonly FhirJson[]): PrefetchProvenance {
  if (outcome.kind === 'sent')
    return { key, outcome: 'sent', counts: countTypes(outcome.resource, hypotheticals) }
  return { key, outcome: outcome.kind, counts: {}, why: outcome.why }
}

/** Why the chart gave nothing, in words and without its content. */
function sentence(problem: Problem): string {
  switch (problem.kind) {
    case 'http':
      return problem.status === 403 || problem.status === 401
        ? 'The chart does not let this app read it.'
        : 'The chart answered with an error.'
    case 'timeout':
    case 'network':
      return 'The chart did not answer.'
    case 'malformed':
      return problem.message
    case 'refused':
      return problem.message
    case 'expired':
      return 'The session with the chart has ended.'
    case 'cancelled':
      return 'It was stopped.'
    default:
      return never(problem)
  }
}
