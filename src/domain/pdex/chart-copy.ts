import type { FhirJson } from '../json'
import type { FhirReader, SearchParams } from '../ports'
import { fail, ok, type Result } from '../result'

/** Whether a resource that a search brought is the one looked for. */
export type IsOurs = (resource: FhirJson) => boolean

/** `reference`: `Type/id`. */
export interface Found {
  readonly reference: string
}

const PAGES_AT_MOST = 50

/** What we wrote, found again in the chart; undefined where there is none. */
export async function findCopy(
  chart: FhirReader,
  type: string,
  search: SearchParams,
  isOurs: IsOurs,
): Promise<Result<Found | undefined>> {
  const found = await lookThrough(chart, type, search, isOurs)
  return found.ok ? ok(found.value && { reference: `${type}/${found.value.id}` }) : found
}

/**
 * The first resource that `isWanted`; undefined where none is. Every match is checked itself: a server may leave out a search
 * parameter that it does not know (R4 search §errors), and then brings everything of this type. Fails `malformed` where that is too
 * much to look through, or partly unreadable.
 */
export async function lookThrough(
  chart: FhirReader,
  type: string,
  search: SearchParams,
  isWanted: IsOurs,
): Promise<Result<FhirJson | undefined>> {
  let page = await chart.search(type, search)
  let unreadable = 0
  for (let pages = 1; page.ok; pages += 1) {
    const { matches, next } = page.value
    const match = matches.find((r) => r.resourceType === type && r.id !== undefined && isWanted(r))
    if (match) return ok(match)
    unreadable += page.value.unreadable
    if (next === undefined && unreadable === 0) return ok(undefined)
    if (next === undefined || pages === PAGES_AT_MOST)
      return fail({
        kind: 'malformed',
        server: chart.name,
        path: 'entry',
        message: `${type} could not be searched to the end.`,
      })
    page = await chart.next(next)
  }
  return page
}
