import type { JournalPort } from '../domain/ports'
import { parsed, storedText } from './stored-json'

const PREFIX = 'beforehand.journal.'

/**
 * The write journal in this window's sessionStorage: it outlives a reload and ends with the window. Frames may be denied storage
 * or run out of it; the journal is then kept in memory, and a write can still go on for as long as the page lives.
 */
export function createJournalStore(storage: () => Storage = () => window.sessionStorage): JournalPort {
  const memory = new Map<string, string>()
  return {
    load(sessionKey) {
      return Promise.resolve(parsed(memory.get(sessionKey) ?? storedText(storage, PREFIX + sessionKey)))
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
