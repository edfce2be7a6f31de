import type { ClinicalDocument, DocumentFrame } from './document'
import { formatMadeAt } from './made-at'

/** What stands around a document's content: its own words, else English. */
export const frameOf = ({ frame, madeAt }: ClinicalDocument): DocumentFrame =>
  frame ?? {
    patient: 'Patient',
    born: 'Born',
    gender: 'Gender',
    identifier: 'Identifier',
    made: 'Made',
    madeAt: formatMadeAt(madeAt),
    page: 'Page {page} of {pages}',
    notes: 'Notes',
  }

/** "Born 14-Jul-1965 · Female · Identifier MRN 0045": below the patient's name. */
export function personLine(document: ClinicalDocument): string {
  const { born, gender, identifier } = document.patient
  const frame = frameOf(document)
  return `${frame.born} ${born} · ${gender} · ${frame.identifier} ${identifier}`
}

/** "Page 1 of 2". */
export const pageLine = (document: ClinicalDocument, page: number, pages: number): string =>
  frameOf(document).page.replace('{page}', String(page)).replace('{pages}', String(pages))
