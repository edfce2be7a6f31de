import type { Condition, DocumentReference } from 'fhir/r4'
import type { Refusal, Resource, WriteSite } from '../fhir'
import {
  bareType,
  contentTypes,
  firstRefusal,
  inlineText,
  onDocuments,
  patientOf,
  type Rule,
  says,
  saysInDetails,
  unfitType,
} from './document-rules'
import { xhtmlProblem } from './strict-xhtml'

const FHIR_TYPES = new Set(['application/fhir+json', 'application/json', 'application/fhir+xml'])

/** Takes every attachment but FHIR itself. */
export const noBundle: Rule = onDocuments((document) => {
  const type = unfitType(document, (t) => !FHIR_TYPES.has(bareType(t)))
  return type && says(422, 'not-supported', `Attachments of type ${type} are not supported.`)
})

const TEXTS = new Set(['text/html', 'application/xhtml+xml', 'text/rtf', 'text/plain'])

/** Takes text in any form, and nothing else. The refusal is HTTP's own 415. */
export const noPdf: Rule = onDocuments((document) => {
  const type = unfitType(document, (t) => TEXTS.has(bareType(t)))
  return (
    type && says(415, 'not-supported', `Unsupported media type ${type}. Supported: ${[...TEXTS].join(', ')}.`)
  )
})

/** Errors of the text-only kind of EHR have numbers (PDex facts 6.3, Epic). */
const NUMBERED = 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369'

const LONGEST_NOTE = 450

const provisionalOnly: Rule = (resource) => {
  if (resource.resourceType !== 'Condition') return undefined
  const { verificationStatus, note = [] } = resource as Condition
  const isProvisional = verificationStatus?.coding?.some(({ code }) => code === 'provisional') === true
  if (!isProvisional) {
    const text = 'Content invalid: verificationStatus must be provisional.'
    return saysInDetails(422, 'business-rule', text, { system: NUMBERED, code: '59012' })
  }
  return note.some(({ text }) => text.length > LONGEST_NOTE)
    ? saysInDetails(422, 'too-long', `Content invalid: note is longer than ${LONGEST_NOTE} characters.`)
    : undefined
}

/** The encounter of a note: there, and the same patient's. */
function unfitEncounter(document: DocumentReference, { find }: WriteSite): Refusal | undefined {
  const reference = document.context?.encounter?.[0]?.reference
  if (reference === undefined)
    return saysInDetails(422, 'required', 'A required element is missing: context.encounter.')
  const encounter = find(/Encounter\/[^/]+$/.exec(reference)?.[0])
  return encounter === undefined || patientOf(encounter) !== patientOf(document)
    ? saysInDetails(422, 'business-rule', 'The encounter is not known for this patient.')
    : undefined
}

/** Plain text in an encounter; provisional conditions; only the first attachment is looked at, as only that is kept. */
export const textOnly: Rule = firstRefusal(
  onDocuments(
    (document) =>
      bareType(contentTypes(document)[0]) === 'text/plain'
        ? undefined
        : saysInDetails(
            400,
            'value',
            'Element value is invalid: content.attachment.contentType must be text/plain.',
          ),
    ({ docStatus }) =>
      docStatus === 'final' || docStatus === 'preliminary'
        ? undefined
        : saysInDetails(400, 'required', 'docStatus must be final or preliminary.'),
    unfitEncounter,
  ),
  provisionalOnly,
)

/** Keeps the first attachment, and says nothing about the others. */
export const firstAttachment = (resource: Resource): Resource =>
  resource.resourceType === 'DocumentReference'
    ? ({ ...resource, content: (resource as DocumentReference).content.slice(0, 1) } as DocumentReference)
    : resource

/** Oracle Health's types; those that are text need a charset. */
const ONE_CONTENT_TYPES =
  /^(application\/pdf|(text\/(plain|richtext|rtf|html)|application\/(xml|xhtml\+xml)); ?charset=utf-8)$/i

const hasTime = (dateTime: string | undefined): boolean => dateTime === undefined || dateTime.includes('T')

/** A refusal that does not say why. */
const unprocessable = (): Refusal => saysInDetails(422, 'processing', 'Unprocessable entity')

/** One content, author the one who is signed in, period with an end, every date with a time; refused without a reason. */
export const oneContent: Rule = onDocuments((document, { caller }) => {
  const { content, status, docStatus, author = [], context, date } = document
  const period = context?.period
  const fits =
    content.length === 1 &&
    content.every(
      ({ attachment }) => ONE_CONTENT_TYPES.test(attachment.contentType ?? '') && attachment.data,
    ) &&
    status === 'current' &&
    docStatus === 'final' &&
    author.length === 1 &&
    caller.user !== undefined &&
    author[0]?.reference?.endsWith(caller.user) === true &&
    period?.end !== undefined &&
    (context?.encounter ?? []).length <= 1 &&
    [date, period.start, period.end, content[0]?.attachment.creation].every(hasTime)
  return fits ? undefined : unprocessable()
})

/** RTF, or XML that is a C-CDA; with an author. */
export const rtfAndCda: Rule = onDocuments(
  ({ author }) =>
    author?.[0]?.reference === undefined
      ? says(400, 'required', 'Author details should be provided.')
      : undefined,
  (document) =>
    unfitType(document, (type) => ['text/rtf', 'text/xml'].includes(bareType(type))) === undefined
      ? undefined
      : says(
          400,
          'invalid',
          'Invalid value for content type of attachment. Allowed values are text/rtf and text/xml.',
        ),
  (document) =>
    document.content.some(
      ({ attachment }, i) =>
        bareType(attachment.contentType) === 'text/xml' &&
        !/<ClinicalDocument[\s>]/.test(inlineText(document, i)),
    )
      ? says(400, 'invalid', 'The XML is not a C-CDA document.')
      : undefined,
)

const XHTML = /^application\/xhtml\+xml; ?charset=utf-8$/i

/** Strict XHTML in an encounter, final; elements that would change the meaning are refused (Oracle Health DSTU2). */
export const strictXhtml: Rule = onDocuments(
  (document) =>
    document.implicitRules === undefined && document.relatesTo === undefined
      ? undefined
      : says(422, 'not-supported', 'Body contained implicit rules or relatesTo'),
  (document) =>
    document.modifierExtension === undefined
      ? undefined
      : says(422, 'extension', 'Body contained modifier extensions'),
  ({ docStatus }) => (docStatus === 'final' ? undefined : says(422, 'value', 'docStatus has to be final')),
  (document) =>
    contentTypes(document).length === 1 && contentTypes(document).every((type) => XHTML.test(type))
      ? undefined
      : says(422, 'value', 'content has to be one application/xhtml+xml;charset=utf-8'),
  ({ context }) =>
    context?.encounter?.[0]?.reference === undefined
      ? says(422, 'required', 'context.encounter is required')
      : undefined,
  (document) => {
    const problem = xhtmlProblem(inlineText(document))
    return problem && says(422, 'invalid', `The document is not strict XHTML: ${problem}`)
  },
)
