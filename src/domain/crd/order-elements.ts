import type { JsonObject } from '../json'
import type { CodeChoice } from '../ports'
import type { Frequency } from './order-details'
import type { DraftOrder, Party, Reason } from './scenario'

/** The pieces of FHIR R4 that all kinds of order are made of. */

const billingOptions = 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options'

/** Likely billing codes as the CRD extension (billopt-1), for the element that the guide puts it on. */
export const billingExtensions = (billing: readonly CodeChoice[]): JsonObject =>
  billing.length === 0
    ? {}
    : {
        extension: billing.map((code) => ({
          url: billingOptions,
          valueCodeableConcept: { coding: [coding(code)] },
        })),
      }

/**
 * What is ordered. Likely billing codes go into the extension (CRD billopt-1); a single one also stands beside the clinical code,
 * where payers of any version look (CRD found-12, impl-4). Several are options, not one meaning, so they stay in the extension.
 */
export const concept = (order: Pick<DraftOrder, 'coding' | 'text' | 'billing'>): JsonObject => ({
  ...billingExtensions(order.billing),
  ...plainConcept(order),
})

/** The same without the extension, for elements where the guide does not put it. */
export function plainConcept(order: Pick<DraftOrder, 'coding' | 'text' | 'billing'>): JsonObject {
  const only = order.billing.length === 1 ? order.billing : []
  const codings = [...order.coding]
  for (const code of only) if (!codings.some((c) => isSame(c, code))) codings.push(code)
  const text = trimmed(order.text)
  return {
    ...(codings.length > 0 && { coding: codings.map(coding) }),
    ...(text !== undefined && { text }),
  }
}

/** A reason of the chart is given both ways: the code for payers that read codes, the Condition for those that follow references. */
export function reasons(given: readonly Reason[]): JsonObject {
  const codes = given.flatMap((reason) => {
    const text = trimmed(reason.text)
    if (reason.coding.length === 0 && text === undefined) return []
    return [
      {
        ...(reason.coding.length > 0 && { coding: reason.coding.map(coding) }),
        ...(text !== undefined && { text }),
      },
    ]
  })
  const references = given.flatMap((r) => (r.reference === undefined ? [] : [{ reference: r.reference }]))
  return {
    ...(codes.length > 0 && { reasonCode: codes }),
    ...(references.length > 0 && { reasonReference: references }),
  }
}

/** When, by date alone or as a Timing with how often: `occurrence[x]`. */
export function occurrence(order: Pick<DraftOrder, 'occurrence' | 'frequency'>): JsonObject {
  if (order.frequency !== undefined) return { occurrenceTiming: timing(order.frequency, order.occurrence) }
  return order.occurrence === undefined ? {} : { occurrenceDateTime: order.occurrence }
}

/** A Timing. `start`: YYYY-MM-DD. */
export const timing = (frequency: Frequency | undefined, start: string | undefined): JsonObject => ({
  repeat: {
    ...(start !== undefined && { boundsPeriod: { start } }),
    ...(frequency && {
      frequency: frequency.times,
      period: frequency.period,
      periodUnit: frequency.unit,
    }),
  },
})

export const coding = (choice: CodeChoice): JsonObject => {
  const display = trimmed(choice.display)
  return { system: choice.system, code: choice.code, ...(display !== undefined && { display }) }
}

export const reference = (party: Party): JsonObject => {
  const display = trimmed(party.display)
  return {
    ...(party.reference !== undefined && { reference: party.reference }),
    ...(display !== undefined && { display }),
  }
}

/** Who performs: a reference where the profile has one to such a resource, else the same one by identifier and name. */
export function performer(party: Party, types: readonly string[]): JsonObject {
  const type = party.reference?.split('/')[0]
  if (type === undefined || types.includes(type)) return reference(party)
  const display = trimmed(party.display)
  return {
    ...(party.identifier && { identifier: { ...party.identifier } }),
    ...(display !== undefined && { display }),
  }
}

export const quantity = (given: { readonly value: number; readonly unit?: string }): JsonObject => {
  const unit = trimmed(given.unit)
  return { value: given.value, ...(unit !== undefined && { unit }) }
}

const isSame = (a: CodeChoice, b: CodeChoice): boolean => a.system === b.system && a.code === b.code

/** FHIR forbids blank strings. */
export const trimmed = (value: string | undefined): string | undefined => {
  const found = value?.trim()
  return found === '' ? undefined : found
}
