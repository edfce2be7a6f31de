import type { Page } from '../fhir/bundle'
import { conceptText } from '../fhir/coding'
import { type LiteralReference, literal, type References, referenceSet } from '../fhir/references'
import { at, type FhirJson, isObject, objects, text } from '../json'
import { referenceWatch } from './history-references'
import { HISTORY_TYPES, type HistoryType } from './history-types'
import { type HistoryRecord, historyRecord, type RecordKey, recordKey } from './record'

/** Whose records are read, and where: a payer's member, or the chart's patient. */
export interface RecordOwner {
  /** First part of the records' keys. */
  readonly source: string
  readonly patient: FhirJson
  readonly patientId: string
  /** Names the member where a subject has no reference. */
  readonly identifier?: { readonly system?: string; readonly value: string }
  /** Where the server itself says that this Patient is, if that is another base URL than the one that is called. */
  readonly base?: string
}

/** What all pages together have brought. Each entry costs the same however many came before. */
export interface HistoryAccumulator {
  readonly references: References
  /**
   * Takes a page in; how many records of its type were not held before. `seen`: what this search brought already, and now what the
   * page brings too; only what one search brings twice is a duplicate.
   */
  add(type: HistoryType, page: Page, seen: Set<RecordKey>): number
  /** People, places and medications that records refer to and that did not come; each is told once. */
  takeMissing(atMost: number): readonly LiteralReference[]
  addNamed(resources: readonly FhirJson[]): void
  /** Makes the records anew that what came last names, step by step: one person or visit may be named by thousands. */
  freshen(): Generator<void>
  /** In the order they came. The same list until something changed. */
  records(): readonly HistoryRecord[]
  counts(): AccumulatorCounts
}

interface AccumulatorCounts {
  readonly warnings: readonly string[]
  readonly unreadable: number
  readonly setAside: number
  readonly duplicates: number
}

/** A few milliseconds of work. */
const MADE_AT_ONCE = 250

export function historyAccumulator(owner: RecordOwner, base: string): HistoryAccumulator {
  const references = referenceSet(base)
  if (owner.base !== undefined) references.addBase(owner.base)
  const watch = referenceWatch(references)
  references.add(owner.patient)
  const held = new Map<RecordKey, HistoryRecord>()
  /** Made before somebody whom they name came. */
  const stale = new Set<RecordKey>()
  /** Provenance by `Type/id` of its targets; seen ones by their own key. */
  const provenanceOf = new Map<string, FhirJson[]>()
  const seenProvenance = new Set<string>()
  const warnings = new Set<string>()
  let [unreadable, setAside, duplicates] = [0, 0, 0]
  let list: readonly HistoryRecord[] | undefined

  const name = (resource: FhirJson): string => `${resource.resourceType}/${resource.id ?? ''}`

  const applies = (resource: FhirJson, targetName: string): void => {
    const known = provenanceOf.get(targetName)
    if (known?.includes(resource)) return
    if (known) known.push(resource)
    else provenanceOf.set(targetName, [resource])
    refresh(`${owner.source}/${targetName}`)
  }

  const addProvenance = (resource: FhirJson, page: Page): void => {
    const key = recordKey('', resource)
    const isWholePage = (type: string, id: string): boolean => type === 'Bundle' && id === page.id
    const isSeen = seenProvenance.has(key)
    seenProvenance.add(key)
    for (const target of objects(resource, 'target')) {
      const found = literal(properCase(text(target, 'reference')))
      if (found === undefined || !references.isOwn(found.base)) continue
      if (isWholePage(found.type, found.id)) for (const match of page.matches) applies(resource, name(match))
      else if (!isSeen) applies(resource, `${found.type}/${found.id}`)
    }
  }

  const make = (resource: FhirJson): HistoryRecord => {
    const provenance = provenanceOf.get(name(resource)) ?? []
    const made = historyRecord(owner.source, resource, references, provenance)
    watch.watch(made.key, resource, made.display.who === undefined)
    for (const each of provenance) watch.watch(made.key, each, false)
    return made
  }

  /** What names people and places may come later than what refers to it. */
  const know = (resource: FhirJson, url?: string): void => {
    references.add(resource, url)
    for (const key of watch.arrived(resource)) stale.add(key)
  }

  /** Provenance may come on a later page than its target. */
  const refresh = (key: RecordKey): void => {
    const known = held.get(key)
    if (known) held.set(key, make(known.resource))
  }

  const addRecord = (resource: FhirJson, seen: Set<RecordKey>): boolean => {
    const key = recordKey(owner.source, resource)
    const known = held.get(key)
    if (seen.has(key)) duplicates += 1
    seen.add(key)
    if (known && !isNewer(resource, known.resource)) return false
    held.set(key, make(resource))
    return known === undefined
  }

  return {
    references,
    add(type, page, seen) {
      list = undefined
      unreadable += page.unreadable
      const ownBase = SEARCH_URL.exec(page.self ?? '')?.[1]
      if (ownBase !== undefined) references.addBase(ownBase)
      for (const outcome of page.outcomes) for (const said of outcomeWords(outcome)) warnings.add(said)
      // Servers that leave out `search.mode` mix what was asked for with what came along.
      const others = [...page.includes, ...page.matches.filter((r) => r.resourceType !== type)]
      for (const resource of others) know(resource, page.urls?.get(resource))
      for (const resource of others) if (resource.resourceType === 'Provenance') addProvenance(resource, page)
      let fresh = 0
      for (const resource of page.matches) {
        if (resource.resourceType !== type) continue
        if (!isAbout(resource, owner, references)) setAside += 1
        else {
          know(resource, page.urls?.get(resource))
          if (addRecord(resource, seen)) fresh += 1
        }
      }
      return fresh
    },
    takeMissing: watch.takeMissing,
    addNamed(resources) {
      for (const resource of resources) know(resource)
    },
    *freshen() {
      let made = 0
      for (const key of stale) {
        stale.delete(key)
        refresh(key)
        list = undefined
        made += 1
        if (made % MADE_AT_ONCE === 0) yield
      }
    },
    records() {
      list ??= [...held.values()]
      return list
    },
    counts: () => ({ warnings: [...warnings], unreadable, setAside, duplicates }),
  }
}

