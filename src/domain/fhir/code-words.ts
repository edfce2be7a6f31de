import { type Code, codes, conceptText } from './coding'

/** The code systems that bills use without words, by the name that people know them by. */
const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/ndc': 'NDC',
  'http://www.ama-assn.org/go/cpt': 'CPT',
  'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'HCPCS',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'HCPCS',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://www.cms.gov/Medicare/Coding/ICD10': 'ICD-10-PCS',
  'http://hl7.org/fhir/sid/icd-9-cm': 'ICD-9',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'https://www.nubc.org/CodeSystem/RevenueCodes': 'Revenue code',
  'http://www.ada.org/cdt': 'CDT',
  'https://www.nubc.org/CodeSystem/TypeOfBill': 'Type of bill',
  'https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software':
    'MS-DRG',
}

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const LOINC = 'http://loinc.org'

/** Codes that often come without words and that say what a record is: kinds of visit and of note. */
const CODE_WORDS: ReadonlyMap<string, string> = new Map([
  [`${ACT}|AMB`, 'Ambulatory visit'],
  [`${ACT}|EMER`, 'Emergency visit'],
  [`${ACT}|FLD`, 'Visit in the field'],
  [`${ACT}|HH`, 'Home visit'],
  [`${ACT}|IMP`, 'Inpatient stay'],
  [`${ACT}|ACUTE`, 'Inpatient stay, acute'],
  [`${ACT}|NONAC`, 'Inpatient stay, not acute'],
  [`${ACT}|OBSENC`, 'Observation stay'],
  [`${ACT}|PRENC`, 'Before admission'],
  [`${ACT}|SS`, 'Short stay'],
  [`${ACT}|VR`, 'Virtual visit'],
  ['http://hl7.org/fhir/us/core/CodeSystem/careplan-category|assess-plan', 'Assessment and plan'],
  [`${LOINC}|11488-4`, 'Consultation note'],
  [`${LOINC}|11502-2`, 'Laboratory report'],
  [`${LOINC}|11504-8`, 'Operative note'],
  [`${LOINC}|11506-3`, 'Progress note'],
  [`${LOINC}|18748-4`, 'Imaging report'],
  [`${LOINC}|18842-5`, 'Discharge summary'],
  [`${LOINC}|28570-0`, 'Procedure note'],
  [`${LOINC}|34117-2`, 'History and physical note'],
  [`${LOINC}|34133-9`, 'Summary of care'],
  [`${LOINC}|51852-2`, 'Letter'],
  [`${LOINC}|57133-1`, 'Referral note'],
])

/** Whether a concept says anything to people: words, or a code that we have words for. */
export const hasWords = (concept: unknown): boolean => {
  const words = conceptText(concept)
  const listed = codes(concept)
  if (words === undefined) return false
  return !listed.some((code) => code.code === words) || knownWords(listed) !== undefined
}

/** "ICD-10 I10"; a system that has no name for people stays unnamed. */
export const codeName = ({ system, code }: Code): string => {
  const name = system === undefined ? undefined : systemName(system)
  return name === undefined ? code : `${name} ${code}`
}

const systemName = (system: string): string | undefined =>
  Object.hasOwn(SYSTEM_NAMES, system) ? SYSTEM_NAMES[system] : undefined

const ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'

/** false where a concept stands there only to say that there is none: CARIN bills have "Not Applicable" for a service. */
export const isStated = (concept: unknown): boolean => {
  const listed = codes(concept)
  return (
    conceptText(concept) !== undefined &&
    !(listed.length > 0 && listed.every(({ system }) => system === ABSENT))
  )
}

const knownWords = (listed: readonly Code[]): string | undefined =>
  listed.flatMap((code) => CODE_WORDS.get(`${code.system}|${code.code}`) ?? [])[0]

/**
 * A concept in words. A code without any words says what kind of code it is ("NDC 00093-0058-01"); a code that is a word itself is
 * spelled as one ("vital-signs"); any other is only a code.
 */
export function said(concept: unknown): string | undefined {
  const listed = codes(concept)
  const words = conceptText(concept)
  const bare = listed.find((code) => code.code === words)
  if (words === undefined || bare === undefined) return words && spaced(words)
  const known = knownWords(listed)
  if (known !== undefined) return known
  if (bare.system !== undefined && systemName(bare.system) !== undefined) return codeName(bare)
  return isWord(words) ? words.replaceAll(/[-_]/g, ' ') : words
}

/** "professional", "vital-signs": codes that people can read. */
export const isWord = (code: string): boolean => /^[a-z]{3,}([-_ ][a-z]{2,})*$/i.test(code)

/** Some systems' texts are names of fields: "heart_rate". */
const spaced = (words: string): string =>
  /^[a-z]+(_[a-z]+)+$/i.test(words) ? words.replaceAll('_', ' ') : words
