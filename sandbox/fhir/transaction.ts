import type { BundleEntry } from 'fhir/r4'
import { answerEntry, type Entry, type Interact, readEntries, responseBundle } from './bundle-entry'
import { isJson } from './elements'
import { Refusal } from './refusal'
import { rewriteReferences } from './rewrite'
import { runSearch } from './search'
import { planSearch } from './search-plan'
import type { FhirResponse, Session } from './session'
import type { Resource } from './types'
import { createResource, existing, foundInstead } from './writing'

/** Order in which a transaction is worked off (R4 §3.1.0.11.2). */
const order = ['DELETE', 'POST', 'PUT', 'GET']

/** An entry with the id that its resource has or will have. */
interface Planned {
  readonly entry: Entry
  readonly type: string
  readonly id: string | undefined
  /** False when `ifNoneExist` found the resource there already. */
  readonly creates: boolean
}

/** Place in that order. A Provenance comes after what it may be about, since it is in the compartment that its targets are in. */
const rank = ({ entry: { request }, type }: Planned): number =>
  order.indexOf(request.method) + (request.method === 'POST' && type === 'Provenance' ? 0.5 : 0)

/** A transaction: all entries or none, references between them rewritten, answers in the order of the entries. */
export const runTransaction = (session: Session, bundle: unknown, interact: Interact): FhirResponse => {
  const entries = readEntries(session, bundle).map((entry) => {
    if (entry instanceof Refusal) throw entry
    return entry
  })
  return session.store.atomically(() => {
    const deletions = entries.filter(({ request }) => request.method === 'DELETE')
    const answers = new Map<number, BundleEntry>()
    for (const entry of deletions) {
      const answer = run(entry, () => interact(session, entry.request))
      answers.set(entry.index, answer)
    }
    const plans = entries.filter((entry) => !deletions.includes(entry)).map((entry) => plan(session, entry))
    requireDistinct(plans, deletions)
    const pending = new Set(plans.flatMap((p) => (p.creates ? [`${p.type}/${p.id}`] : [])))
    const inner: Session = { ...session, pending }
    const aliases = aliasesOf(session, plans)
    const rewritten = plans.map((p) => ({ ...p, entry: rewrite(session, p.entry, aliases) }))
    rewritten.sort((a, b) => rank(a) - rank(b))
    for (const p of rewritten) {
      const answer = run(p.entry, () => perform(inner, p, interact))
      answers.set(p.entry.index, answer)
    }
    return responseBundle(
      'transaction-response',
      entries.flatMap(({ index }) => answers.get(index) ?? []),
    )
  })
}

const perform = (
  session: Session,
  { entry, type, id, creates }: Planned,
  interact: Interact,
): FhirResponse => {
  const { request } = entry
  if (request.method !== 'POST' || request.path.length !== 1) return interact(session, request)
  // What ifNoneExist found when the transaction was planned counts: the resource may have changed since, by another entry.
  const there = creates || id === undefined ? undefined : session.store.get(type, id)
  if (there) return foundInstead(session, there)
  return createResource(session, type, { ...request, ifNoneExist: undefined }, id)
}

const plan = (session: Session, entry: Entry): Planned => {
  const { method, path, ifNoneExist } = entry.request
  const [type = '', id] = path
  if (path.length === 0) throw new Refusal(400, 'A bundle cannot hold another to be run')
  if (method === 'PUT' && id === undefined) {
    throw new Refusal(412, [{ code: 'not-supported', diagnostics: 'Conditional update is not supported' }])
  }
  if (method !== 'POST' || path.length !== 1) return { entry, type, id, creates: false }
  session.access.require('c', type)
  const there = ifNoneExist === undefined ? undefined : existing(session, type, ifNoneExist)
  return there
    ? { entry, type, id: there.id, creates: false }
    : { entry, type, id: session.store.freshId(), creates: true }
}

/** Two entries may not write the same resource, nor create by the same condition (R4: then the transaction fails). */
const requireDistinct = (plans: readonly Planned[], deletions: readonly Entry[]): void => {
  const identities = [
    ...deletions.map(({ request }) => request.path.join('/')),
    ...plans.flatMap(({ entry: { request } }) => {
      if (request.method === 'PUT') return [request.path.join('/')]
      return request.method === 'POST' && request.ifNoneExist
        ? [`${request.path[0]}?${request.ifNoneExist}`]
        : []
    }),
  ]
  const twice = identities.find((identity, i) => identities.indexOf(identity) !== i)
  if (twice !== undefined) throw new Refusal(400, `Two entries of the transaction are about ${twice}`)
}

const aliasesOf = (session: Session, plans: readonly Planned[]): ReadonlyMap<string, string> =>
  new Map(
    plans.flatMap(({ entry, type, id }) => {
      const { fullUrl } = entry
      if (fullUrl === undefined || id === undefined || fullUrl.startsWith(`${session.base}/${type}/${id}`))
        return []
      return [[fullUrl, `${type}/${id}`] as const]
    }),
  )

const rewrite = (session: Session, entry: Entry, aliases: ReadonlyMap<string, string>): Entry => {
  const { body } = entry.request
  if (!isJson(body) || typeof body.resourceType !== 'string') return entry
  const resource = rewriteReferences(body as unknown as Resource, {
    aliases,
    conditional: (reference) => resolveConditional(session, reference),
    dangling: (reference) => {
      throw new Refusal(400, `Bundle.entry[${entry.index}]: ${reference} is not the fullUrl of any entry`)
    },
  })
  return { ...entry, request: { ...entry.request, body: resource } }
}

const resolveConditional = (session: Session, reference: string): string => {
  const [type = '', query = ''] = reference.split('?')
  const conditions = planSearch(type, new URLSearchParams(query), [session.base])
  const found = conditions.filters.length > 0 ? runSearch(session.store, conditions, session.access.sees) : []
  const [only] = found
  if (only && found.length === 1 && conditions.ignored.length === 0) return `${type}/${only.id}`
  throw new Refusal(412, `The conditional reference ${reference} matches ${found.length} resources, not one`)
}

/** Runs one entry; its refusal is the transaction's, and says which entry it was. */
const run = (entry: Entry, work: () => FhirResponse): BundleEntry => {
  try {
    const response = work()
    return answerEntry(response, true)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(
      error.status,
      error.complaints.map((c) => ({ ...c, diagnostics: `Bundle.entry[${entry.index}]: ${c.diagnostics}` })),
    )
  }
}
