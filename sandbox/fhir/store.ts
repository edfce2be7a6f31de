import { randomUUID } from 'node:crypto'
import { ownPatients } from './compartment'
import { valuesAt } from './elements'
import { type LoadReport, loadTransaction } from './load'
import { referenceKey } from './references'
import { Refusal } from './refusal'
import { runSearch } from './search'
import { planSearch } from './search-plan'
import type { Resource, Stored } from './types'

/** One version of a resource; a deletion is a version without content. */
interface Version {
  readonly versionId: string
  readonly resource: Stored | undefined
}

/** Where the store gets the time and new ids, so that tests can hold them still. */
export interface StoreOptions {
  readonly now?: () => Date
  readonly newId?: () => string
}

const keyOf = (type: string, id: string): string => `${type}/${id}`

/**
 * Resources and their versions in memory, indexed by type and by patient. Versions are never changed, only added, so whoever holds one holds a snapshot.
 * It knows nothing of HTTP, scopes or validity.
 */
export class FhirStore {
  readonly now: () => Date
  private readonly newId: () => string
  /** `Type/id` by the fullUrl under which a loaded resource was known: references resolve across loaded bundles. */
  readonly aliases = new Map<string, string>()
  private readonly versions = new Map<string, readonly Version[]>()
  private readonly byType = new Map<string, Map<string, Stored>>()
  private readonly byPatient = new Map<string, Map<string, Stored>>()
  private readonly baseline = new Map<string, Stored>()
  private undo: (() => void)[] | undefined
  private resets = 0

  constructor(options: StoreOptions = {}) {
    this.now = options.now ?? (() => new Date())
    this.newId = options.newId ?? randomUUID
  }

  /** How many resources there are now, deleted ones not counted. */
  get size(): number {
    return [...this.byType.values()].reduce((sum, resources) => sum + resources.size, 0)
  }

  /** Goes up with each reset: what was remembered about earlier contents (pages) is stale then. */
  get generation(): number {
    return this.resets
  }

  /** Types that have at least one resource. */
  types(): readonly string[] {
    return [...this.byType].filter(([, resources]) => resources.size > 0).map(([type]) => type)
  }

  /** The current version; undefined when there is none, or none any more. */
  get(type: string, id: string): Stored | undefined {
    return this.byType.get(type)?.get(id)
  }

  /** True when there was such a resource and it was deleted (410 rather than 404). */
  isDeleted(type: string, id: string): boolean {
    return (
      this.versions.get(keyOf(type, id))?.at(-1)?.resource === undefined && this.versions.has(keyOf(type, id))
    )
  }

  /** One version; undefined when there never was such a version, `deleted` when that version is a deletion. */
  history(type: string, id: string, versionId: string): Stored | 'deleted' | undefined {
    const version = this.versions.get(keyOf(type, id))?.find((v) => v.versionId === versionId)
    return version && (version.resource ?? 'deleted')
  }

  /** All current resources of a type in the order of creation; with `patient`, those of that compartment only. */
  all(type: string, patient?: string): readonly Stored[] {
    const resources = [...(this.byType.get(type)?.values() ?? [])]
    if (patient === undefined) return resources
    // Provenance is found through its targets, which may come and go: it is not indexed.
    if (type === 'Provenance') return resources.filter((r) => this.patientsOf(r).includes(patient))
    return [...(this.byPatient.get(keyOf(type, patient))?.values() ?? [])]
  }

  /** Ids of the patients in whose compartment a resource is; a Provenance is where its targets are. */
  patientsOf(resource: Resource): readonly string[] {
    if (resource.resourceType !== 'Provenance') return ownPatients(resource)
    const targets = valuesAt(resource, 'target').flatMap((value) => {
      const [type = '', id = ''] = referenceKey(value)?.split('/') ?? []
      if (type === 'Patient') return [id]
      const target = this.get(type, id)
      return target && type !== 'Provenance' ? this.patientsOf(target) : []
    })
    return [...new Set(targets)]
  }

  /** Stores a new resource under a new id, or one from `freshId`. The store sets id, versionId and lastUpdated. */
  create(resource: Resource, id: string = this.newId()): Stored {
    return this.put(resource, id, this.now().toISOString())
  }

