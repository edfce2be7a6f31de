import type { ReactNode } from 'react'
import { safeUrl } from '../../domain/crd/payer-text'

/** A link out of the app: only where it is safe to open, in a new tab without opener, its host in sight (U7). Anything else stays text. */
export function ExternalLink({
  url,
  children,
}: {
  readonly url: string | undefined
  readonly children: ReactNode
}) {
  const safe = url === undefined ? undefined : safeUrl(url)
  if (safe === undefined) return <span>{children}</span>
  return (
    <a href={safe.href} target="_blank" rel="noopener noreferrer">
      {children} <span className="soft small">({safe.host}, opens a new tab)</span>
    </a>
  )
}
