import type { PreferencePort } from '../domain/ports'

const PREFIX = 'beforehand.preference.'

/**
 * Preferences in this browser's localStorage: they outlive the session, so callers put no PHI there. Frames may be denied storage or
 * run out of it; a preference is then kept in memory while the page lives.
 */
export function createPreferences(storage: () => Storage = () => window.localStorage): PreferencePort {
  const memory = new Map<string, string>()
  return {
    load: (key) => read(memory.get(key) ?? stored(storage, key)),
    save(key, value) {
      // JSON has no `undefined`: what is taken back reads as never chosen.
      const body = value === undefined ? undefined : JSON.stringify(value)
      memory.delete(key)
      try {
        if (body === undefined) storage().removeItem(PREFIX + key)
        else storage().setItem(PREFIX + key, body)
      } catch {
        if (body !== undefined) memory.set(key, body)
      }
    },
    isDurable: () => memory.size === 0 && isGiven(storage),
  }
}

function stored(storage: () => Storage, key: string): string | undefined {
  try {
    return storage().getItem(PREFIX + key) ?? undefined
  } catch {
    return undefined
  }
}

function isGiven(storage: () => Storage): boolean {
  try {
    return storage() !== null
  } catch {
    return false
  }
}

/** What is no JSON counts as never chosen. */
function read(body: string | undefined): unknown {
  if (body === undefined) return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
