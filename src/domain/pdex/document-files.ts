import { renderAscii } from '../document/ascii'
import type { ClinicalDocument } from '../document/document'
import { renderHtml } from '../document/html'
import { renderRtf } from '../document/rtf'
import type { FhirJson } from '../json'
import type { PdfPort } from '../ports'
import { ok, type Result } from '../result'
import type { Breathe } from './breathe'
import { chartDocument } from './chart-document'
import { bundleText, documentBundle } from './document-bundle'
import type { DocumentForm } from './document-form'
import type { AttachmentKind } from './ehr-profile'
import type { HistoryRecord } from './record'
import type { WriteContext } from './write-plan'

/** Records as files: the FHIR document, and the same for reading. */
export interface RecordFiles {
  readonly bundle: FhirJson
  readonly pdf: Result<Uint8Array>
}

/** Makes both files, to be saved. */
export async function recordFiles(
  records: readonly HistoryRecord[],
  identifier: string,
  context: WriteContext,
  pdf: PdfPort,
): Promise<RecordFiles> {
  const document = chartDocument(records, context)
  return { bundle: documentBundle(records, document, identifier, context), pdf: await pdf.render(document) }
}

/** One attachment before it is put into base64. */
export interface AttachedFile {
  readonly kind: AttachmentKind
  readonly bytes: Uint8Array
}

/** As the EHRs of PDex facts 6.3 spell them. */
export const CONTENT_TYPES: Readonly<Record<AttachmentKind, string>> = {
  bundle: 'application/fhir+json',
  pdf: 'application/pdf',
  html: 'text/html;charset=utf-8',
  xhtml: 'application/xhtml+xml;charset=utf-8',
  text: 'text/plain;charset=utf-8',
  rtf: 'text/rtf',
}

/** What is attached in one form, in its order. */
export const kindsOf = (form: DocumentForm | 'bundle'): readonly AttachmentKind[] =>
  form === 'bundle-pdf' ? ['bundle', 'pdf'] : [form]

/** Rows from which on a document is not made on the page's own thread. */
const LARGE = 200

const LOCALLY = { html: renderHtml, rtf: renderRtf, ascii: renderAscii } as const

const readableForm = (kind: Exclude<AttachmentKind, 'bundle' | 'pdf'>): keyof typeof LOCALLY =>
  (({ html: 'html', xhtml: 'html', text: 'ascii', rtf: 'rtf' }) as const)[kind]

/** Text in one of its forms. A large one is made off the page's thread; where that does not work it is made all the same. */
async function textFile(
  form: keyof typeof LOCALLY,
  document: ClinicalDocument,
  pdf: PdfPort,
): Promise<Uint8Array> {
  const rows = document.sections.reduce((sum, section) => sum + section.rows.length, 0)
  const made = rows < LARGE ? undefined : await pdf.render(document, form)
  return made?.ok ? made.value : new TextEncoder().encode(LOCALLY[form](document))
}

/** The files of one form. Fails where the PDF could not be made: a document that nobody can read is not attached. */
export async function attachedFiles(
  form: DocumentForm | 'bundle',
  records: readonly HistoryRecord[],
  identifier: string,
  context: WriteContext,
  { pdf, breathe }: { readonly pdf: PdfPort; readonly breathe: Breathe },
): Promise<Result<readonly AttachedFile[]>> {
  const document = chartDocument(records, context)
  const files: AttachedFile[] = []
  for (const kind of kindsOf(form)) {
    await breathe()
    if (kind === 'pdf') {
      const made = await pdf.render(document)
      if (!made.ok) return made
      files.push({ kind, bytes: made.value })
    } else if (kind === 'bundle') {
      const json = await bundleText(breathe, records, document, identifier, context)
      files.push({ kind, bytes: new TextEncoder().encode(json) })
    } else files.push({ kind, bytes: await textFile(readableForm(kind), document, pdf) })
  }
  return ok(files)
}
