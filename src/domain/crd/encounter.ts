import type { FhirJson } from '../json'
import { billingExtensions, coding, plainConcept, reasons, reference } from './order-elements'
import type { DraftEncounter } from './question'

/** A visit that does not exist, as a planned Encounter (CRD profile-encounter, US Core Encounter). */
export function encounterResource(draft: DraftEncounter, patientId: string): FhirJson {
  const type = plainConcept({
    coding: draft.type,
    billing: [],
    ...(draft.text !== undefined && { text: draft.text }),
  })
  return {
    resourceType: 'Encounter',
    id: draft.id,
    status: 'planned',
    class: coding(draft.class),
    type: [type],
    // CRD 2.2 puts the billing options on the service type.
    ...(draft.billing.length > 0 && {
      serviceType: { ...billingExtensions(draft.billing), ...type },
    }),
    subject: { reference: `Patient/${patientId}` },
    ...(draft.practitioner && { participant: [{ individual: reference(draft.practitioner) }] }),
    period: { start: draft.start, ...(draft.end !== undefined && { end: draft.end }) },
    ...reasons(draft.reasons),
    ...(draft.location && { location: [{ location: reference(draft.location) }] }),
  }
}
