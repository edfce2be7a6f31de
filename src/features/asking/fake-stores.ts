import type { AuditPort, InvocationRecord } from '../../domain/audit'
import type { PreferencePort } from '../../domain/ports'

/** The log of a browser that keeps everything. `held`: what was kept, oldest first. */
export function fakeAudit(
  kept: readonly InvocationRecord[] = [],
): AuditPort & { readonly held: () => readonly InvocationRecord[] } {
  const records = new Map(kept.map((record) => [record.entry.id, record]))
  return {
    held: () => [...records.values()],
    keep: async (record) => void records.set(record.entry.id, record),
    list: async (patientId) => ({
      entries: [...records.values()]
        .map(({ entry }) => entry)
        .filter((entry) => entry.patientId === patientId)
        .sort((a, b) => b.askedAt - a.askedAt),
      unreadable: 0,
      isDurable: true,
    }),
    open: async (id) => records.get(id),
    remove: async (id) => void records.delete(id),
    end: async () => records.clear(),
  }
}

/** What a user prefers, as JSON, as a browser would keep it. */
export function fakePreferences(kept: Readonly<Record<string, unknown>> = {}): PreferencePort {
  const values = new Map(Object.entries(kept).map(([key, value]) => [key, JSON.stringify(value)]))
  return {
    load: (key) => {
      const found = values.get(key)
      return found === undefined ? undefined : (JSON.parse(found) as unknown)
    },
    save: (key, value) => void values.set(key, JSON.stringify(value)),
    isDurable: () => true,
  }
}
