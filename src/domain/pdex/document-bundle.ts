import type { ClinicalDocument } from '../document/document'
import { fingerprint } from '../document/fingerprint'
import { SECTION_TITLES, SECTIONS } from '../fhir/section'
import { type FhirJson, isObject, type JsonObject, text } from '../json'
import type { Breathe } from './breathe'
import { documentHtml } from './document-narrative'
import { inDocument } from './document-references'
import { documentProvenance } from './provenance-entry'
import type { HistoryRecord } from './record'
import { withoutAmounts } from './record-amounts'
import { sourceIdentifier, sourceUrl } from './source-identifier'
import type { WriteContext } from './write-plan'

/** LOINC for what an outside history is (PDex, US Core common document types). */
export const DOCUMENT_TYPE: JsonObject = {
  coding: [{ system: 'http://loinc.org', code: '34133-9', display: 'Summary of episode note' }],
}

/** One resource of the document, under the URL that it is referred to by. */
interface Entry {
  readonly fullUrl: string
  readonly resource: FhirJson
}

const ENTRIES_AT_ONCE = 40

/**
 * A FHIR document: Composition first, the member's Patient, the author, each record as the payer sent it but for what a bill
 * charges, and all of the payer's resources that these refer to, Provenance among them (PDex §51). `identifier` is the document's own, a URI.
 */
export const documentBundle = (...of: Parameters<typeof entries>): FhirJson => ({
  ...bundleHead(of[2], of[3]),
  entry: [...entries(...of)],
})

/** The same as JSON; a thousand records are written without holding the page up. */
export async function bundleText(breathe: Breathe, ...of: Parameters<typeof entries>): Promise<string> {
  const parts: string[] = []
  for (const entry of entries(...of)) {
    if (parts.length > 0 && parts.length % ENTRIES_AT_ONCE === 0) await breathe()
    parts.push(JSON.stringify(entry))
  }
  const head = JSON.stringify(bundleHead(of[2], of[3]))
  return `${head.slice(0, -1)},"entry":[${parts.join(',')}]}`
}

const bundleHead = (identifier: string, { madeAt }: WriteContext): FhirJson => ({
  resourceType: 'Bundle',
  identifier: sourceIdentifier(identifier),
  type: 'document',
  timestamp: madeAt,
})

function* entries(
  records: readonly HistoryRecord[],
  document: ClinicalDocument,
  identifier: string,
  context: WriteContext,
): Generator<Entry> {
  const { member, payerBase } = context
  const author = authorResource(context)
  yield {
    fullUrl: compositionUrl(identifier),
    resource: composition(records, document, author.url, identifier, context),
  }
  yield { fullUrl: sourceUrl(payerBase, member.patient), resource: inDocument(member.patient, context) }
  yield { fullUrl: author.url, resource: author.resource }
  for (const resource of withReferenced(records, context))
    yield { fullUrl: sourceUrl(payerBase, resource), resource: inDocument(withoutAmounts(resource), context) }
  const targets = [
    compositionUrl(identifier),
    ...records.map(({ resource }) => sourceUrl(payerBase, resource)),
  ]
  yield {
    fullUrl: `urn:uuid:${uuidOf(`${identifier} provenance`)}`,
    resource: documentProvenance(targets, context),
  }
}

/** Stable, so that the same records give the same document. */
const compositionUrl = (identifier: string): string => `urn:uuid:${uuidOf(identifier)}`

/** 32 hex digits of a text, written as a version 8 UUID (RFC 9562: made by an own rule). */
function uuidOf(value: string): string {
  const hex = fingerprint(value)
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

function composition(
  records: readonly HistoryRecord[],
  document: ClinicalDocument,
  authorUrl: string,
  identifier: string,
  { member, payerBase, madeAt }: WriteContext,
): FhirJson {
  const sections = SECTIONS.flatMap((section) => {
    const own = records.filter((record) => record.display.section === section)
    const title = SECTION_TITLES[section]
    const told = document.sections.find((s) => s.title === title)
    if (own.length === 0 || told === undefined) return []
    return [
      {
        title,
        text: { status: 'generated', div: documentHtml(told) },
        entry: own.map((record) => ({ reference: sourceUrl(payerBase, record.resource) })),
      },
    ]
  })
  return {
    resourceType: 'Composition',
    identifier: sourceIdentifier(identifier),
    status: 'final',
    type: DOCUMENT_TYPE,
    subject: { reference: sourceUrl(payerBase, member.patient) },
    date: madeAt,
    author: [{ reference: authorUrl }],
    title: `${document.title}. ${document.warning}`,
    section: sections,
  }
}

/** The launching user; where the EHR names none, this app. */
function authorResource({ fhirUser, user, ehrBase }: WriteContext): {
  readonly url: string
  readonly resource: FhirJson
} {
  if (fhirUser !== undefined && user !== undefined) {
    const { text: _text, meta: _meta, ...resource } = user
    return { url: `${ehrBase}/${fhirUser}`, resource }
  }
  return {
    url: `urn:uuid:${uuidOf('Beforehand')}`,
    resource: { resourceType: 'Device', deviceName: [{ name: 'Beforehand', type: 'user-friendly-name' }] },
  }
}

/** The records, their Provenance, and what these refer to at the payer, each once. The member's Patient has an entry of its own. */
function* withReferenced(records: readonly HistoryRecord[], context: WriteContext): Generator<FhirJson> {
  const { references, member, payerBase } = context
  const taken = new Set<string>()
  const waiting = records.flatMap((record) => [record.resource, ...record.provenance.resources])
  const own = sourceUrl(payerBase, member.patient)
  // It grows while it is gone through.
  for (const resource of waiting) {
    const url = sourceUrl(payerBase, resource)
    if (url === own || taken.has(url)) continue
    taken.add(url)
    yield resource
    // A Provenance may target all of an exchange, which nobody chose: it brings in nothing but its agents and sources.
    const { target: _target, ...content } = resource
    const from = resource.resourceType === 'Provenance' ? content : resource
    for (const reference of referencesIn(from)) {
      const target = references.find(reference)
      if (target !== undefined && FOLLOWED.has(target.resourceType)) waiting.push(target)
    }
  }
}

/** What explains a record. Other clinical records that it refers to were not chosen and stay out. */
const FOLLOWED = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Medication',
  'Device',
])

function referencesIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isObject(value)) return []
  const own = text(value, 'reference') === undefined ? [] : [value]
  return [...own, ...Object.values(value).flatMap(referencesIn)]
}
