import { rangeOfElement } from './date-range'
import { asText, isJson, valuesAt } from './elements'
import type { SearchPlan, SortKey } from './search-plan'
import type { FhirStore } from './store'
import { fold, stringsOf } from './string-match'
import type { Stored } from './types'

/** Whether the caller may see a resource. */
export type Visible = (resource: Stored) => boolean

/** The matches of a planned search, sorted; inclusions and paging come after. */
export const runSearch = (store: FhirStore, plan: SearchPlan, visible: Visible): readonly Stored[] => {
  const candidates = plan.patients
    ? [...new Set(plan.patients.flatMap((patient) => store.all(plan.type, patient)))]
    : store.all(plan.type)
  const matches = candidates.filter((r) => plan.filters.every((filter) => filter(r)) && visible(r))
  return plan.sort.length > 0 ? sorted(matches, plan.sort) : matches
}

const sorted = (resources: readonly Stored[], keys: readonly SortKey[]): readonly Stored[] => {
  const rows = resources.map((resource) => ({
    resource,
    values: keys.map((key) => sortValue(resource, key)),
  }))
  rows.sort((a, b) => {
    for (const [i, key] of keys.entries()) {
      const order = compare(a.values[i], b.values[i], key.descending)
      if (order !== 0) return order
    }
    return 0
  })
  return rows.map((row) => row.resource)
}

/** Resources without the element come last in both directions. */
const compare = (
  a: string | number | undefined,
  b: string | number | undefined,
  descending: boolean,
): number => {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b === descending ? 1 : -1
}

const sortValue = (resource: Stored, key: SortKey): string | number | undefined => {
  const elements = key.parameter.paths.flatMap((path) => valuesAt(resource, path))
  if (key.parameter.kind === 'date') {
    const ranges = elements.flatMap((element) => rangeOfElement(element) ?? [])
    if (ranges.length === 0) return undefined
    return key.descending ? Math.max(...ranges.map((r) => r.start)) : Math.min(...ranges.map((r) => r.start))
  }
  const texts = elements.flatMap((element) =>
    key.parameter.kind === 'string' ? stringsOf(element) : codesOf(element),
  )
  const folded = texts.map(fold).sort()
  return key.descending ? folded.at(-1) : folded[0]
}

const codesOf = (element: unknown): readonly string[] => {
  if (!isJson(element))
    return typeof element === 'string' || typeof element === 'boolean' ? [String(element)] : []
  if (Array.isArray(element.coding)) return element.coding.flatMap(codesOf)
  return [asText(element.code) ?? asText(element.value) ?? []].flat()
}
