import type { AuditTable, AuditTables } from './audit-tables'

type Rows = Map<string, unknown>
type MemoryTables = AuditTables & { readonly rows: Readonly<Record<keyof AuditTables, Rows>> }

/** The tables of one browser, in memory. */
export function browser(): MemoryTables {
  const rows = { keys: new Map(), entries: new Map(), payloads: new Map() } as Record<keyof AuditTables, Rows>
  const table = (of: Rows): AuditTable => ({
    get: async (id) => of.get(id),
    all: async () => [...of.values()],
    put: async (id, value) => void of.set(id, value),
    async add(id, value) {
      if (!of.has(id)) of.set(id, value)
      return of.get(id)
    },
    delete: async (id) => void of.delete(id),
  })
  return { keys: table(rows.keys), entries: table(rows.entries), payloads: table(rows.payloads), rows }
}
