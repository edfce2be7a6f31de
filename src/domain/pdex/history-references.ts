import { type LiteralReference, literal, type References } from '../fhir/references'
import { type FhirJson, isObject } from '../json'
import type { CallOptions, FhirReader } from '../ports'
import type { Problem } from '../result'
import type { RecordKey } from './record'

/** What is read on its own where no include brought it: what a record's words are made of, and nothing clinical. */
const NAMED: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Medication',
])

/** Who leads to who: a role to its practitioner, a visit to its place. */
const LEADS_ON: ReadonlySet<string> = new Set(['PractitionerRole', 'Encounter'])

/** Which records wait for what has not come yet, so that only these are made anew when it does. */
export interface ReferenceWatch {
  /** Notes what a record, or its Provenance, refers to. `isByVisit`: nobody is named but by the visit that it belongs to. */
  watch(key: RecordKey, resource: FhirJson, isByVisit: boolean): void
  /** The records that were waiting for this resource; they wait for what it leads on to from now on. */
  arrived(resource: FhirJson): readonly RecordKey[]
  /** What nobody has brought, each told once. */
  takeMissing(atMost: number): readonly LiteralReference[]
}

export function referenceWatch(references: References): ReferenceWatch {
  const waiting = new Map<string, Set<RecordKey>>()
  const told = new Set<string>()

  const ownName = (reference: string): LiteralReference | undefined => {
    const target = literal(reference)
    return target !== undefined && references.isOwn(target.base) ? target : undefined
  }
  const wait = ({ type, id }: LiteralReference, key: RecordKey): void => {
    const keys = waiting.get(`${type}/${id}`)
    if (keys) keys.add(key)
    else waiting.set(`${type}/${id}`, new Set([key]))
  }
  /** One step only, so that a circle of roles ends. */
  const watchPeople = (key: RecordKey, resource: FhirJson): void =>
    eachReference(resource, (reference) => {
      const target = ownName(reference)
      if (target && NAMED.has(target.type) && references.find({ reference }) === undefined) wait(target, key)
    })

  const watch = (key: RecordKey, resource: FhirJson, isByVisit: boolean): void =>
    eachReference(resource, (reference) => {
      const target = ownName(reference)
      if (target === undefined || !(NAMED.has(target.type) || (isByVisit && target.type === 'Encounter')))
        return
      const known = references.find({ reference })
      if (known === undefined) wait(target, key)
      else if (LEADS_ON.has(known.resourceType)) watchPeople(key, known)
    })

  return {
    watch,
    arrived(resource) {
      const name = `${resource.resourceType}/${resource.id ?? ''}`
      const keys = waiting.get(name)
      if (keys === undefined) return []
      waiting.delete(name)
      if (LEADS_ON.has(resource.resourceType)) for (const key of keys) watchPeople(key, resource)
      return [...keys]
    },
    takeMissing(atMost) {
      const found: LiteralReference[] = []
      for (const name of waiting.keys()) {
        const target = literal(name)
        if (found.length === atMost) break
        if (target === undefined || !NAMED.has(target.type) || told.has(name)) continue
        told.add(name)
        found.push(target)
      }
      return found
    },
  }
}

/** Every `reference` at any depth. */
function eachReference(value: unknown, visit: (reference: string) => void): void {
  if (Array.isArray(value)) for (const each of value) eachReference(each, visit)
  if (!isObject(value)) return
  if (typeof value.reference === 'string') visit(value.reference)
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) eachReference(inner, visit)
}

/** Ids in one search, and searches at a time. */
const BATCH = 40
const AT_ONCE = 2

/** More than that of one history are not looked up: names are a help, not the history. */
export const NAMES_AT_MOST = 400

/**
 * Reads people, places and medications by id: many in one search by `_id`, and one by one where the server does not take that. Each
 * is asked for once; one that cannot be read is left out. `take` gets them as they come, and is waited for.
 */
export async function readNamed(
  reader: FhirReader,
  missing: readonly LiteralReference[],
  take: (found: readonly FhirJson[]) => Promise<void>,
  options: CallOptions,
): Promise<void> {
  const queue = [...NAMED].flatMap((type) => batches(missing.filter((each) => each.type === type)))
  /** Types that the server does not share: no further request for them. */
  const closed = new Set<string>()
  const work = async (): Promise<void> => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      const [first] = batch
      if (first === undefined || closed.has(first.type) || options.signal?.aborted === true) continue
      if (!(await readBatch(reader, first.type, batch, take, options))) closed.add(first.type)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** false: the server does not give this type to us, or is not there. */
async function readBatch(
  reader: FhirReader,
  type: string,
  batch: readonly LiteralReference[],
  take: (found: readonly FhirJson[]) => Promise<void>,
  options: CallOptions,
): Promise<boolean> {
  const ids = batch.map(({ id }) => id)
  const page = await reader.search(type, [['_id', ids.join(',')]], options)
  if (!page.ok && isClosed(page.problem)) return false
  const all = page.ok ? [...page.value.matches, ...page.value.includes] : []
  const found = all.filter((each) => each.resourceType === type && ids.includes(each.id ?? ''))
  await take(found)
  const left = ids.filter((id) => !found.some((each) => each.id === id))
  for (const id of left) {
    if (options.signal?.aborted === true) return true
    const one = await reader.read(type, id, options)
    if (one.ok) await take([one.value])
    else if (isClosed(one.problem)) return false
  }
  return true
}

/** All but "I do not have it" and "ask otherwise": asking on would not help. */
const isClosed = (problem: Problem): boolean =>
  problem.kind !== 'http' || ![400, 404, 405, 410, 422, 501].includes(problem.status)

const batches = (all: readonly LiteralReference[]): readonly (readonly LiteralReference[])[] =>
  Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) => all.slice(n * BATCH, (n + 1) * BATCH))
