import { hasCode } from '../fhir/coding'
import { type FhirJson, isObject, type JsonObject, list } from '../json'
import type { EhrProfile } from './ehr-profile'
import type { HistoryRecord } from './record'

/** What the clinician says of one diagnosis of a payer's, by an act of their own. */
export interface DiagnosisSay {
  readonly isConfirmed: boolean
  readonly onProblemList: boolean
}

/** Nobody said anything of it. */
export const asHeard: DiagnosisSay = { isConfirmed: false, onProblemList: false }

/**
 * Whether the clinician may say more of a record: a diagnosis that was not ruled out, in an EHR that takes other than provisional ones
 * (Epic refuses them, PDex facts 6.3).
 */
export const mayBeSaid = ({ resource }: HistoryRecord, { conditions }: EhrProfile): boolean =>
  resource.resourceType === 'Condition' && conditions !== 'provisional' && !isRefuted(resource)

const isRefuted = (resource: FhirJson): boolean => hasCode(resource.verificationStatus, 'refuted')

const concept = (list: string, code: string): JsonObject => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code }],
})

/**
 * A diagnosis from a payer may be one to rule out: it comes in unconfirmed, and never on to the problem list by itself (PDex
 * facts 9). The clinician can say otherwise. One that was ruled out stays so.
 */
export function diagnosis(
  resource: FhirJson,
  record: HistoryRecord,
  unconfirmed: 'unconfirmed' | 'provisional',
  { isConfirmed, onProblemList }: DiagnosisSay,
): { readonly resource: FhirJson; readonly told: readonly string[] } {
  const refuted = isRefuted(resource)
  const categories = list(resource, 'category').filter(isObject)
  const isProblem = categories.some((category) => hasCode(category, 'problem-list-item'))
  const asEncounter = record.provenance.origin !== 'clinical' || isProblem || categories.length === 0
  const category = onProblemList ? 'problem-list-item' : asEncounter ? 'encounter-diagnosis' : undefined
  return {
    resource: {
      ...resource,
      ...(!refuted && {
        verificationStatus: concept('condition-ver-status', isConfirmed ? 'confirmed' : unconfirmed),
      }),
      ...(category !== undefined && { category: [concept('condition-category', category)] }),
    },
    told: [
      ...(refuted
        ? []
        : [isConfirmed ? 'Confirmed, as you said.' : `Marked ${unconfirmed} until you reconcile it.`]),
      ...(onProblemList
        ? ['Put on the problem list, as you said.']
        : asEncounter
          ? ['Kept as an encounter diagnosis, not put on the problem list.']
          : []),
    ],
  }
}