const BY_SMALL_NAME = new Map<string, string>(
  [...HISTORY_TYPES, 'Bundle'].map((type) => [type.toLowerCase(), type]),
)

/** PDex's own samples write `encounter/2000003`. */
const properCase = (reference: string | undefined): string | undefined =>
  reference?.replace(
    /(^|\/)([a-z]+)(?=\/[^/]+$)/,
    (all, before: string, type: string) => before + (BY_SMALL_NAME.get(type) ?? all.slice(before.length)),
  )

/** `[base]/[type]?…` or `[base]/[type]/_search?…`: the base that the server gives itself, behind a gateway not the one that was called. */
const SEARCH_URL = /^(https?:\/\/[^?#]+)\/[A-Z][A-Za-z]+(?:\/_search)?(?:\?|$)/

/** The same record twice: the later version counts. */
function isNewer(a: FhirJson, b: FhirJson): boolean {
  const [first, second] = [a, b].map((r) => Date.parse(text(r, 'meta', 'lastUpdated') ?? ''))
  return first !== undefined && second !== undefined && first > second
}

/** Whether a record's subject is the member, by reference or by member identifier. One that names nobody is not. */
function isAbout(resource: FhirJson, owner: RecordOwner, references: References): boolean {
  const subject = at(resource, 'subject') ?? at(resource, 'patient') ?? at(resource, 'beneficiary')
  if (!isObject(subject)) return false
  const written = text(subject, 'reference')
  if (written?.startsWith('urn:')) {
    const found = references.find(subject, resource)
    return found?.resourceType === 'Patient' && found.id === owner.patientId
  }
  const target = literal(written)
  if (target !== undefined)
    return target.type === 'Patient' && target.id === owner.patientId && references.isOwn(target.base)
  return (
    subject.reference === undefined &&
    owner.identifier !== undefined &&
    text(subject, 'identifier', 'value') === owner.identifier.value &&
    text(subject, 'identifier', 'system') === owner.identifier.system
  )
}

/** What a server says went wrong beside its answer, in its own words. Mere information is none of it. */
export function outcomeWords(outcome: FhirJson): readonly string[] {
  return objects(outcome, 'issue')
    .filter((issue) => issue.severity !== 'information')
    .map((issue) =>
      (conceptText(issue.details) ?? text(issue, 'diagnostics') ?? 'The answer is only a part.').slice(
        0,
        300,
      ),
    )
}
