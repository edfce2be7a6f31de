import type { PreferencePort } from '../domain/ports'
import { parsed, storedText } from './stored-json'

const PREFIX = 'beforehand.preference.'

/**
 * Preferences in this browser's localStorage: they outlive the session, so callers put no PHI there. Frames may be denied storage or
 * run out of it; a preference is then kept in memory while the page lives.
 */
export function createPreferences(storage: () => Storage = () => window.localStorage): PreferencePort {
  const memory = new Map<string, string>()
  return {
    load: (key) => parsed(memory.get(key) ?? storedText(storage, PREFIX + key)),
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

function isGiven(storage: () => Storage): boolean {
  try {
    return storage() !== null
  } catch {
    return false
  }
}
