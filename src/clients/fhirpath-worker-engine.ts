import fhirpath from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4'
import { namesIn } from '../domain/crd/path'
import { type FhirJson, isObject, isResource, text } from '../domain/json'

/** Names that the engine brings itself. */
const ownNames = new Set(['resource', 'rootResource', 'ucum', 'sct', 'loinc', 'terminologies', 'factory'])

/**
 * FHIRPath over R4, synchronous and without any network: asynchronous functions fail. `resolve()` finds resources in the input and
 * the variables; one that is not there is known by the type and id of its reference. Throws where the expression is wrong.
 */
export function evaluateFhirPath(
  expression: string,
  input: unknown,
  variables: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  // An undefined %name makes the engine throw: a name that has no value is empty.
  const absent = namesIn(expression).filter((name) => !ownNames.has(name) && !Object.hasOwn(variables, name))
  const given = Object.entries(variables).map(([name, value]) => [name, value ?? []] as const)
  const known = resourcesIn([input, variables])
  const found: unknown = fhirpath.evaluate(
    // The engine writes type information into what it is given.
    structuredClone(input),
    expression,
    structuredClone(Object.fromEntries([...absent.map((name) => [name, []] as const), ...given])),
    r4,
    {
      userInvocationTable: {
        resolve: {
          fn: (nodes: unknown[]) => nodes.flatMap((node) => resolve(node, known)),
          arity: { 0: [] },
          internalStructures: true,
        },
      },
    },
  )
  // Plain JSON: the engine's own objects cannot leave the worker.
  return Array.isArray(found) ? (JSON.parse(JSON.stringify(found)) as unknown[]) : []
}

function resolve(node: unknown, known: ReadonlyMap<string, FhirJson>): readonly unknown[] {
  const value: unknown = fhirpath.util.valData(node)
  const reference = text(value) ?? text(value, 'reference')
  const [, type, id] =
    /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference ?? '') ?? []
  if (type === undefined || id === undefined) return []
  const resource = structuredClone(known.get(`${type}/${id}`)) ?? { resourceType: type, id }
  return [asNode(resource, node)]
}

/** Only as a node of the engine does a resource have a type for `ofType`; the engine gives no other way to make one than its own class. */
function asNode(resource: unknown, like: unknown): unknown {
  const node = like as { readonly ctx?: unknown; readonly constructor?: { readonly makeResNode?: unknown } }
  const make = node?.constructor?.makeResNode
  return typeof make === 'function' ? make(node.ctx, resource, null, null, null, null) : resource
}

/** Every resource in these values, by `Type/id`. */
function resourcesIn(values: readonly unknown[]): ReadonlyMap<string, FhirJson> {
  const found = new Map<string, FhirJson>()
  const open: unknown[] = [...values]
  while (open.length > 0) {
    const value = open.pop()
    if (isResource(value) && value.id !== undefined) found.set(`${value.resourceType}/${value.id}`, value)
    if (Array.isArray(value)) open.push(...value)
    else if (isObject(value)) open.push(...Object.values(value))
  }
  return found
}
