import { text } from '../json'

// Control characters and bidirectional overrides: they can make a text read as something else than it says.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
const misleading = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text that a payer wrote, without misleading characters and cut to `limit` characters. Undefined where there is none. */
export function payerText(value: unknown, limit: number): string | undefined {
  const found = text(value)?.replace(misleading, '').trim()
  if (found === undefined || found === '') return undefined
  return found.length > limit ? `${found.slice(0, limit - 1)}…` : found
}

/** A URL that is safe to open: https anywhere, http on this machine only; never with a user name in it. */
export function safeUrl(given: string): URL | undefined {
  if (!URL.canParse(given)) return undefined
  const url = new URL(given)
  if (url.username !== '' || url.password !== '') return undefined
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]'
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : undefined
}
