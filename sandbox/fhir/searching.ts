import type { Bundle, BundleEntry, BundleLink, FhirResource } from 'fhir/r4'
import { included } from './include'
import type { Snapshot } from './pages'
import { outcome, Refusal } from './refusal'
import { runSearch } from './search'
import { namedPatients, planSearch, type SearchPlan } from './search-plan'
import { type FhirRequest, type FhirResponse, requireOffered, type Session } from './session'
import type { Resource, Stored } from './types'

/** Nobody gets more than this in a page, whatever `_count` says. */
const largestPage = 1000

/** `GET Type?…`, `POST Type/_search`, and the further pages of both. */
export const searchType = (session: Session, type: string, request: FhirRequest): FhirResponse => {
  const { searchParams } = requireOffered(session, type, 'search-type')
  session.access.require('s', type)
  const { query } = request
  const token = query.get('_page')
  if (token !== null) return furtherPage(session, token, type)
  session.access.requirePatients(type, namedPatients(type, query, [session.base]))
  const plan = planSearch(type, query, [session.base], searchParams)
  if (request.strict && plan.ignored.length > 0) {
    throw new Refusal(
      400,
      plan.ignored.map((diagnostics) => ({ code: 'not-supported', diagnostics })),
    )
  }
  const matches = runSearch(session.store, plan, session.access.sees)
  return firstPage(session, plan, matches, type)
}

/** The first page of matches; `path` is what the links are below the base. */
export const firstPage = (
  session: Session,
  plan: SearchPlan,
  matches: readonly Stored[],
  path: string,
): FhirResponse => {
  const snapshot: Snapshot = {
    plan,
    matches,
    pageSize: Math.min(plan.count ?? session.pageSize, session.largestPage ?? largestPage),
    patient: session.access.caller.patient,
    generation: session.store.generation,
    selfQuery: plan.honoured.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).join('&'),
  }
  return page(session, snapshot, 0, path)
}

/** The page behind the token of a next link. */
export const furtherPage = (session: Session, token: string, path: string): FhirResponse => {
  const { snapshot, offset } = session.pages.recall(token, session.store, session.access.caller.patient)
  return page(session, snapshot, offset, path)
}

const page = (session: Session, snapshot: Snapshot, offset: number, path: string): FhirResponse => {
  const { plan, pageSize, selfQuery } = snapshot
  const matches = plan.countOnly ? [] : snapshot.matches.slice(offset, offset + pageSize)
  // The token may have lost scopes since the search ran.
  const shown = matches.filter(session.access.sees)
  const extra = included(session.store, plan, shown, served(session))
  const end = offset + pageSize
  const more = !plan.countOnly && end < snapshot.matches.length
  const url = `${session.base}/${path}`
  const link: BundleLink[] = [{ relation: 'self', url: selfQuery ? `${url}?${selfQuery}` : url }]
  if (more) link.push({ relation: 'next', url: `${url}?_page=${session.pages.remember(snapshot, end)}` })
  const entry = [
    ...shown.map((resource) => entryOf(session, only(resource, plan.elements), 'match')),
    ...extra.map((resource) => entryOf(session, resource, 'include')),
    ...(offset === 0 ? notes(plan) : []),
  ]
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(plan.withTotal || plan.countOnly ? { total: snapshot.matches.length } : {}),
    link,
    ...(entry.length > 0 && !plan.countOnly ? { entry } : {}),
  }
  return { status: 200, resource: bundle, headers: {} }
}

const served =
  (session: Session) =>
  (resource: Stored): boolean =>
    Object.hasOwn(session.offer.types, resource.resourceType) && session.access.sees(resource)

const entryOf = (session: Session, resource: Resource, mode: 'match' | 'include'): BundleEntry => ({
  fullUrl: `${session.base}/${resource.resourceType}/${resource.id}`,
  resource: resource as FhirResource,
  search: { mode },
})

/** Tells the client what was ignored, as R4 allows inside the searchset. */
const notes = (plan: SearchPlan): readonly BundleEntry[] =>
  plan.ignored.length === 0
    ? []
    : [
        {
          resource: outcome(
            plan.ignored.map((diagnostics) => ({ code: 'not-supported', diagnostics })),
            'warning',
          ),
          search: { mode: 'outcome' },
        },
      ]

const only = (resource: Stored, elements: readonly string[] | undefined): Resource => {
  if (!elements) return resource
  const kept = Object.entries(resource).filter(
    ([name]) => ['resourceType', 'id', 'meta'].includes(name) || elements.includes(name.replace(/^_/, '')),
  )
  const tag = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }
  const subset = Object.fromEntries(kept) as unknown as Stored
  return { ...subset, meta: { ...resource.meta, tag: [...(resource.meta.tag ?? []), tag] } }
}
