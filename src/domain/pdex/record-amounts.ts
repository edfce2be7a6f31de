import { type FhirJson, isObject, type JsonObject } from '../json'

/** Elements of a bill that are amounts of money in every FHIR version (R4 ExplanationOfBenefit). */
const MONEY_NAMES: ReadonlySet<string> = new Set([
  'amount',
  'net',
  'unitPrice',
  'allowedMoney',
  'usedMoney',
  'valueMoney',
  'payment',
  'factor',
])

const isMoney = (value: unknown): boolean => isObject(value) && typeof value.currency === 'string'

/**
 * A record without what was charged and paid: shown and kept so by default (PDex facts 5; CARIN Basis profiles have none). What
 * was decided (adjudication categories and reasons) stays. The same resource where it has no amount.
 */
export function withoutAmounts(resource: FhirJson): FhirJson {
  if (resource.resourceType !== 'ExplanationOfBenefit') return resource
  const bare = stripped(resource)
  return bare === resource ? resource : { ...bare, resourceType: resource.resourceType }
}

function stripped(object: JsonObject): JsonObject {
  let changed = false
  const kept = Object.entries(object).flatMap(([name, value]) => {
    if (MONEY_NAMES.has(name) || isMoney(value)) {
      changed = true
      return []
    }
    const next = Array.isArray(value) ? strippedList(value) : isObject(value) ? stripped(value) : value
    if (next !== value) changed = true
    return [[name, next] as const]
  })
  return changed ? Object.fromEntries(kept) : object
}

function strippedList(list: readonly unknown[]): readonly unknown[] {
  const next = list.map((each) => (isObject(each) ? stripped(each) : each))
  return next.some((each, index) => each !== list[index]) ? next : list
}
