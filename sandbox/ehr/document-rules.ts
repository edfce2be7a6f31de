import type { DocumentReference, OperationOutcomeIssue } from 'fhir/r4'
import { type Offer, Refusal, type Resource, type WriteSite } from '../fhir'

/** A rule about one resource to be written: why it is refused, or undefined. */
export type Rule = NonNullable<Offer['refuse']>

/** A rule about DocumentReferences; other types pass. */
export const onDocuments =
  (...rules: readonly ((document: DocumentReference, site: WriteSite) => ReturnType<Rule>)[]): Rule =>
  (resource, site) =>
    resource.resourceType === 'DocumentReference'
      ? firstOf(rules, (rule) => rule(resource as DocumentReference, site))
      : undefined

/** What the first of the rules that refuses says. */
export const firstRefusal =
  (...rules: readonly Rule[]): Rule =>
  (resource, site) =>
    firstOf(rules, (rule) => rule(resource, site))

function firstOf<T>(rules: readonly T[], ask: (rule: T) => ReturnType<Rule>): ReturnType<Rule> {
  for (const rule of rules) {
    const refused = ask(rule)
    if (refused !== undefined) return refused
  }
  return undefined
}

/** `application/pdf` of `Application/PDF; charset=binary`. */
export const bareType = (contentType: string | undefined): string =>
  contentType?.split(';')[0]?.trim().toLowerCase() ?? ''

/** Content types of a document's attachments, as sent. */
export const contentTypes = (document: DocumentReference): readonly string[] =>
  document.content.map(({ attachment }) => attachment.contentType ?? '')

/** The first attachment type that is not taken. */
export const unfitType = (
  document: DocumentReference,
  isTaken: (contentType: string) => boolean,
): string | undefined => contentTypes(document).find((type) => !isTaken(type))

/** A refusal with one issue that says its piece in `diagnostics`. */
export const says = (status: number, code: OperationOutcomeIssue['code'], diagnostics: string): Refusal =>
  new Refusal(status, [{ code, diagnostics }])

/** A refusal with one issue that says its piece in `details`, with the vendor's own code where that is known. */
export const saysInDetails = (
  status: number,
  code: OperationOutcomeIssue['code'],
  text: string,
  coding?: { readonly system: string; readonly code: string },
): Refusal => new Refusal(status, [{ code, details: { ...(coding ? { coding: [coding] } : {}), text } }])

/** The text of an attachment that came inline. */
export const inlineText = (document: DocumentReference, index = 0): string =>
  Buffer.from(document.content[index]?.attachment.data ?? '', 'base64').toString('utf8')

/** Whose record a resource is: the id of its Patient. */
export const patientOf = (resource: Resource | undefined): string | undefined => {
  const subject = resource && 'subject' in resource ? resource.subject : undefined
  const reference =
    typeof subject === 'object' && subject !== null && 'reference' in subject ? subject.reference : undefined
  return typeof reference === 'string' ? reference.replace(/^.*Patient\//, '') : undefined
}
