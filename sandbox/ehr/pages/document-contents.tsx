/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { DocumentReference } from 'fhir/r4'
import { attachmentName, sizeText } from '../attachments'

/** What a document holds: each content as a link, with its type and size. */
export function DocumentContents({
  document,
  id,
}: {
  readonly document: DocumentReference
  readonly id: string
}) {
  return (
    <ul class="contents">
      {document.content.map(({ attachment }, index) => (
        <li key={attachmentName(attachment, index)}>
          <a href={`/documents/${id}/${index}`} target="_blank" rel="noopener">
            {attachmentName(attachment, index)}
          </a>{' '}
          <span class="facts">
            {[attachment.contentType, sizeText(attachment)].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
