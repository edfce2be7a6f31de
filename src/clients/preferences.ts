import type { PreferencePort } from '../domain/ports'

const PREFIX = 'beforehand.preference.'

/** In localStorage, which outlives the session: callers put no PHI there. Where it is denied or full, in memory while the page lives. */
export function createPreferences(): PreferencePort {
  const memory = new Map<string, string>()
  return {
    load(key) {
      const kept = memory.get(key) ?? read(PREFIX + key)
      try {
        return kept === undefined ? undefined : (JSON.parse(kept) as unknown)
      } catch {
        return undefined
      }
    },
    save(key, value) {
      const json = JSON.stringify(value)
      memory.delete(key)
      try {
        if (json === undefined) localStorage.removeItem(PREFIX + key)
        else localStorage.setItem(PREFIX + key, json)
      } catch {
        memory.set(key, json ?? 'null')
      }
    },
    isDurable: () => memory.size === 0 && isReadable(),
  }
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

function isReadable(): boolean {
  try {
    return localStorage !== null
  } catch {
    return false
  }
}
