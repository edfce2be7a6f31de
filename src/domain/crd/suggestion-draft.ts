import { literal } from '../fhir/references'
import { at, type FhirJson, objects, text } from '../json'
import { coverageInformationUrl } from './foreign-changes'
import { namesOtherPatient } from './guard-scan'
import { payerText } from './payer-text'
import { isTooDeep, rewriteReferences } from './suggestion-references'

/** What a hypothetical question can be about, with the element that names its patient (CRD hook-2). */
const patientElement = {
  ServiceRequest: 'subject',
  DeviceRequest: 'subject',
  MedicationRequest: 'subject',
  CommunicationRequest: 'subject',
  NutritionOrder: 'patient',
  VisionPrescription: 'patient',
  Appointment: 'participant',
} as const

/** Whether this type is an order or an appointment: only these stand in a hypothetical question. */
export const isHypotheticalType = (type: string): boolean => Object.hasOwn(patientElement, type)

/** A payer's proposal as a draft of this question, or a sentence why it cannot be one. */
export type DraftOutcome =
  | { readonly ok: true; readonly draft: FhirJson; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** Whose question it is. */
export interface DraftFrame {
  readonly patientId: string
  readonly fhirBase: string
}

/**
 * Makes a proposed order or appointment hypothetical: it stays a draft (`proposed` for appointments) whatever status was given, is
 * about this patient, and carries no earlier answer (that one was about another order), no narrative and no `meta`.
 */
export function asDraft(given: FhirJson, frame: DraftFrame): DraftOutcome {
  if (isTooDeep(given)) return { ok: false, reason: 'It is nested too deeply to be read.' }
  const { meta: _meta, text: _narrative, ...kept } = given
  const own = `Patient/${frame.patientId}`
  // Payers put their own base before the patient's reference; it is the same patient by id.
  const drafted = rewriteReferences({ ...kept, resourceType: given.resourceType }, (reference) => {
    const target = literal(reference)
    return target?.type === 'Patient' && target.id === frame.patientId ? own : reference
  })
  const wrong = wrongPatient(drafted, frame)
  if (wrong !== undefined) return { ok: false, reason: wrong }
  const status = given.resourceType === 'Appointment' ? 'proposed' : 'draft'
  const element = elementOf(given.resourceType)
  const wasStatus = payerText(given.status, 50)
  return {
    ok: true,
    draft: {
      ...withoutAnswers(drafted),
      status,
      ...(element !== 'participant' && drafted[element] === undefined && { [element]: { reference: own } }),
    },
    notes:
      wasStatus === undefined || wasStatus === status
        ? []
        : [`The payer proposes it as “${wasStatus}”. Here it stays a draft.`],
  }
}

const elementOf = (type: string): 'subject' | 'patient' | 'participant' =>
  isHypotheticalType(type) ? patientElement[type as keyof typeof patientElement] : 'subject'

function wrongPatient(resource: FhirJson, frame: DraftFrame): string | undefined {
  if (namesOtherPatient(resource, frame.patientId, frame.fhirBase)) return 'It names another patient.'
  const element = elementOf(resource.resourceType)
  if (element === 'participant') return undefined
  const about = resource[element]
  return about === undefined || text(at(about, 'reference')) === `Patient/${frame.patientId}`
    ? undefined
    : 'It does not say in a way that can be checked that it is for this patient.'
}

/** An answer holds for the order that it was given for. */
function withoutAnswers(resource: FhirJson): FhirJson {
  const { extension, ...others } = resource
  if (extension === undefined) return resource
  const kept = objects(resource, 'extension').filter((each) => each.url !== coverageInformationUrl)
  return {
    ...others,
    resourceType: resource.resourceType,
    ...(kept.length > 0 && { extension: kept }),
  }
}
