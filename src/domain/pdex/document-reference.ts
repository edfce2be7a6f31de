import { fingerprint } from '../document/fingerprint'
import { type FhirJson, type JsonObject, objects, text } from '../json'
import type { PdfPort, Ports } from '../ports'
import { ok, type Result } from '../result'
import { chartDocument, OUTSIDE_WARNING } from './chart-document'
import { DOCUMENT_TYPE, documentBundle } from './document-bundle'
import { type HistoryRecord, recordKey } from './record'
import { sourceIdentifier } from './source-identifier'
import type { WriteContext } from './write-plan'

type Digest = Ports['digest']

/** Records as files: the FHIR document, and the same for reading. */
export interface RecordFiles {
  readonly bundle: FhirJson
  readonly pdf: Result<Uint8Array>
}

/**
 * The document's own name, an RFC 6920 `ni` URI: SHA-256 over payer, member, and the records with their versions. The same records
 * have the same name whenever the document is made, so that it is found again.
 */
export async function documentIdentifier(
  records: readonly HistoryRecord[],
  context: WriteContext,
  digest: Digest,
): Promise<string> {
  const versions = records
    .map(({ resource }) => {
      const version =
        text(resource, 'meta', 'versionId') ??
        text(resource, 'meta', 'lastUpdated') ??
        fingerprint(JSON.stringify(resource))
      return `${recordKey('', resource)} ${version}`
    })
    .sort()
  const named = [context.payerBase, context.member.patientId, ...versions].join('\n')
  const hash = await digest('SHA-256', new TextEncoder().encode(named))
  return `ni:///sha-256;${hash.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`
}

/** Makes both files. */
export async function recordFiles(
  records: readonly HistoryRecord[],
  identifier: string,
  context: WriteContext,
  pdf: PdfPort,
): Promise<RecordFiles> {
  const document = chartDocument(records, context)
  return { bundle: documentBundle(records, document, identifier, context), pdf: await pdf.render(document) }
}

/**
 * One DocumentReference with both: the FHIR document first, then its PDF (PDex §51). Fails where the PDF could not be made: a
 * document that nobody can read is not attached.
 */
export async function documentReference(
  records: readonly HistoryRecord[],
  identifier: string,
  context: WriteContext,
  ports: { readonly pdf: PdfPort; readonly digest: Digest },
): Promise<Result<FhirJson>> {
  const files = await recordFiles(records, identifier, context, ports.pdf)
  if (!files.pdf.ok) return files.pdf
  const { member, patientId, fhirUser, madeAt } = context
  const title = `Outside record – ${member.payer.name} – ${madeAt.slice(0, 10)}`
  const json = new TextEncoder().encode(JSON.stringify(files.bundle))
  const attach = async (contentType: string, bytes: Uint8Array): Promise<JsonObject> => ({
    attachment: {
      contentType,
      language: 'en',
      data: base64(bytes),
      size: bytes.byteLength,
      // R4 Attachment.hash is SHA-1, of the bytes before base64.
      hash: await ports.digest('SHA-1', bytes),
      title,
      creation: madeAt,
    },
  })
  const labels = securityLabels(records)
  return ok({
    resourceType: 'DocumentReference',
    identifier: [sourceIdentifier(identifier)],
    status: 'current',
    docStatus: 'final',
    type: DOCUMENT_TYPE,
    category: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
            code: 'clinical-note',
          },
        ],
      },
    ],
    subject: { reference: `Patient/${patientId}` },
    date: madeAt,
    author: [fhirUser === undefined ? { display: 'Beforehand' } : { reference: fhirUser }],
    description: `${OUTSIDE_WARNING}: ${records.length} from ${member.payer.name}`,
    ...(labels.length > 0 && { securityLabel: labels }),
    content: [await attach('application/fhir+json', json), await attach('application/pdf', files.pdf.value)],
  })
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

/** In pieces: spreading megabytes into one call overflows the stack. */
function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}
