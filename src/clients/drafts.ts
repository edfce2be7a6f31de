import type { DraftPort } from '../domain/ports'

const KEY = 'beforehand.drafts'
const LONGEST_MS = 30 * 60_000

/** Drafts that can outlive this page for one new sign-in of the same patient at the same EHR. */
export interface DraftStore extends DraftPort {
  /** Puts the drafts into this tab's sessionStorage, for at most 30 minutes. Called only when a new sign-in is due. */
  keepForRelaunch(): void
}

/**
 * In memory while the page lives. Before a new sign-in they go to sessionStorage (this tab only) and are taken out of it by the
 * next launch: restored if it is the same chart, dropped if not.
 */
export function createDrafts(chart: string, now: () => number): DraftStore {
  const drafts = new Map<string, unknown>(takeKept(chart, now()))
  return {
    load: (name) => drafts.get(name),
    save: (name, draft) => void drafts.set(name, draft),
    keepForRelaunch() {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ chart, until: now() + LONGEST_MS, drafts: [...drafts] }))
      } catch {
        // Storage denied: the drafts end with the page; the user was told to finish first.
      }
    },
  }
}

function takeKept(chart: string, now: number): readonly (readonly [string, unknown])[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    sessionStorage.removeItem(KEY)
    if (typeof kept !== 'object' || kept === null) return []
    const { chart: of, until, drafts } = kept as Record<string, unknown>
    if (of !== chart || typeof until !== 'number' || until < now || !Array.isArray(drafts)) return []
    return drafts.filter(
      (entry): entry is [string, unknown] => Array.isArray(entry) && typeof entry[0] === 'string',
    )
  } catch {
    return []
  }
}
