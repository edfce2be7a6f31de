import type { CodeChoice } from '../../domain/ports'

const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** Where a visit takes place, in the words of a front desk (v3-ActCode, as Encounter.class is bound). */
export const VISIT_SETTINGS: readonly (CodeChoice & { readonly words: string })[] = [
  { system, code: 'AMB', display: 'ambulatory', words: 'Office or clinic visit' },
  { system, code: 'VR', display: 'virtual', words: 'By video or phone' },
  { system, code: 'HH', display: 'home health', words: 'At home' },
  { system, code: 'EMER', display: 'emergency', words: 'Emergency' },
  { system, code: 'OBSENC', display: 'observation encounter', words: 'Observation' },
  { system, code: 'SS', display: 'short stay', words: 'Short stay' },
  { system, code: 'IMP', display: 'inpatient encounter', words: 'Admission to hospital' },
]

/** The coding of a setting; what is not listed is left for validation to find. */
export function visitSetting(code: string): CodeChoice {
  const { words: _, ...coding } = VISIT_SETTINGS.find((each) => each.code === code) ?? {
    words: '',
    system: '',
    code: '',
    display: '',
  }
  return coding
}
