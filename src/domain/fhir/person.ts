import type { FhirJson } from '../json'

/** One field in which two Patients differ; "Not stated" where one says nothing. */
export interface PersonDifference {
  readonly field: 'family name' | 'birth date' | 'gender'
  readonly chart: string
  readonly payer: string
}

/** "Jane Roe"; the official name, else the usual one, else the first. "Not known" where there is none. */
export declare function personName(person: FhirJson): string
/** "Roe, Jane": for the banner. */
export declare function bannerName(person: FhirJson): string
export declare function birthDate(person: FhirJson): string | undefined
/** administrative-gender code. */
export declare function gender(person: FhirJson): string | undefined
/** Value of the medical record number (type MR first, else the first identifier with a value). */
export declare function recordNumber(person: FhirJson): string | undefined
export declare function comparePersons(chart: FhirJson, payer: FhirJson): readonly PersonDifference[]
