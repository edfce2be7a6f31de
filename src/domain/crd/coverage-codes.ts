import type { AnswerDetail, CodedFact } from './coverage-answer'

/** Words for the codes of one value set. */
type Words = Readonly<Record<string, string>>

/** `covered` (CRD ValueSet coverageInfo; `indeterminate` since 2.2). */
export const coveredWords: Words = {
  covered: 'Yes, covered. Plan limits and deductibles still apply',
  'not-covered': 'No, not covered',
  conditional: 'It depends on information that is still missing',
  indeterminate: 'The payer could not decide',
}

/** `pa-needed` (ValueSet coveragePaDetail). */
export const authorizationWords: Words = {
  'no-auth': 'Not needed',
  'auth-needed': 'Needed before the service',
  satisfied: 'The payer counts it as granted already',
  performpa: 'Needed. Whoever performs the service has to ask for it',
  conditional: 'It depends on information that is still missing',
  indeterminate: 'The payer could not say',
}

/** `doc-needed` (ValueSet AdditionalDocumentation; `both` in 2.0.1 only). */
export const documentWords: Words = {
  clinical: 'Clinical documents, from the care team',
  admin: 'Administrative details, from office staff',
  patient: 'Details from the patient or family',
  both: 'Clinical documents and administrative details',
  conditional: 'It depends on information that is still missing',
  indeterminate: 'The payer could not say',
}

/** `doc-purpose` (ValueSet DocReason). */
export const purposeWords: Words = {
  withpa: 'To be sent with the authorization request',
  withclaim: 'To be sent with the claim',
  withorder: 'To be sent with the order',
  'retain-doc': 'To be kept in the chart as proof of medical need',
  OTH: 'For another purpose, see the reason',
}

/** `info-needed` (ValueSet informationNeeded). */
export const informationWords: Words = {
  performer: 'Who would perform it',
  location: 'Where it would take place',
  timeframe: 'When it would take place, more exactly',
  'contract-window':
    'The date lies outside the current plan contract: ask again when the next contract is in place',
  'detail-code': 'A more specific code for the service',
  OTH: 'Something else, see the reason',
}

/** `reason` (ValueSet coverageAssertionReasons of all versions). */
export const reasonWords: Words = {
  'gold-card': 'The ordering clinician has gold-card status with this payer',
  'no-member-found': 'The payer did not find this member',
  'no-active-coverage': 'The coverage was not in force on that date',
  'coverage-not-found': 'The payer did not find this coverage',
  'auth-out-network': 'Authorization is needed out of network',
  'detail-code': 'The code is not specific enough',
  technical: 'Technical trouble at the payer. It may pass',
}

/** `detail.code` (ValueSet coverageDetail and its older codes). */
export const detailWords: Words = {
  'allowed-quantity': 'Largest quantity',
  'allowed-period': 'Longest period',
  'in-network-copay': 'Copay in network',
  'out-network-copay': 'Copay out of network',
  'concurrent-review': 'More documents needed before the claim is paid',
  'appropriate-use-needed': 'Appropriate-use check needed',
  'policy-link': 'Payer’s policy',
  instructions: 'Instructions',
  'auth-out-network-only': 'Authorization needed out of network only',
  'instructions-clinical': 'Instructions for clinicians',
  'instructions-admin': 'Instructions for office staff',
}

const categories: Readonly<Record<string, AnswerDetail['category']>> = {
  'cat-limitation': 'limitation',
  'cat-decisional': 'decisional',
  'cat-other': 'other',
}

/** Before 2.2 a detail names no category: the code then tells it, as 2.2 groups the codes. */
const categoryOfCode: Readonly<Record<string, AnswerDetail['category']>> = {
  'allowed-quantity': 'limitation',
  'allowed-period': 'limitation',
  'auth-out-network-only': 'limitation',
  'in-network-copay': 'decisional',
  'out-network-copay': 'decisional',
  'concurrent-review': 'decisional',
  'appropriate-use-needed': 'decisional',
  'policy-link': 'other',
  instructions: 'other',
  'instructions-clinical': 'other',
  'instructions-admin': 'other',
}

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** A code with its words; one that is not known stands for itself, so that no new code is lost or misread. */
export function fact(table: Words, code: string, given?: string): CodedFact {
  const words = lookUp(table, code)
  if (words !== undefined)
    return { code, words: given === undefined || given === words ? words : `${words}. ${given}`, known: true }
  return { code, words: given ?? `The payer says “${code}”, which this app does not know`, known: false }
}

/** The category of a detail: as given, else by its code. */
export const categoryOf = (category: string | undefined, code: string): AnswerDetail['category'] =>
  (category === undefined ? lookUp(categoryOfCode, code) : lookUp(categories, category)) ?? 'not-stated'
