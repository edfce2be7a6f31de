import type { Clock } from '../domain/ports'

/** Offers bytes as a download. A frame that forbids downloads gives no sign of it, so the caller shows another way beside (U18). */
export function saveFile(
  clock: Pick<Clock, 'after'>,
  name: string,
  type:
    | 'application/pdf'
    | 'application/fhir+json'
    | 'application/json'
    | 'text/html'
    | 'text/rtf'
    | 'text/plain'
    | 'text/csv',
  content: Uint8Array | string,
): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content)
  const url = URL.createObjectURL(new Blob([part], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  clock.after(60_000, () => URL.revokeObjectURL(url))
}
