import type { Attachment } from 'fhir/r4'
import type { FhirStore } from '../fhir/store'
import { resolve } from './records'

/** What an attachment is called, for a link. */
export function attachmentName(attachment: Attachment, index: number): string {
  return attachment.title || `${index + 1}. ${attachment.contentType?.split(';')[0] ?? 'attachment'}`
}

/** Its size in words, where it says. `size` counts the bytes before base64. */
export function sizeText(attachment: Attachment): string | undefined {
  const bytes =
    attachment.size ??
    (attachment.data === undefined ? undefined : Buffer.byteLength(attachment.data, 'base64'))
  if (bytes === undefined) return undefined
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} kB`
}

/** Bytes and type of an attachment: inline, or in a Binary of this server. Undefined where it points elsewhere or to nothing. */
export function attachmentBytes(
  store: FhirStore,
  attachment: Attachment,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string } | undefined {
  const binary = attachment.data === undefined ? resolve(store, attachment.url) : undefined
  const data = attachment.data ?? (binary?.resourceType === 'Binary' ? binary.data : undefined)
  if (data === undefined) return undefined
  const contentType =
    attachment.contentType ?? (binary?.resourceType === 'Binary' ? binary.contentType : undefined)
  return {
    bytes: new Uint8Array(Buffer.from(data, 'base64')),
    contentType: contentType ?? 'application/octet-stream',
  }
}

const INLINE = new Set(['application/pdf', 'text/plain'])

/** `json` of `application/fhir+json`. */
function extensionOf(type: string): string {
  return /[a-z0-9]+$/.exec(type)?.[0] ?? 'bin'
}

/**
 * Headers under which somebody else's bytes may leave from this origin: only PDF and plain text are shown in place; HTML in a sandbox
 * without scripts; everything else is a download.
 */
export function attachmentHeaders(contentType: string): Readonly<Record<string, string>> {
  const bare = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const safe = /^[a-z0-9.+-]+\/[a-z0-9.+-]+(;\s*charset=[a-z0-9-]+)?$/i.test(contentType)
  const common = {
    'Content-Type': safe ? contentType : 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (INLINE.has(bare)) return { ...common, 'Content-Disposition': 'inline' }
  const isHtml = bare === 'text/html' || bare === 'application/xhtml+xml'
  return isHtml
    ? {
        ...common,
        'Content-Security-Policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      }
    : { ...common, 'Content-Disposition': `attachment; filename="document.${extensionOf(bare)}"` }
}
