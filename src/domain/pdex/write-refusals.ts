import type { DocumentForm, Refusals } from './document-form'
import type { Journal, Step } from './journal'

export const ENTRY = 'entry:'
export const PROVENANCE = 'provenance:'
export const DOCUMENT = 'document:'
/** The FHIR document beside a PDF. */
export const BESIDE = 'bundle:'
/** What was found out of the list of records in a document, by form. */
export const LIST = 'list:'
/** A resource type that the chart takes from nobody. */
export const TYPE = 'type:'

export const documentStepId = (form: DocumentForm, identifier: string): string =>
  `${DOCUMENT}${form}:${identifier}`

/** The form and the name of a document, out of its step's id. */
export function documentStep(id: string): { readonly form: DocumentForm; readonly identifier: string } {
  const rest = id.slice(DOCUMENT.length)
  const colon = rest.indexOf(':')
  const written = rest.slice(0, colon)
  return { form: FORMS.find((form) => form === written) ?? 'pdf', identifier: rest.slice(colon + 1) }
}

const FORMS: readonly DocumentForm[] = ['bundle-pdf', 'pdf', 'html', 'xhtml', 'text', 'rtf']

/** Whatever the content: this method, address or kind of resource is not taken at all. */
export const isAboutType = (step: Step): boolean =>
  step.state === 'refused' && step.why?.kind === 'http' && [404, 405, 501].includes(step.why.status ?? 0)

/** The answer names a form of content that is not taken: another document in this form would not be either (PDex §52 to §56). */
export const isAboutForm = (step: Step): boolean =>
  step.state === 'refused' && step.why?.kind === 'http' && [400, 403, 415, 422].includes(step.why.status ?? 0)

/** Larger than this chart takes, where it could be made smaller. */
export const isTooLarge = (step: Step): boolean =>
  step.state === 'refused' && step.why?.kind === 'http' && step.why.status === 413

/** What this chart refused so far in this session: it is not asked again. */
export function refusalsIn(journal: Journal): Refusals {
  const documents = journal.steps(DOCUMENT)
  const forms = documents.filter(([, step]) => isAboutForm(step)).map(([id]) => documentStep(id).form)
  return {
    types: new Set(journal.steps(TYPE).map(([id]) => id.slice(TYPE.length))),
    forms: new Set(forms),
    documents: documents.some(([, step]) => isAboutType(step)),
    lists: journal.steps(LIST).some(([, step]) => step.state === 'refused'),
    bundles: journal.steps(BESIDE).some(([, step]) => step.state === 'refused'),
  }
}
