import type { RecordState } from '../../domain/pdex/write'
import type { Tier } from '../../domain/pdex/write-plan'
import type { Tone } from '../../ui'

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

type Counts = Readonly<Record<Tier, number>>

/** How the records are stored, in one sentence (U13). `refused`: the chart takes none of the document's records as an entry. */
export function planSentence(counts: Counts, ehrName: string, refused: boolean): string {
  const { entry, document, download, there } = counts
  const already = `${there} ${there === 1 ? 'is' : 'are'} in the chart already`
  if (entry + document + download === 0) return `${already}. There is nothing to write.`
  const because = refused
    ? `because ${ehrName} does not accept ${document === 1 ? 'it' : 'them'} as ${document === 1 ? 'an entry' : 'entries'}`
    : `for the ${document === 1 ? 'reason' : 'reasons'} given below`
  if (entry + document === 0)
    return `${ehrName} takes no records from apps. ${plural(download, 'record')} will be prepared as a PDF and a FHIR bundle for you to save.${there > 0 ? ` ${already}.` : ''}`
  const parts = [
    entry > 0 && `${entry} as chart ${entry === 1 ? 'entry' : 'entries'}`,
    document > 0 && `${document} as an attached document, ${because}`,
    download > 0 &&
      `${download} to download, because ${ehrName} takes ${download === 1 ? 'it' : 'them'} in no form`,
    there > 0 && already,
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
