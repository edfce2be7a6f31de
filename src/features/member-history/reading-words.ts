import type { Section } from '../../domain/fhir/section'
import type { HistoryType, ReadPeriod, TypeProgress, TypeState } from '../../domain/pdex/history'
import type { Origin } from '../../domain/pdex/provenance'
import type { Caution, Hold } from '../../domain/pdex/record'
import { never } from '../../domain/result'
import { formatDate, type Tone } from '../../ui'

export const typeNames: Readonly<Record<HistoryType, string>> = {
  Condition: 'Problems',
  MedicationRequest: 'Prescriptions',
  MedicationDispense: 'Pharmacy fills',
  AllergyIntolerance: 'Allergies',
  Procedure: 'Procedures',
  Encounter: 'Visits',
  Immunization: 'Immunizations',
  Observation: 'Measurements and lab values',
  DiagnosticReport: 'Reports',
  DocumentReference: 'Documents',
  ExplanationOfBenefit: 'Claims and prior authorizations',
  CarePlan: 'Care plans',
  CareTeam: 'Care teams',
  Goal: 'Goals',
  ServiceRequest: 'Orders and referrals',
  Device: 'Devices',
  MedicationStatement: 'Medication statements',
  Specimen: 'Specimens',
  QuestionnaireResponse: 'Questionnaire answers',
  Coverage: 'Coverages',
  Consent: 'Consents',
  RelatedPerson: 'Related people',
}

/** The types that fill a section. */
export const sectionTypes: Readonly<Record<Section, readonly HistoryType[]>> = {
  problems: ['Condition'],
  medicines: ['MedicationRequest', 'MedicationDispense', 'MedicationStatement'],
  allergies: ['AllergyIntolerance'],
  procedures: ['Procedure'],
  visits: ['Encounter'],
  immunizations: ['Immunization'],
  vitals: ['Observation'],
  results: ['Observation', 'DiagnosticReport', 'Specimen'],
  documents: ['DocumentReference', 'QuestionnaireResponse'],
  care: ['CarePlan', 'CareTeam', 'Goal'],
  orders: ['ServiceRequest'],
  devices: ['Device'],
  claims: ['ExplanationOfBenefit'],
  authorizations: ['ExplanationOfBenefit'],
  coverage: ['Coverage'],
  other: ['Consent', 'RelatedPerson'],
}

export const originWords: Readonly<Record<Origin, string>> = {
  'billing-derived': 'from billing',
  clinical: 'clinical record',
  unknown: 'source not stated',
}

export const holdWords: Readonly<Record<Hold, string>> = {
  'entered-in-error': 'The payer marks this as entered in error. Choose it only on purpose.',
  withheld: 'The payer withheld the content.',
  restricted: 'Marked as specially protected. Choose it only on purpose.',
  modified:
    'Carries an extension that changes its meaning and that this app does not know. Read the details first.',
}

export const cautionWords: Readonly<Record<Caution, string>> = {
  'not-done': 'This says that it was not done. Choose it only on purpose.',
  refuted: 'This was ruled out. Choose it only on purpose.',
  cancelled: 'This was cancelled or not accepted. Choose it only on purpose.',
}

/** A period of reading: "what happened since 03-Mar-2026". */
export function readPeriodWords({ by, from, to }: ReadPeriod): string {
  const what = by === 'event' ? 'what happened' : 'what was changed there'
  const parts = [
    from !== undefined && `since ${formatDate(from)}`,
    to !== undefined && `until ${formatDate(to)}`,
  ].filter((part) => part !== false)
  return `${what} ${parts.join(' ')}`
}

/** One type's state in words, with the tone of its sign. "Not shared", "none recorded" and "failed" never read alike (U11). */
export function stateWords({ state, claimed, pages, partial, limited }: TypeProgress): {
  readonly tone: Tone
  readonly words: string
} {
  switch (state.kind) {
    case 'waiting':
      return { tone: 'mute', words: 'waiting' }
    case 'skipped':
      return { tone: 'mute', words: 'not asked for' }
    case 'reading': {
      const of = pages === undefined ? '' : ` of about ${Math.max(pages, state.page)}`
      return {
        tone: 'busy',
        words: `${state.records}${claimed === undefined ? '' : ` of about ${Math.max(claimed, state.records)}`} so far, page ${state.page}${of}`,
      }
    }
    case 'done':
      return state.records === 0
        ? partial
          ? { tone: 'ask', words: 'none came, and the answer is only a part' }
          : { tone: 'mute', words: limited ? 'none in the period' : 'none recorded' }
        : {
            tone: 'mute',
            words: `${state.records} read${partial ? ', only a part' : ''}${limited ? ', of the period alone' : ''}`,
          }
    case 'stopped':
      return {
        tone: 'ask',
        words: `${state.records} read, ${state.why === 'user' ? 'stopped by you' : 'paused: very many pages'}`,
      }
    case 'not-shared':
      return { tone: 'ask', words: 'not shared with this app' }
    case 'not-offered':
      return { tone: 'mute', words: 'not offered by this payer' }
    case 'failed':
      return {
        tone: 'no',
        words: state.records === 0 ? 'could not be read' : `${state.records} read, then failed`,
      }
    default:
      return never(state)
  }
}

/** Why a section is empty, in a sentence of its own for each reason. */
export function emptySentence(
  section: Section,
  name: string,
  types: readonly TypeProgress[],
  payer: string,
): string {
  // Types that are shared between sections have records in the other one, so the section speaks for them.
  const isOneWord = types.length === 1 || types.every(({ state }) => state.kind === 'done')
  const asked = types.filter(({ state }) => state.kind !== 'not-offered')
  const parts = (asked.length === 0 ? types : asked).map(({ type, state, limited }) =>
    emptyReason(
      isOneWord || sectionTypes[section].length === 1 ? lower(name) : lower(typeNames[type]),
      state,
      payer,
      limited !== undefined,
    ),
  )
  return [...new Set(parts)].join(' ')
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

function emptyReason(what: string, state: TypeState, payer: string, isLimited: boolean): string {
  switch (state.kind) {
    case 'waiting':
      return `Not read yet: ${what}.`
    case 'skipped':
      return `Not asked for: ${what}.`
    case 'reading':
      return `Reading ${what}…`
    case 'done':
      return isLimited
        ? `${payer} sent no ${what} of the period that was asked for.`
        : `${payer} has no ${what} recorded for this member.`
    case 'stopped':
      return `Reading was stopped before any ${what} came. Press Continue reading.`
    case 'not-shared':
      return `${payer} does not share ${what} with this app. That does not mean that there are none.`
    case 'not-offered':
      return `${payer}'s service does not offer ${what}. That does not mean that there are none.`
    case 'failed':
      return `${capital(what)} could not be read. That does not mean that there are none.`
    default:
      return never(state)
  }
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
