import { type FhirJson, isObject, isResource, type JsonObject, list, objects, text } from '../json'
import { ok, type Result } from '../result'
import type { Path, PathStep } from './path'

/**
 * Something on the way of a path. `type`: the type that a choice element's name tells. A `pointer` is a resource that is known by
 * its reference alone; it is read only where the path goes on into it, so that most prefetch tokens need no read at all.
 */
type Item =
  | { readonly kind: 'value'; readonly value: unknown; readonly type?: string }
  | { readonly kind: 'pointer'; readonly type: string; readonly id: string }

/** What a path is walked over. */
export interface PathWorld {
  /** Values by root: `context`, prefetch keys, user tokens. */
  readonly roots: Readonly<Record<string, unknown>>
  readonly fhirBase: string
  /** The hypothetical orders: they exist nowhere, so references to them are resolved here (CRD found-36). */
  readonly drafts: readonly FhirJson[]
  readonly read: (type: string, id: string) => Promise<Result<FhirJson | undefined>>
}

/** Every value that a path leads to; resources known by reference alone come as `{resourceType, id}`. Problems: those of `read`. */
export async function walk(path: Path, world: PathWorld): Promise<Result<readonly unknown[]>> {
  const root = Object.hasOwn(world.roots, path.root) ? world.roots[path.root] : undefined
  let items = toItems(root)
  for (const step of path.steps) {
    const next = await take(step, items, world)
    if (!next.ok) return next
    items = next.value
  }
  return ok(
    items.map((item) => (item.kind === 'value' ? item.value : { resourceType: item.type, id: item.id })),
  )
}

async function take(
  step: PathStep,
  items: readonly Item[],
  world: PathWorld,
): Promise<Result<readonly Item[]>> {
  switch (step.kind) {
    case 'first':
      return ok(items.slice(0, 1))
    case 'ofType':
      return ok(items.filter((item) => isOfType(item, step.type)))
    case 'resolve':
      return ok(items.flatMap((item) => resolve(item, world)))
    case 'extension':
    case 'element': {
      const taken = await Promise.all(items.map((item) => enter(item, step, world)))
      const found: Item[] = []
      for (const result of taken) {
        if (!result.ok) return result
        found.push(...result.value)
      }
      return ok(found)
    }
  }
}

async function enter(
  item: Item,
  step: PathStep & { readonly kind: 'element' | 'extension' },
  world: PathWorld,
): Promise<Result<readonly Item[]>> {
  if (item.kind === 'value') return ok(inside(item.value, step))
  if (step.kind === 'element' && step.name === 'id') return ok(toItems(item.id))
  const resource = await world.read(item.type, item.id)
  return resource.ok ? ok(inside(resource.value, step)) : resource
}

function inside(
  value: unknown,
  step: PathStep & { readonly kind: 'element' | 'extension' },
): readonly Item[] {
  if (!isObject(value)) return []
  if (step.kind === 'extension')
    return objects(value, 'extension')
      .filter((extension) => extension.url === step.url)
      .map((extension) => ({ kind: 'value', value: extension }))
  if (Object.hasOwn(value, step.name)) return toItems(value[step.name])
  if (/^[A-Z]/.test(step.name)) return resourcesOf(value, step.name)
  // Choice types: `medication` is written medicationReference or medicationCodeableConcept.
  return Object.entries(value).flatMap(([key, choice]) => {
    const type = key.startsWith(step.name) ? key.slice(step.name.length) : ''
    return choiceTypes.has(type) ? toItems(choice).map((item) => ({ ...item, type })) : []
  })
}

/** CRD 1.1 names the resources of a Bundle by their type: `context.draftOrders.ServiceRequest.id`. */
const resourcesOf = (value: JsonObject, type: string): readonly Item[] =>
  [value, ...objects(value, 'entry').map((entry) => entry.resource)].flatMap((each): readonly Item[] =>
    isResource(each) && each.resourceType === type ? [{ kind: 'value', value: each }] : [],
  )

const choiceTypes: ReadonlySet<string> = new Set(
  (
    'Address Age Annotation Attachment Base64Binary Boolean Canonical Code CodeableConcept Coding ContactDetail ContactPoint ' +
    'Date DateTime Decimal Dosage Duration Expression HumanName Id Identifier Instant Integer Markdown Meta Money Oid ' +
    'Period PositiveInt Quantity Range Ratio Reference SampledData Signature String Time Timing UnsignedInt Uri Url Uuid'
  ).split(' '),
)

function isOfType(item: Item, type: string): boolean {
  if (item.kind === 'pointer') return item.type === type
  if (isResource(item.value)) return item.value.resourceType === type
  return item.type?.toLowerCase() === type.toLowerCase()
}

/** A Reference or a reference as text: to a draft of the question, else into the chart. Other servers are not followed. */
function resolve(item: Item, world: PathWorld): readonly Item[] {
  if (item.kind === 'pointer') return []
  const reference = text(item.value) ?? text(item.value, 'reference')
  const pointer = reference === undefined ? undefined : localReference(reference, world.fhirBase)
  if (pointer === undefined) return []
  const draft = world.drafts.find((each) => each.resourceType === pointer.type && each.id === pointer.id)
  return draft === undefined ? [{ kind: 'pointer', ...pointer }] : [{ kind: 'value', value: draft }]
}

/** `Type/id`, relative or below the chart's base, with or without a version. */
function localReference(
  reference: string,
  fhirBase: string,
): { readonly type: string; readonly id: string } | undefined {
  const relative = reference.startsWith(`${fhirBase}/`) ? reference.slice(fhirBase.length + 1) : reference
  const match = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(relative)
  const [, type, id] = match ?? []
  return type === undefined || id === undefined ? undefined : { type, id }
}

/** FHIRPath knows no lists of lists and no null. */
function toItems(value: unknown): readonly Item[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? list(value) : [value]).flatMap((each): readonly Item[] =>
    each === undefined || each === null ? [] : [{ kind: 'value', value: each }],
  )
}
