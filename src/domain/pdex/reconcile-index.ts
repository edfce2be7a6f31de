import { objects, text } from '../json'
import { keySystems, type RecordCodes, recordCodes } from './reconcile-codes'
import type { Span } from './reconcile-dates'
import type { ComparedRecord } from './reconcile-record'
import { happened } from './reconcile-rules'
import type { CompareType } from './reconcile-types'

/** The chart's records, to be found by what they are. Made once; each look-up costs what it finds. */
export interface ChartIndex {
  byIdentifier(system: string | undefined, value: string | undefined): readonly ComparedRecord[]
  /** With one code in common; by exact name only where neither side is coded. */
  sharing(types: readonly CompareType[], codes: RecordCodes): readonly ComparedRecord[]
  /** Whether one has exactly this name. */
  named(types: readonly CompareType[], name: string): boolean
  /** The code systems that these types are coded in. */
  systems(types: readonly CompareType[]): readonly string[]
  /** Those that may overlap with a span: of the days from its beginning to its end. */
  around(types: readonly CompareType[], span: Span | undefined): readonly ComparedRecord[]
}

export function chartIndex(records: readonly ComparedRecord[]): ChartIndex {
  const identifiers = multimap<ComparedRecord>()
  const coded = multimap<ComparedRecord>()
  const uncoded = multimap<ComparedRecord>()
  const names = new Set<string>()
  const systems = new Map<string, Set<string>>()
  const visits: { readonly record: ComparedRecord; readonly begins: string; readonly ends: string }[] = []
  for (const record of records) {
    const { resource } = record
    const type = resource.resourceType
    for (const identifier of objects(resource, 'identifier')) {
      const [system, value] = [text(identifier, 'system'), text(identifier, 'value')]
      if (system !== undefined && value !== undefined) identifiers.add(`${system}|${value}`, record)
    }
    const own = recordCodes(record)
    for (const key of own.keys) coded.add(`${type} ${key}`, record)
    if (own.text !== undefined) {
      names.add(`${type} ${own.text}`)
      if (own.keys.length === 0) uncoded.add(`${type} ${own.text}`, record)
    }
    const known = systems.get(type) ?? new Set()
    for (const system of keySystems(own.keys)) known.add(system)
    systems.set(type, known)
    if (type !== 'Encounter') continue
    const span = happened(resource)
    const [begins, ends] = [span?.from ?? span?.to, span?.to ?? span?.from]
    // A partial date reaches to the end of its year or month.
    if (begins !== undefined && ends !== undefined)
      visits.push({ record, begins: day(begins), ends: day(ends).padEnd(10, '~') })
  }
  const distinct = (found: readonly ComparedRecord[]): readonly ComparedRecord[] => [...new Set(found)]
  return {
    byIdentifier: (system, value) =>
      system === undefined || value === undefined ? [] : identifiers.get(`${system}|${value}`),
    sharing: (types, { keys, text: name }) =>
      distinct(
        types.flatMap((type) =>
          keys.length > 0
            ? keys.flatMap((key) => coded.get(`${type} ${key}`))
            : name === undefined
              ? []
              : uncoded.get(`${type} ${name}`),
        ),
      ),
    named: (types, name) => types.some((type) => names.has(`${type} ${name}`)),
    systems: (types) => [...new Set(types.flatMap((type) => [...(systems.get(type) ?? [])]))],
    around: (types, span) => {
      const [from, to] = [span?.from ?? span?.to, span?.to ?? span?.from]
      if (!types.includes('Encounter') || from === undefined || to === undefined) return []
      const [first, last] = [day(from), day(to).padEnd(10, '~')]
      return visits.flatMap((visit) => (visit.begins <= last && visit.ends >= first ? [visit.record] : []))
    },
  }
}

const day = (date: string): string => date.slice(0, 10)

function multimap<T>() {
  const held = new Map<string, T[]>()
  return {
    add(key: string, value: T): void {
      const known = held.get(key)
      if (known) known.push(value)
      else held.set(key, [value])
    },
    get: (key: string): readonly T[] => held.get(key) ?? [],
  }
}
