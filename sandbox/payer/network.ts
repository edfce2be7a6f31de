import { at, isObject, type JsonObject, localReference, objectsIn, textOf } from './json'

/** Somebody in the payer's directory of providers. */
export interface Provider {
  readonly name: string
  readonly identifier: { readonly system: string; readonly value: string }
  readonly inNetwork: boolean
  /** What they do, e.g. `dme`; alternatives are those who do the same. */
  readonly kinds: readonly string[]
}

const same = (a: unknown, b: string): boolean => textOf(a)?.trim().toLowerCase() === b.toLowerCase()

const isNamed = (resource: JsonObject, provider: Provider): boolean =>
  objectsIn(resource.identifier).some(({ value }) => value === provider.identifier.value) ||
  same(resource.name, provider.name) ||
  objectsIn(resource.name).some(({ text }) => same(text, provider.name))

/** The resources that a reference leads to among those sent: itself, and behind a PractitionerRole its practitioner and organization. */
function behind(reference: unknown, sent: readonly JsonObject[], deep = true): readonly JsonObject[] {
  const local = localReference(at(reference, 'reference'))
  const found = sent.filter(
    ({ resourceType, id }) => local !== undefined && `${resourceType}/${id}` === local,
  )
  const next = found
    .flatMap(({ organization, practitioner }) => [organization, practitioner])
    .filter(isObject)
  return deep ? [...found, ...next.flatMap((inner) => [inner, ...behind(inner, sent, false)])] : found
}

/** The directory's entry for a performer, by identifier, name or display; undefined when the payer does not know them. */
export function providerOf(
  performer: JsonObject,
  sent: readonly JsonObject[],
  directory: readonly Provider[],
): Provider | undefined {
  const candidates = [performer, ...behind(performer, sent)]
  return directory.find((provider) =>
    candidates.some(
      (candidate) =>
        at(candidate, 'identifier', 'value') === provider.identifier.value ||
        same(candidate.display, provider.name) ||
        isNamed(candidate, provider),
    ),
  )
}

/** References of those who are to do it: of the order, of the appointment, or the one it is dispatched to. */
export function performersOf(order: JsonObject, dispatchedTo: string | undefined): readonly JsonObject[] {
  const own = isObject(order.performer) ? [order.performer] : objectsIn(order.performer)
  const dispenser = at(order, 'dispenseRequest', 'performer')
  const actors = objectsIn(order.participant)
    .flatMap(({ actor, individual }) => [actor, individual])
    .filter(isObject)
    .filter(({ reference }) => !localReference(reference)?.startsWith('Patient/'))
  return [
    ...(dispatchedTo ? [{ reference: dispatchedTo }] : []),
    ...own,
    ...(isObject(dispenser) ? [dispenser] : []),
    ...actors,
  ]
}

/** Those in the network who do what a provider outside it does. */
export const alternativesTo = (outsider: Provider, directory: readonly Provider[]): readonly Provider[] =>
  directory.filter(({ inNetwork, kinds }) => inNetwork && kinds.some((kind) => outsider.kinds.includes(kind)))
