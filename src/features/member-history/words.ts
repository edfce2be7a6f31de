import type { Section } from '../../domain/fhir/section'
import type { HistoryType, TypeProgress, TypeState } from '../../domain/pdex/history'
import type { Origin } from '../../domain/pdex/provenance'
import type { Hold } from '../../domain/pdex/record'
import type { RecordState } from '../../domain/pdex/write'
import type { Tier } from '../../domain/pdex/write-plan'
import { never } from '../../domain/result'
import type { Tone } from '../../ui'

export const typeNames: Readonly<Record<HistoryType, string>> = {
  Condition: 'Problems',
  MedicationRequest: 'Prescriptions',
  MedicationDispense: 'Pharmacy fills',
  Procedure: 'Procedures',
  Encounter: 'Visits',
}

/** The types that fill a section. */
export const sectionTypes: Partial<Record<Section, readonly HistoryType[]>> = {
  problems: ['Condition'],
  medicines: ['MedicationRequest', 'MedicationDispense'],
  procedures: ['Procedure'],
  visits: ['Encounter'],
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

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** One type's state in words, with the tone of its sign. "Not shared", "none recorded" and "failed" never read alike (U11). */
export function stateWords({ state, claimed, pages }: TypeProgress): {
  readonly tone: Tone
  readonly words: string
} {
  switch (state.kind) {
    case 'waiting':
      return { tone: 'mute', words: 'waiting' }
    case 'reading': {
      const of = pages === undefined ? '' : ` of about ${Math.max(pages, state.page)}`
      return {
        tone: 'busy',
        words: `${state.records}${claimed === undefined ? '' : ` of about ${Math.max(claimed, state.records)}`}, page ${state.page}${of}`,
      }
    }
    case 'done':
      return state.records === 0
        ? { tone: 'mute', words: 'none recorded' }
        : { tone: 'mute', words: `${state.records} read` }
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
export function emptySentence(name: string, types: readonly TypeProgress[], payer: string): string {
  const parts = types.map(({ type, state }) =>
    emptyReason(types.length === 1 ? name.toLowerCase() : typeNames[type].toLowerCase(), state, payer),
  )
  return [...new Set(parts)].join(' ')
}

function emptyReason(what: string, state: TypeState, payer: string): string {
  switch (state.kind) {
    case 'waiting':
      return `Not read yet: ${what}.`
    case 'reading':
      return `Reading ${what}…`
    case 'done':
      return `${payer} has no ${what} recorded for this member.`
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

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

type Counts = Readonly<Record<Tier, number>>

/** How the records are stored, in one sentence (U13). `refused`: the chart takes none of the document's records as an entry. */
export function planSentence(counts: Counts, ehrName: string, refused: boolean): string {
  const { entry, document, download } = counts
  const because = refused
    ? `because ${ehrName} does not accept ${document === 1 ? 'it' : 'them'} as ${document === 1 ? 'an entry' : 'entries'}`
    : `for the ${document === 1 ? 'reason' : 'reasons'} given below`
  if (entry + document === 0)
    return `${ehrName} takes no records from apps. ${plural(download, 'record')} will be prepared as a PDF and a FHIR bundle for you to save.`
  const parts = [
    entry > 0 && `${entry} as chart ${entry === 1 ? 'entry' : 'entries'}`,
    document > 0 && `${document} as an attached document, ${because}`,
    download > 0 &&
      `${download} to download, because ${ehrName} takes ${download === 1 ? 'it' : 'them'} in no form`,
  ]
  return `${parts.filter(Boolean).join('; ')}.`
}

/** The button that does it. It names how many and whose chart. */
export function writeLabel(counts: Counts, patientName: string): string {
  const written = counts.entry + counts.document
  if (written === 0) return `Prepare ${plural(counts.download, 'record')} for download`
  const also = counts.download === 0 ? '' : ` and prepare ${counts.download} for download`
  return `Write ${plural(written, 'record')} to ${patientName}'s chart${also}`
}

export const outcomeTones: Readonly<Record<RecordState, Tone>> = {
  left: 'mute',
  sending: 'busy',
  written: 'yes',
  existed: 'yes',
  'in-document': 'yes',
  download: 'ask',
  unknown: 'ask',
  failed: 'no',
}

export const outcomeWords: Readonly<Record<RecordState, string>> = {
  left: 'Not written yet',
  sending: 'Writing',
  written: 'Written',
  existed: 'Already in the chart',
  'in-document': 'In the attached document',
  download: 'Not in the chart: save the download',
  unknown: 'Not certain',
  failed: 'Not written',
}
