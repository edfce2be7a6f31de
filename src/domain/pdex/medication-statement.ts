import { formatDate } from '../fhir/format-date'
import { type FhirJson, isObject, type JsonObject, list, number, text } from '../json'
import type { PrepareContext } from './prepare'

/**
 * A prescription or a fill that a payer knows of, as a statement. Its status is `unknown`: a fill is no evidence of use, and an
 * active prescription at the payer is no order here (PDex facts 9).
 */
export function medicationStatement(source: FhirJson, context: PrepareContext): FhirJson {
  const when = text(source, 'whenHandedOver') ?? text(source, 'whenPrepared') ?? text(source, 'authoredOn')
  const dosage = list(source, 'dosageInstruction').filter(isObject)
  return {
    resourceType: 'MedicationStatement',
    ...(source.contained !== undefined && { contained: source.contained }),
    ...(source.identifier !== undefined && { identifier: source.identifier }),
    status: 'unknown',
    ...medication(source, context),
    ...(when !== undefined && { dateAsserted: when }),
    informationSource: { display: context.payerName },
    ...(list(source, 'reasonCode').length > 0 && { reasonCode: source.reasonCode }),
    note: [{ text: note(source, when, context.payerName) }],
    ...(dosage.length > 0 && { dosage }),
  }
}

/** By code, which means something in this chart, rather than by a reference, which does not. */
function medication(source: FhirJson, context: PrepareContext): JsonObject {
  const coded = source.medicationCodeableConcept
  if (isObject(coded)) return { medicationCodeableConcept: coded }
  const reference = source.medicationReference
  const target = context.references.find(reference, source)
  if (isObject(target?.code)) return { medicationCodeableConcept: target.code }
  return {
    medicationCodeableConcept: { text: text(reference, 'display') ?? 'Medication, not named by the payer' },
  }
}

function note(source: FhirJson, when: string | undefined, payerName: string): string {
  const days = number(source, 'daysSupply', 'value')
  const status = text(source, 'status')
  const isFill = source.resourceType === 'MedicationDispense'
  const event = isFill ? 'filled' : 'prescribed'
  return [
    `According to ${payerName}: ${event}${when === undefined ? ', date not stated' : ` ${formatDate(when)}`}`,
    ...(days === undefined ? [] : [`${days} days' supply`]),
    ...(status === undefined ? [] : [`status there: ${status}`]),
  ]
    .join(', ')
    .concat('. This is not proof of current use.')
}
