import { type FhirJson, objects, text } from '../../../json'
import { en } from './en'
import { es } from './es'
import type { PatientLanguage } from './language'

/** The languages of the patient's paper. Another one is a file of its own and its name here. */
export const LANGUAGES: readonly PatientLanguage[] = [en, es]

/** What to begin with for a patient. */
interface LanguageOf {
  readonly language: PatientLanguage
  /** BCP 47: the language that the chart names, where there are no words in it. */
  readonly missing?: string
}

/** The language that the chart says to speak with a patient: the preferred one, else the first; English where it names none. */
export function languageOf(patient: FhirJson): LanguageOf {
  const spoken = objects(patient, 'communication')
  const [first] = [...spoken.filter((each) => each.preferred === true), ...spoken].flatMap((each) =>
    objects(each, 'language', 'coding').flatMap((coding) => text(coding, 'code') ?? []),
  )
  const known = LANGUAGES.find(({ tag }) => tag === first?.toLowerCase().split(/[-_]/)[0])
  if (known !== undefined) return { language: known }
  return { language: en, ...(first !== undefined && { missing: first }) }
}
