import { openDB } from 'idb'

/** A table of values by id, as small as the log needs it. Rejects where storage is denied or full. */
export interface AuditTable {
  get(id: string): Promise<unknown>
  all(): Promise<readonly unknown[]>
  put(id: string, value: unknown): Promise<void>
  /** Puts it where there is none yet; gives what is there then. */
  add(id: string, value: unknown): Promise<unknown>
  delete(id: string): Promise<void>
}

/** `keys` holds CryptoKeys, which no script can export; `entries` and `payloads` hold what they encrypted. */
export interface AuditTables {
  readonly keys: AuditTable
  readonly entries: AuditTable
  readonly payloads: AuditTable
}

/** Tables in this browser's IndexedDB. Rejects where frames are denied it. */
export async function idbTables(name = 'beforehand.audit'): Promise<AuditTables> {
  const db = await openDB(name, 1, {
    upgrade(fresh) {
      for (const table of ['keys', 'entries', 'payloads']) fresh.createObjectStore(table)
    },
  })
  const table = (store: string): AuditTable => ({
    get: (id) => db.get(store, id),
    all: () => db.getAll(store),
    put: async (id, value) => void (await db.put(store, value, id)),
    async add(id, value) {
      const transaction = db.transaction(store, 'readwrite')
      const there: unknown = await transaction.store.get(id)
      if (there === undefined) await transaction.store.put(value, id)
      await transaction.done
      return there ?? value
    },
    delete: (id) => db.delete(store, id),
  })
  return { keys: table('keys'), entries: table('entries'), payloads: table('payloads') }
}
