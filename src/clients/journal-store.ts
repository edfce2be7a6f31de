import type { JournalPort } from '../domain/ports'

const PREFIX = 'beforehand.journal.'

/**
 * The write journal in this window's sessionStorage: it outlives a reload and ends with the window. Frames may be denied storage
 * or run out of it; the journal is then kept in memory, and a write can still go on for as long as the page lives.
 */
export function createJournalStore(storage: () => Storage = () => window.sessionStorage): JournalPort {
  const memory = new Map<string, string>()
  return {
    load(sessionKey) {
      return Promise.resolve(read(memory.get(sessionKey) ?? stored(storage, sessionKey)))
    },
    save(sessionKey, journal) {
      const body = JSON.stringify(journal)
      try {
        storage().setItem(PREFIX + sessionKey, body)
        memory.delete(sessionKey)
      } catch {
        memory.set(sessionKey, body)
      }
      return Promise.resolve()
    },
  }
}

function stored(storage: () => Storage, sessionKey: string): string | undefined {
  try {
    return storage().getItem(PREFIX + sessionKey) ?? undefined
  } catch {
    return undefined
  }
}

/** What is no JSON counts as no journal. */
function read(body: string | undefined): unknown {
  if (body === undefined) return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
