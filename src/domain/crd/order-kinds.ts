import type { JsonObject } from '../json'
import type { Lens } from './order-details'
import {
  billingExtensions,
  concept,
  plainConcept,
  quantity,
  reasons,
  reference,
  timing,
} from './order-elements'
import type { DraftOrder } from './scenario'

/** The kinds of order whose elements have names of their own in FHIR R4. */

/** NutritionOrder: one diet, supplement or formula. FHIR R4 gives it no reason, performer or insurance. */
export function nutrition(order: DraftOrder): JsonObject {
  const type = plainConcept(order)
  const amount = order.quantity && quantity(order.quantity)
  const schedule =
    order.frequency === undefined && order.occurrence === undefined
      ? undefined
      : timing(order.frequency, order.occurrence)
  switch (order.nutrition ?? 'oral-diet') {
    case 'oral-diet':
      return { oralDiet: { type: [type], ...(schedule && { schedule: [schedule] }) } }
    case 'supplement':
      return {
        supplement: [
          { type, ...(schedule && { schedule: [schedule] }), ...(amount && { quantity: amount }) },
        ],
      }
    case 'enteral-formula': {
      const administration = { ...(schedule && { schedule }), ...(amount && { quantity: amount }) }
      return {
        enteralFormula: {
          baseFormulaType: type,
          ...(Object.keys(administration).length > 0 && { administration: [administration] }),
        },
      }
    }
  }
}

const bothEyes: readonly Lens[] = [{ eye: 'right' }, { eye: 'left' }]

/** VisionPrescription: a lens for each eye, all of the product that was chosen. */
export const lenses = (order: DraftOrder): JsonObject => ({
  lensSpecification: (order.lenses ?? bothEyes).map(({ prism, ...lens }) => ({
    // CRD 2.2 puts the billing options on the lens, not on its product.
    ...billingExtensions(order.billing),
    product: plainConcept(order),
    ...lens,
    ...(prism && { prism: [prism] }),
  })),
})

/** The R5 element that CRD has in a CommunicationRequest, as 2.2 spells it and as the guides before it do. */
const contentExtension = {
  escaped:
    'http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content%5Bx%5D',
  plain: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]',
} as const

/** How the URL of that extension is spelled: it differs between the versions of CRD. */
export type ContentSpelling = keyof typeof contentExtension

/** CommunicationRequest: which record is to be sent, on whose order, by whom and to whom. */
export const communication = (order: DraftOrder, spelling: ContentSpelling): JsonObject => ({
  ...(order.basedOn && { basedOn: [reference(order.basedOn)] }),
  payload: [
    {
      extension: [{ url: contentExtension[spelling], valueCodeableConcept: concept(order) }],
      // R4 demands content[x] itself, and has no code there.
      contentString:
        order.text?.trim() || order.coding.map((each) => each.display || each.code)[0] || 'Records',
    },
  ],
  ...(order.occurrence !== undefined && { occurrenceDateTime: order.occurrence }),
  ...(order.performer && { recipient: [reference(order.performer)] }),
  ...(order.sender && { sender: reference(order.sender) }),
  ...reasons(order.reasons),
})
