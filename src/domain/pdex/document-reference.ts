import type { FhirRelease } from '../fhir/capability'
import { type FhirJson, type JsonObject, objects, text } from '../json'
import type { Clock, PdfPort, Ports } from '../ports'
import { fail, ok, type Result } from '../result'
import { type Breathe, base64, breatheBy } from './breathe'
import { OUTSIDE_WARNING } from './chart-document'
import { DOCUMENT_TYPE } from './document-bundle'
import { type AttachedFile, attachedFiles, CONTENT_TYPES, kindsOf } from './document-files'
import type { DocumentForm } from './document-form'
import { bundleIdentifier } from './document-identifier'
import type { AttachmentKind, EhrProfile } from './ehr-profile'
import type { HistoryRecord } from './record'
import { sourceIdentifier, versionUrl } from './source-identifier'
import type { WriteContext } from './write-plan'

/** What one document is made of and for. */
export interface DocumentOrder {
  readonly records: readonly HistoryRecord[]
  /** The document's own name, a URI. */
  readonly identifier: string
  /** `bundle`: the FHIR document alone, beside a PDF that is there already. */
  readonly form: DocumentForm | 'bundle'
  readonly context: WriteContext
  readonly release: FhirRelease
  readonly profile: EhrProfile
  /** What part of all it is, in words, where there are several. */
  readonly part?: string
  /** This chart refuses documents that name the records in them. */
  readonly withoutList?: boolean
  /** `Type/id` of the PDF that a bundle goes with. */
  readonly beside?: string
}

/**
 * The DocumentReference with its files. Fails as the PDF fails, and with the answer 413 where it is larger than this EHR takes.
 */
export async function documentReference(
  order: DocumentOrder,
  ports: { readonly pdf: PdfPort; readonly digest: Ports['digest']; readonly clock: Pick<Clock, 'after'> },
): Promise<Result<FhirJson>> {
  const { form, records, identifier, context, profile } = order
  const breathe = breatheBy(ports.clock)
  const files = await attachedFiles(form, records, identifier, context, { pdf: ports.pdf, breathe })
  if (!files.ok) return files
  const bytes = files.value.reduce((sum, file) => sum + file.bytes.byteLength, 0)
  // Base64 makes four characters of three bytes.
  if (profile.maxBytes !== undefined && (bytes * 4) / 3 > profile.maxBytes)
    return fail({ kind: 'http', server: context.ehrName, status: 413 })
  const data: JsonObject[] = []
  for (const file of files.value) data.push(await fileData(file, ports.digest, breathe))
  return ok(documentShape(order, data))
}

/** What will be sent, without the files. */
export const documentOutline = (order: DocumentOrder): FhirJson =>
  documentShape(
    order,
    kindsOf(order.form).map(() => ({})),
  )

async function fileData(
  { bytes }: AttachedFile,
  digest: Ports['digest'],
  breathe: Breathe,
): Promise<JsonObject> {
  // Attachment.hash is SHA-1 in DSTU2, STU3 and R4, as size of the bytes before base64.
  return { data: await base64(bytes, breathe), size: bytes.byteLength, hash: await digest('SHA-1', bytes) }
}

const coding = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })

/** The elements as each release has them (PDex facts 6.2). */
function documentShape(order: DocumentOrder, data: readonly JsonObject[]): FhirJson {
  const { context, release, profile, form, records } = order
  const { member, patientId, fhirUser, madeAt } = context
  const labels = securityLabels(records)
  const author = fhirUser === undefined ? { display: 'Beforehand' } : { reference: fhirUser }
  const identifier = form === 'bundle' ? bundleIdentifier(order.identifier) : order.identifier
  return {
    resourceType: 'DocumentReference',
    identifier: [sourceIdentifier(identifier)],
    status: 'current',
    docStatus:
      release === 'DSTU2'
        ? coding('http://hl7.org/fhir/composition-status', profile.docStatus)
        : profile.docStatus,
    type: DOCUMENT_TYPE,
    ...(release === 'R4' && {
      category: [
        coding('http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', 'clinical-note'),
      ],
    }),
    subject: { reference: `Patient/${patientId}` },
    ...(release === 'R4' ? { date: madeAt } : { created: madeAt, indexed: madeAt }),
    author: [author],
    ...(profile.needs.includes('authenticator') && { authenticator: author }),
    ...(order.beside !== undefined && {
      relatesTo: [{ code: 'transforms', target: { reference: order.beside } }],
    }),
    description: `${OUTSIDE_WARNING}: ${records.length} from ${member.payer.name}`,
    ...(labels.length > 0 && { securityLabel: labels }),
    content: kindsOf(form).map((kind, i) => content(kind, data[i] ?? {}, order)),
    ...documentContext(order),
  }
}

function content(
  kind: AttachmentKind,
  data: JsonObject,
  { context, release, part }: DocumentOrder,
): JsonObject {
  const { member, madeAt } = context
  const named = ['Outside record', member.payer.name, part, madeAt.slice(0, 10)]
  const format = {
    system: 'http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem',
    code: 'urn:ihe:iti:xds:2017:mimeTypeSufficient',
  }
  return {
    attachment: {
      contentType: CONTENT_TYPES[kind],
      language: 'en',
      ...data,
      title: named.filter((word) => word !== undefined).join(' – '),
      creation: madeAt,
    },
    ...(kind !== 'bundle' && { format: release === 'DSTU2' ? [format] : format }),
  }
}

/** The visit and the time, where this EHR asks for them, and which of the payer's records it holds, where it keeps that. */
function documentContext(order: DocumentOrder): JsonObject {
  const { records, form, context, release, profile, withoutList } = order
  const { encounterId, madeAt, payerBase } = context
  const encounter =
    profile.needs.includes('encounter') && encounterId !== undefined
      ? { reference: `Encounter/${encounterId}` }
      : undefined
  const hasEnd = profile.needs.includes('period-end')
  const related =
    profile.listsRecords && withoutList !== true && form !== 'bundle'
      ? records.map(({ resource }) => ({ identifier: sourceIdentifier(versionUrl(payerBase, resource)) }))
      : []
  if (encounter === undefined && !hasEnd && related.length === 0) return {}
  return {
    context: {
      ...(encounter && { encounter: release === 'R4' ? [encounter] : encounter }),
      ...(hasEnd && { period: { start: madeAt, end: madeAt } }),
      ...(related.length > 0 && { related }),
    },
  }
}

/** A document is as protected as the records in it. */
function securityLabels(records: readonly HistoryRecord[]): readonly JsonObject[] {
  const labels = records
    .flatMap(({ resource }) => objects(resource, 'meta', 'security'))
    .flatMap((label) => {
      const [system, code] = [text(label, 'system'), text(label, 'code')]
      return code === undefined ? [] : [{ coding: [{ ...(system !== undefined && { system }), code }] }]
    })
  return [...new Map(labels.map((label) => [JSON.stringify(label), label])).values()]
}
