import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asText, isJson, type Json } from './elements'
import { rewriteReferences } from './rewrite'
import type { FhirStore } from './store'
import type { Resource } from './types'

/** What loading a bundle did. */
export interface LoadReport {
  /** Resources stored. */
  readonly loaded: number
  /** Entries left out, because a resource of that type and id was there already (Synthea repeats hospitals and practitioners). */
  readonly known: number
}

/** A conditional reference in a bundle that finds nothing, yet or ever. */
class UnresolvedReference extends Error {}

interface LoadEntry {
  readonly resource: Resource
  readonly id: string
  readonly replaces: boolean
}

/**
 * Loads a transaction or collection Bundle. Unlike a client's transaction it keeps the ids that the resources carry, so that links to patients stay the
 * same from one start to the next, and checks nothing. All or nothing. Throws UnresolvedReference for conditional references that match nothing.
 */
export const loadTransaction = (store: FhirStore, bundle: unknown): LoadReport => {
  if (!isJson(bundle) || bundle.resourceType !== 'Bundle' || !Array.isArray(bundle.entry)) {
    throw new Error('Only a Bundle with entries can be loaded')
  }
  const entries: LoadEntry[] = []
  const aliases = new Map(store.aliases)
  for (const raw of bundle.entry) {
    const entry = readEntry(store, raw)
    if (!entry) continue
    entries.push(entry)
    const fullUrl = isJson(raw) ? asText(raw.fullUrl) : undefined
    if (fullUrl) aliases.set(fullUrl, `${entry.resource.resourceType}/${entry.id}`)
  }
  const report = store.atomically(() => storeEntries(store, entries, aliases))
  for (const [fullUrl, key] of aliases) store.aliases.set(fullUrl, key)
  store.keepAsLoaded()
  return report
}

const readEntry = (store: FhirStore, raw: unknown): LoadEntry | undefined => {
  const resource = isJson(raw) ? raw.resource : undefined
  if (!isJson(raw) || !isJson(resource) || typeof resource.resourceType !== 'string') return undefined
  const request: Json = isJson(raw.request) ? raw.request : {}
  const put = request.method === 'PUT' ? asText(request.url)?.split('/')[1] : undefined
  const id = put ?? asText(resource.id) ?? store.freshId()
  return { resource: resource as unknown as Resource, id, replaces: put !== undefined }
}

const storeEntries = (
  store: FhirStore,
  entries: readonly LoadEntry[],
  aliases: ReadonlyMap<string, string>,
): LoadReport => {
  let loaded = 0
  // People and places first: conditional references may point at them inside the same bundle.
  const targetsFirst = [...entries].sort((a, b) => rank(a) - rank(b))
  const conditional = (reference: string) => resolveConditional(store, reference)
  for (const { resource, id, replaces } of targetsFirst) {
    if (!replaces && store.get(resource.resourceType, id)) continue
    store.load(rewriteReferences(resource, { aliases, conditional }), id)
    loaded += 1
  }
  return { loaded, known: entries.length - loaded }
}

const rank = ({ resource }: LoadEntry): number =>
  ['Organization', 'Location', 'Practitioner', 'Patient'].includes(resource.resourceType) ? 0 : 1

const resolveConditional = (store: FhirStore, reference: string): string => {
  const [type = '', query = ''] = reference.split('?')
  const found = store.search(type, query)[0]
  if (!found) throw new UnresolvedReference(`Nothing matches the reference ${reference}`)
  return `${type}/${found.id}`
}

/**
 * Loads every Bundle (*.json) of a folder, hospitals and practitioners first; a file whose conditional references find nothing is tried again after the
 * others. Throws, naming the file, when one stays unresolved or is no Bundle.
 */
export const loadBundles = (store: FhirStore, directory: string): LoadReport => {
  const first = (name: string): number => (/hospital|practitioner|organization/i.test(name) ? 0 : 1)
  let waiting = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => first(a) - first(b) || a.localeCompare(b))
  const sum = { loaded: 0, known: 0 }
  while (waiting.length > 0) {
    const unresolved: string[] = []
    let reason: Error | undefined
    for (const name of waiting) {
      try {
        const report = loadTransaction(store, JSON.parse(readFileSync(join(directory, name), 'utf8')))
        sum.loaded += report.loaded
        sum.known += report.known
      } catch (error) {
        reason = new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        if (!(error instanceof UnresolvedReference)) throw reason
        unresolved.push(name)
      }
    }
    if (unresolved.length === waiting.length) throw reason ?? new Error('Nothing could be loaded')
    waiting = unresolved
  }
  return sum
}
