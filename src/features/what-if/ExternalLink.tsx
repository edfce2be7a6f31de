import type { ReactNode } from 'react'

/** The host of an https URL without credentials in it; undefined for everything else. */
export function safeHost(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return undefined
  return parsed.host
}

/** A link out of the app: https only, in a new tab without opener, its host in sight (U7). Anything else stays text. */
export function ExternalLink({
  url,
  children,
}: {
  readonly url: string | undefined
  readonly children: ReactNode
}) {
  const host = safeHost(url)
  if (host === undefined) return <span>{children}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children} <span className="soft small">({host}, opens a new tab)</span>
    </a>
  )
}
