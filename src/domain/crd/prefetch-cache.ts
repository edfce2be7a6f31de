import type { FhirJson } from '../json'
import type { EhrPort, SearchParams } from '../ports'
import { fail, ok, type Problem, type Result } from '../result'

/** Everything a search found. */
export interface Found {
  readonly matches: readonly FhirJson[]
  readonly includes: readonly FhirJson[]
}

/** Reads of the chart, each done once: a second asker gets the first one's answer. A failed read is forgotten, so that it can be tried again. */
export interface PrefetchCache {
  /** `undefined`: the server says there is none (404, 410). */
  read(type: string, id: string): Promise<Result<FhirJson | undefined>>
  /** All pages. Fails `malformed` where there are more than `maxPages`, or where part of a page could not be read. */
  search(type: string, params: SearchParams): Promise<Result<Found>>
  /** A resource that is known already is not read again. */
  seed(resource: FhirJson): void
}

/** A search that takes more pages than this is left out and told, rather than sent in part. */
const maxPages = 20

/** A cache over one chart. Make a new one where the chart may have changed. */
export function createPrefetchCache(ehr: EhrPort): PrefetchCache {
  const kept = new Map<string, Promise<Result<unknown>>>()
  const once = <T>(key: string, load: () => Promise<Result<T>>): Promise<Result<T>> => {
    const known = kept.get(key)
    // The key carries the method and all its arguments, so what is kept under it is what that method loads.
    if (known !== undefined) return known as Promise<Result<T>>
    const loading = load().then((result) => {
      if (!result.ok) kept.delete(key)
      return result
    })
    kept.set(key, loading)
    return loading
  }
  const seed = (resource: FhirJson): void => {
    const key = `read ${resource.resourceType}/${resource.id}`
    if (resource.id !== undefined && !kept.has(key)) kept.set(key, Promise.resolve(ok(resource)))
  }
  /** `_id=a,b`: each resource is read once, also where two ask for overlapping ids at the same time. */
  const byIds = async (type: string, ids: readonly string[]): Promise<Result<Found>> => {
    const missing = ids.filter((id) => !kept.has(`read ${type}/${id}`))
    if (missing.length > 0) {
      const batch = searchAll(ehr, type, [['_id', missing.join(',')]])
      for (const id of missing)
        void once(`read ${type}/${id}`, async () => {
          const found = await batch
          return found.ok
            ? ok(found.value.matches.find((each) => each.resourceType === type && each.id === id))
            : found
        })
    }
    const matches: FhirJson[] = []
    for (const read of await Promise.all(
      ids.map((id) => once(`read ${type}/${id}`, () => readOne(ehr, type, id))),
    )) {
      if (!read.ok) return read
      if (read.value !== undefined) matches.push(read.value)
    }
    return ok({ matches, includes: [] })
  }
  return {
    read: (type, id) => once(`read ${type}/${id}`, () => readOne(ehr, type, id)),
    search: (type, params) => {
      const [[name, ids] = [], ...others] = params
      if (name === '_id' && ids !== undefined && others.length === 0)
        return byIds(type, [...new Set(ids.split(',').filter((id) => id !== ''))])
      return once(`search ${type} ${JSON.stringify(params)}`, async () => {
        const found = await searchAll(ehr, type, params)
        // `_elements` and `_summary` bring parts of resources, which must not stand for the whole.
        if (found.ok && !params.some(([each]) => each === '_elements' || each === '_summary'))
          for (const resource of [...found.value.matches, ...found.value.includes]) seed(resource)
        return found
      })
    },
    seed,
  }
}

async function readOne(ehr: EhrPort, type: string, id: string): Promise<Result<FhirJson | undefined>> {
  const read = await ehr.read(type, id)
  if (!read.ok) return isAbsent(read.problem) ? ok(undefined) : read
  if (read.value.resourceType === type && read.value.id === id) return read
  return malformed(ehr, `Expected ${type} with the id that was asked for.`)
}

async function searchAll(ehr: EhrPort, type: string, params: SearchParams): Promise<Result<Found>> {
  const matches: FhirJson[] = []
  const includes: FhirJson[] = []
  const seen = new Set<string>()
  let page = await ehr.search(type, params)
  for (let count = 1; ; count += 1) {
    if (!page.ok) return page
    if (page.value.unreadable > 0) return malformed(ehr, 'Part of the search result could not be read.')
    matches.push(...page.value.matches)
    includes.push(...page.value.includes)
    const next = page.value.next
    if (next === undefined) return ok({ matches, includes })
    if (seen.has(next)) return malformed(ehr, 'The pages of the search result run in a circle.')
    if (count >= maxPages) return malformed(ehr, `The search result has more than ${maxPages} pages.`)
    seen.add(next)
    page = await ehr.next(next)
  }
}

const isAbsent = (problem: Problem): boolean =>
  problem.kind === 'http' && (problem.status === 404 || problem.status === 410)

const malformed = (ehr: EhrPort, message: string): Result<never> =>
  fail({ kind: 'malformed', server: ehr.name, path: '', message })
