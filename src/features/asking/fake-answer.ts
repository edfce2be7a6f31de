import type { ApprovedRequest } from '../../domain/crd/guard'
import type { FhirJson, JsonObject } from '../../domain/json'

/** One coverage-information extension of CRD 2.2 from its parts. */
export const coverageInformation = (...parts: readonly JsonObject[]): JsonObject => ({
  url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
  extension: [
    { url: 'coverage', valueReference: { reference: 'Coverage/c1' } },
    ...parts,
    { url: 'date', valueDate: '2026-11-20' },
    { url: 'coverage-assertion-id', valueString: 'AH-7F31-0092' },
  ],
})

/** A hook response whose system action carries these extensions on the order that was asked about. */
export function responseWith(
  request: ApprovedRequest,
  extension: readonly JsonObject[],
  cards: readonly JsonObject[] = [],
): unknown {
  const context = request.json.context as { draftOrders: { entry: { resource: FhirJson }[] } }
  const order = context.draftOrders.entry[0]?.resource
  const systemActions =
    extension.length === 0
      ? []
      : [{ type: 'update', description: 'Coverage', resource: { ...order, extension } }]
  return { cards, systemActions }
}
