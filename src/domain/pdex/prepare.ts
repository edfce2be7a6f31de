import { type FhirJson, type JsonObject, list, objects } from '../json'
import { asHeard, type DiagnosisSay, diagnosis } from './diagnosis'
import { medicationStatement } from './medication-statement'
import { type ReferenceContext, rewriteReferences } from './prepare-references'
import type { HistoryRecord } from './record'
import { sourceIdentifier, sourceUrl } from './source-identifier'

export interface PrepareContext extends ReferenceContext {
  readonly payerBase: string
  readonly payerName: string
  /** What this EHR calls a diagnosis that nobody has confirmed; `unconfirmed` where it takes that. */
  readonly unconfirmed?: 'unconfirmed' | 'provisional'
  /** What the clinician said of it; nothing where it is no diagnosis. */
  readonly say?: DiagnosisSay
}

/** A payer's record as the chart is to get it, and what is different about it, in words. */
export interface Prepared {
  readonly resource: FhirJson
  readonly told: readonly string[]
}

/** The types that an entry can be made of, and the type it becomes. A pharmacy claim is no order (PDex facts 6.1). */
export const ENTRY_TYPES: Readonly<Record<string, string>> = {
  Condition: 'Condition',
  Procedure: 'Procedure',
  AllergyIntolerance: 'AllergyIntolerance',
  Immunization: 'Immunization',
  Observation: 'Observation',
  MedicationRequest: 'MedicationStatement',
  MedicationDispense: 'MedicationStatement',
  MedicationStatement: 'MedicationStatement',
}

/** Makes the chart's copy of a payer's record. Pure: the same record gives the same copy. */
export function prepare(record: HistoryRecord, context: PrepareContext): Prepared {
  const source = record.resource
  const isFill = source.resourceType === 'MedicationRequest' || source.resourceType === 'MedicationDispense'
  const medication = isFill ? medicationStatement(source, context) : undefined
  const { resource, keptAsText, leftOut } = rewriteReferences(medication ?? source, context)
  const adjusted =
    resource.resourceType === 'Condition'
      ? diagnosis(resource, record, context.unconfirmed ?? 'unconfirmed', context.say ?? asHeard)
      : undefined
  const content = adjusted?.resource ?? resource
  const told = [
    ...(isFill ? ['Written as a statement of medication, not as an order.'] : []),
    ...(adjusted?.told ?? []),
    ...(keptAsText.length > 0
      ? [`Kept as text, not in this EHR's directory: ${keptAsText.map((k) => k.toLowerCase()).join(', ')}.`]
      : []),
    ...(leftOut.length > 0
      ? [`Left out, as it points into the payer's records: ${leftOut.join(', ')}.`]
      : []),
  ]
  return { resource: finished(content, source, context), told }
}

/** Ours: identifier, patient, meta. Gone: the payer's id, narrative and language of that narrative. */
function finished(content: FhirJson, source: FhirJson, context: PrepareContext): FhirJson {
  const { resourceType, id: _id, text: _text, meta: _meta, identifier: _i, ...rest } = content
  const patient = { reference: `Patient/${context.patientId}` }
  const about =
    resourceType === 'AllergyIntolerance' || resourceType === 'Immunization' ? 'patient' : 'subject'
  const meta = keptMeta(source, resourceType)
  return {
    resourceType,
    ...(meta && { meta }),
    ...rest,
    identifier: [...objects(content, 'identifier'), sourceIdentifier(sourceUrl(context.payerBase, source))],
    [about]: patient,
  }
}

/** The profiles it keeps to, where its type is the same, and its security labels. */
function keptMeta(source: FhirJson, resourceType: string): JsonObject | undefined {
  const profile = source.resourceType === resourceType ? list(source.meta, 'profile') : []
  const security = objects(source.meta, 'security')
  if (profile.length === 0 && security.length === 0) return undefined
  return { ...(profile.length > 0 && { profile }), ...(security.length > 0 && { security }) }
}
