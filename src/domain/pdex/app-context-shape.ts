import { isObject, type JsonObject } from '../json'

/** Longer text is not looked at. Launch contexts are a few hundred characters. */
const LONGEST = 20_000

/**
 * The object inside an appContext. CDS Hooks leaves its form open ("escaped JSON, base64 … or even a simple string") and servers
 * differ in what they make of it on its way through the token response, so wrappings are taken off until an object appears.
 * Undefined where none does.
 */
export function unwrapAppContext(raw: unknown, depth = 0): JsonObject | undefined {
  if (isObject(raw)) return raw
  if (typeof raw !== 'string' || raw.length > LONGEST || depth > 3) return undefined
  for (const unwrap of [json, base64, percentDecoded]) {
    const inner = unwrap(raw.trim())
    const found = inner === undefined || inner === raw ? undefined : unwrapAppContext(inner, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function json(value: string): unknown {
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}

/** base64 and base64url, with or without padding, also in lines as mail has it (RFC 2045), of UTF-8 text. */
function base64(wrapped: string): string | undefined {
  const value = wrapped.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined
  try {
    const binary = atob(value.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** As a URL or as a form has it (`+` for a space). */
function percentDecoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '))
  } catch {
    return undefined
  }
}
