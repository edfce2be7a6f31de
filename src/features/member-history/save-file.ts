import type { Clock } from '../../domain/ports'

/** Offers bytes as a download. A frame that forbids downloads gives no sign of it, so the caller shows another way beside. */
export function saveFile(
  clock: Pick<Clock, 'after'>,
  name: string,
  type: 'application/pdf' | 'application/fhir+json',
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

/** File name without PHI: "outside-records-2026-11-20.pdf". `madeAt` is an ISO instant. */
export const fileName = (
  what: 'outside-records' | 'report',
  madeAt: string,
  ending: 'pdf' | 'json',
): string => `${what}-${/^\d{4}-\d{2}-\d{2}/.exec(madeAt)?.[0] ?? 'undated'}.${ending}`
