import { at, type FhirJson, list, objects, text } from '../json'
import type { SearchParams } from '../ports'
import { ok, type Result } from '../result'
import type { Found, PrefetchCache } from './prefetch-cache'

/** Where the search parameters that CRD includes by lie in a resource; all others have the name of their element. */
const elementsOf: Readonly<Record<string, readonly string[]>> = {
  patient: ['subject', 'patient', 'beneficiary', 'for'],
  subject: ['subject'],
  requester: ['requester', 'orderer', 'prescriber'],
  provider: ['orderer'],
  'based-on': ['basedOn'],
  location: ['locationReference', 'location.location', 'location'],
  medication: ['medicationReference'],
  device: ['codeReference'],
  'intended-dispenser': ['dispenseRequest.performer'],
  practitioner: ['participant.individual', 'practitioner'],
  'service-provider': ['serviceProvider'],
  actor: ['participant.actor'],
  payor: ['payor'],
}

/**
 * The chart's reads and searches with resources among them that exist nowhere: reads find them, and so do searches by `_id`, with
 * what they `_include`, each included resource read once. What was included may itself be included from (`_include:iterate`).
 */
export function withHypotheticals(
  cache: PrefetchCache,
  hypotheticals: readonly FhirJson[],
  fhirBase: string,
): PrefetchCache {
  if (hypotheticals.length === 0) return cache
  const known = (type: string, id: string) =>
    hypotheticals.find((each) => each.resourceType === type && each.id === id)
  const read: PrefetchCache['read'] = async (type, id) => {
    const found = known(type, id)
    return found === undefined ? cache.read(type, id) : ok(found)
  }
  return {
    read,
    seed: cache.seed,
    async search(type, params) {
      const ids = [...new Set(params.find(([name]) => name === '_id')?.[1].split(',') ?? [])]
      const here = ids.flatMap((id) => known(type, id) ?? [])
      if (here.length === 0) return cache.search(type, params)
      const others = ids.filter((id) => known(type, id) === undefined)
      const rest: Result<Found> =
        others.length === 0
          ? ok({ matches: [], includes: [] })
          : await cache.search(
              type,
              params.map(([name, value]) => [name, name === '_id' ? others.join(',') : value] as const),
            )
      if (!rest.ok) return rest
      const included = await include(here, params, read, fhirBase)
      if (!included.ok) return included
      return ok({
        matches: [...here, ...rest.value.matches],
        includes: distinct([...included.value, ...rest.value.includes]),
      })
    },
  }
}

/** CRD's longest chain is order, role, practitioner, organization. */
const depth = 4

/** What the matches refer to by the `_include` parameters. A reference that leads to nothing is no failure. */
async function include(
  matches: readonly FhirJson[],
  params: SearchParams,
  read: PrefetchCache['read'],
  fhirBase: string,
): Promise<Result<readonly FhirJson[]>> {
  const wanted = params.flatMap(([name, value]) => (name.startsWith('_include') ? [value.split(':')] : []))
  let from = matches
  let found: readonly FhirJson[] = []
  for (let level = 0; level < depth && from.length > 0; level += 1) {
    const pointers = new Set(
      from.flatMap((resource) => wanted.flatMap((include) => referredBy(resource, include, fhirBase))),
    )
    for (const each of [...matches, ...found]) pointers.delete(`${each.resourceType}/${each.id}`)
    const reads = await Promise.all(
      [...pointers].map((pointer) => {
        const [type = '', id = ''] = pointer.split('/')
        return read(type, id)
      }),
    )
    const next: FhirJson[] = []
    for (const each of reads) {
      if (!each.ok) return each
      if (each.value !== undefined) next.push(each.value)
    }
    found = [...found, ...next]
    from = next
  }
  return ok(found)
}

/** `Type/id` of what a resource refers to by one `_include` value, e.g. ServiceRequest:requester:PractitionerRole. */
function referredBy(resource: FhirJson, include: readonly string[], fhirBase: string): readonly string[] {
  const [source, parameter = '', target] = include
  if (source !== resource.resourceType) return []
  const elements = elementsOf[parameter] ?? [parameter]
  return elements
    .flatMap((element) => values(resource, element.split('.')))
    .flatMap((value) => {
      const reference = text(value, 'reference')
      const relative = reference?.startsWith(`${fhirBase}/`)
        ? reference.slice(fhirBase.length + 1)
        : reference
      const [pointer, type] = /^([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}/.exec(relative ?? '') ?? []
      return pointer === undefined || (target !== undefined && target !== type) ? [] : [pointer]
    })
}

const values = (value: unknown, path: readonly string[]): readonly unknown[] => {
  const [step, ...rest] = path
  if (step === undefined) return list(value)
  return objects(value).flatMap((each) => values(at(each, step), rest))
}

const distinct = (resources: readonly FhirJson[]): readonly FhirJson[] => [
  ...new Map(resources.map((each) => [`${each.resourceType}/${each.id}`, each])).values(),
]
