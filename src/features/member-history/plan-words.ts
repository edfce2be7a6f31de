import type { DocumentForm } from '../../domain/pdex/document-form'
import type { WritePlan } from '../../domain/pdex/write-plan'

/** A form of document, as people name it. */
export const formWords: Readonly<Record<DocumentForm, string>> = {
  'bundle-pdf': 'a PDF together with the records as FHIR data',
  pdf: 'a PDF',
  html: 'a web page (HTML)',
  xhtml: 'a web page (strict XHTML)',
  text: 'plain text (ASCII)',
  rtf: 'rich text (RTF)',
}

/** In which form the document goes, and what is tried where the chart refuses it. Empty where there is no document. */
export function formSentences({ document, context }: WritePlan): readonly string[] {
  if (document.kind === 'none') return []
  const [first, ...others] = document.forms
  if (first === undefined) return []
  const beside = document.bundleBeside && (first === 'pdf' || document.forms.includes('pdf'))
  return [
    `The document is ${formWords[first]}.`,
    others.length > 0
      ? `If ${context.ehrName} refuses that, it is tried as ${others.map((form) => formWords[form]).join(', then ')}. Last of all you can save it.`
      : `If ${context.ehrName} refuses that, you can save it.`,
    ...(beside && first !== 'bundle-pdf'
      ? ['The records as FHIR data follow in a second document beside it, where the chart takes them.']
      : []),
    ...(first === 'text' ? ['Letters that plain text lacks are rewritten, and marked where they are.'] : []),
  ]
}

/** What the chart refused on the way, in one sentence; undefined where it refused nothing. */
export const refusedSentence = (
  forms: readonly DocumentForm[] | undefined,
  ehrName: string,
): string | undefined =>
  forms === undefined || forms.length === 0
    ? undefined
    : `${ehrName} did not take it as ${forms.map((form) => formWords[form]).join(', nor as ')}.`