  /** Stores the next version of `type/id`, or its first. The caller has checked that this is wanted. */
  update(resource: Resource, id: string): Stored {
    return this.put(resource, id, this.now().toISOString())
  }

  /** Stores a resource that is loaded, not received: its own lastUpdated is kept. */
  load(resource: Resource, id: string): Stored {
    return this.put(resource, id, resource.meta?.lastUpdated ?? this.now().toISOString())
  }

  /** Current matches of a search (`status=active&patient=p`), sorted as asked, unpaged, without inclusions; unknown parameters are ignored. */
  search(type: string, query: string | URLSearchParams = ''): readonly Stored[] {
    return runSearch(this, planSearch(type, new URLSearchParams(query)), () => true)
  }

  /** Loads a transaction or collection Bundle whose resources keep their ids; `reset` will come back to what is there then. */
  loadTransaction(bundle: unknown): LoadReport {
    return loadTransaction(this, bundle)
  }

  /** Deletes; false when there was nothing to delete. */
  delete(type: string, id: string): boolean {
    const current = this.get(type, id)
    if (!current) return false
    this.append(type, id, undefined)
    return true
  }

  /** Takes a resource and all its versions away, as if it had never been. */
  forget(type: string, id: string): void {
    const current = this.get(type, id)
    if (current) this.unindex(current)
    this.versions.delete(keyOf(type, id))
  }

  /** An id that no resource has: for references to what a transaction is about to create. */
  freshId(): string {
    return this.newId()
  }

  /** Runs `work`; if it throws, everything it wrote is undone and the error goes on. Not nestable: work is synchronous, and so atomic for readers. */
  atomically<T>(work: () => T): T {
    if (this.undo) throw new Refusal(500, 'A transaction inside a transaction')
    const undo: (() => void)[] = []
    this.undo = undo
    try {
      return work()
    } catch (error) {
      for (const step of undo.reverse()) step()
      throw error
    } finally {
      this.undo = undefined
    }
  }

  /** What is there now is what `reset` goes back to. */
  keepAsLoaded(): void {
    this.baseline.clear()
    for (const [type, resources] of this.byType) {
      for (const [id, resource] of resources) this.baseline.set(keyOf(type, id), resource)
    }
  }

  /** Back to the state after loading. */
  reset(): void {
    this.resets += 1
    this.versions.clear()
    this.byType.clear()
    this.byPatient.clear()
    for (const [key, resource] of this.baseline) {
      this.versions.set(key, [{ versionId: resource.meta.versionId, resource }])
      this.index(resource)
    }
  }

  private put(resource: Resource, id: string, lastUpdated: string): Stored {
    const before = this.versions.get(keyOf(resource.resourceType, id)) ?? []
    const meta = { ...resource.meta, versionId: String(nextVersion(before)), lastUpdated }
    const stored: Stored = { ...structuredClone(resource), id, meta }
    this.append(resource.resourceType, id, stored)
    return stored
  }

  private append(type: string, id: string, resource: Stored | undefined): void {
    const key = keyOf(type, id)
    const before = this.versions.get(key)
    const current = this.get(type, id)
    this.versions.set(key, [...(before ?? []), { versionId: String(nextVersion(before ?? [])), resource }])
    if (current) this.unindex(current)
    if (resource) this.index(resource)
    this.undo?.push(() => {
      if (resource) this.unindex(resource)
      if (before) this.versions.set(key, before)
      else this.versions.delete(key)
      if (current) this.index(current)
    })
  }

  private index(resource: Stored): void {
    const { resourceType: type, id } = resource
    place(this.byType, type, id, resource)
    for (const patient of ownPatients(resource)) place(this.byPatient, keyOf(type, patient), id, resource)
  }

  private unindex(resource: Stored): void {
    this.byType.get(resource.resourceType)?.delete(resource.id)
    for (const patient of ownPatients(resource)) {
      this.byPatient.get(keyOf(resource.resourceType, patient))?.delete(resource.id)
    }
  }
}

const nextVersion = (versions: readonly Version[]): number => Number(versions.at(-1)?.versionId ?? 0) + 1

const place = (index: Map<string, Map<string, Stored>>, key: string, id: string, resource: Stored): void => {
  const existing = index.get(key)
  if (existing) existing.set(id, resource)
  else index.set(key, new Map([[id, resource]]))
}
