import { type FhirJson, isObject, isResource, list, number, objects, text } from '../json'
import { fail, ok, type Result } from '../result'

/** One page of a search. Matches, includes and outcomes are kept apart (FHIR R4 http#search, `search.mode`). */
export interface Page {
  /** The Bundle's own id: a Provenance may name it as its target (PDex Provenance 1000001). */
  readonly id?: string
  readonly matches: readonly FhirJson[]
  readonly includes: readonly FhirJson[]
  /** OperationOutcomes among the results: a 200 that is only part of the answer. */
  readonly outcomes: readonly FhirJson[]
  /** `next` link, verbatim. */
  readonly next?: string
  /** `self` link: which parameters the server honoured. */
  readonly self?: string
  /** As claimed; servers are often wrong. */
  readonly total?: number
  /** `fullUrl` where it says more than the resource's id: `urn:` ones, by which resources refer to each other, and those of Patients. */
  readonly urls?: ReadonlyMap<FhirJson, string>
  /** Entries that could not be read. They are told, not dropped in silence. */
  readonly unreadable: number
}

/** Reads a searchset. Fails `malformed` where it is no Bundle at all. */
export function readPage(json: unknown, server: string): Result<Page> {
  if (!isObject(json) || json.resourceType !== 'Bundle')
    return fail({ kind: 'malformed', server, path: 'resourceType', message: 'Expected a Bundle.' })
  const matches: FhirJson[] = []
  const includes: FhirJson[] = []
  const outcomes: FhirJson[] = []
  const urls = new Map<FhirJson, string>()
  let unreadable = 0
  for (const entry of list(json, 'entry')) {
    const resource = isObject(entry) ? entry.resource : undefined
    if (!isResource(resource)) {
      unreadable += 1
      continue
    }
    const mode = text(entry, 'search', 'mode')
    const url = text(entry, 'fullUrl')
    if (url !== undefined && (url.startsWith('urn:') || resource.resourceType === 'Patient'))
      urls.set(resource, url)
    if (mode === 'outcome' || (mode === undefined && resource.resourceType === 'OperationOutcome'))
      outcomes.push(resource)
    else if (mode === 'include') includes.push(resource)
    else matches.push(resource)
  }
  const link = (relation: string): string | undefined =>
    text(
      objects(json, 'link').find((l) => l.relation === relation),
      'url',
    )
  const next = link('next')
  const self = link('self')
  const total = number(json, 'total')
  const id = text(json, 'id')
  return ok({
    matches,
    includes,
    outcomes,
    unreadable,
    ...(urls.size > 0 && { urls }),
    ...(id !== undefined && { id }),
    ...(next !== undefined && { next }),
    ...(self !== undefined && { self }),
    ...(total !== undefined && { total }),
  })
}
