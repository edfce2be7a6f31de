import type { HistoryType } from './history-types'

/** Types that a chart and a payer both keep of the same things. */
export type CompareType = Exclude<
  HistoryType,
  'ExplanationOfBenefit' | 'Coverage' | 'Consent' | 'RelatedPerson' | 'Specimen' | 'QuestionnaireResponse'
>

/** What is read of the chart to compare with, and how one of it is called. */
export const nouns: Readonly<Record<CompareType, string>> = {
  Condition: 'problem',
  MedicationRequest: 'medicine',
  MedicationDispense: 'fill',
  MedicationStatement: 'medicine',
  AllergyIntolerance: 'allergy',
  Procedure: 'procedure',
  Encounter: 'visit',
  Immunization: 'immunization',
  Observation: 'measurement',
  DiagnosticReport: 'report',
  DocumentReference: 'document',
  CarePlan: 'care plan',
  CareTeam: 'care team',
  Goal: 'goal',
  ServiceRequest: 'order',
  Device: 'device',
}

const isCompareType = (type: string): type is CompareType => Object.hasOwn(nouns, type)

export const COMPARE_TYPES: readonly CompareType[] = Object.keys(nouns).filter(isCompareType)

/** Why a type is not compared at all; undefined where it is. */
export function noCounterpart(type: string): string | undefined {
  if (type === 'ExplanationOfBenefit') return 'A bill has no counterpart in the chart.'
  return isCompareType(type) ? undefined : 'Records of this kind are not compared with the chart.'
}

/** The chart's types that a payer's type may be found in: a prescription may stand there as a statement. */
export function comparedWith(type: string): readonly CompareType[] {
  if (type === 'MedicationRequest' || type === 'MedicationStatement')
    return ['MedicationRequest', 'MedicationStatement']
  return isCompareType(type) ? [type] : []
}
