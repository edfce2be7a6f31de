import { literal, type References } from '../fhir/references'
import { type FhirJson, isObject, type JsonObject, objects, text } from '../json'
import type { HistoryRecord } from './record'

/** The records that others may name. Made once; each look-up costs the same however many there are. */
export interface RecordIndex {
  /** The record behind a reference: a literal one, or one that has an identifier which a single record carries. */
  find(reference: unknown, container: FhirJson): HistoryRecord | undefined
  /** Those of a type that carry this identifier; without its system it says nothing. */
  carrying(type: string, identifier: JsonObject): readonly HistoryRecord[]
}

export function recordIndex(records: readonly HistoryRecord[], references: References): RecordIndex {
  const byName = new Map<string, HistoryRecord>()
  const byIdentifier = new Map<string, HistoryRecord[]>()
  for (const record of records) {
    const { resourceType, id } = record.resource
    if (id !== undefined) byName.set(`${resourceType}/${id}`, record)
    for (const identifier of objects(record.resource, 'identifier')) {
      const key = identifierKey(resourceType, identifier)
      if (key === undefined) continue
      const known = byIdentifier.get(key)
      if (known) known.push(record)
      else byIdentifier.set(key, [record])
    }
  }
  const carrying: RecordIndex['carrying'] = (type, identifier) =>
    byIdentifier.get(identifierKey(type, identifier) ?? '') ?? []
  return {
    carrying,
    find(reference, container) {
      const target = literal(text(reference, 'reference'))
      if (target !== undefined) {
        // One of another server is not found among this one's.
        const isHere = target.base === undefined || references.find(reference, container) !== undefined
        return isHere ? byName.get(`${target.type}/${target.id}`) : undefined
      }
      const [type, identifier] = [text(reference, 'type'), objects(reference, 'identifier')[0]]
      if (type === undefined || !isObject(identifier)) return undefined
      const found = carrying(type, identifier)
      return found.length === 1 ? found[0] : undefined
    },
  }
}

function identifierKey(type: string, identifier: JsonObject): string | undefined {
  const [system, value] = [text(identifier, 'system'), text(identifier, 'value')]
  return system === undefined || value === undefined ? undefined : `${type} ${system}|${value}`
}
