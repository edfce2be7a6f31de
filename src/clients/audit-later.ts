import type { AuditPort, InvocationRecord } from '../domain/audit'
import type { AuditFrame } from './audit-store'

/**
 * The log of invocations over this browser's IndexedDB, loaded at its first use: the first screen does without. Where it cannot be
 * loaded, what was to be kept waits in memory for the next try.
 */
export function createAudit(
  frame: Omit<AuditFrame, 'tables'>,
  load: () => Promise<AuditPort> = () => loadStore(frame),
): AuditPort {
  const waiting = new Map<string, InvocationRecord>()
  let store: Promise<AuditPort> | undefined
  // One after the other, so that what is asked for later finds what was kept before.
  let turn: Promise<AuditPort | undefined> = Promise.resolve(undefined)
  const open = (): Promise<AuditPort | undefined> => {
    turn = turn.then(reach)
    return turn
  }
  const reach = async (): Promise<AuditPort | undefined> => {
    store ??= load()
    try {
      const opened = await store
      const late = [...waiting.values()]
      waiting.clear()
      for (const record of late) await opened.keep(record)
      return opened
    } catch {
      store = undefined
      return undefined
    }
  }
  return {
    async keep(record) {
      waiting.set(record.entry.id, record)
      await open()
    },
    async list(patientId) {
      const found = await (await open())?.list(patientId)
      return (
        found ?? {
          entries: [...waiting.values()]
            .map(({ entry }) => entry)
            .filter((entry) => entry.patientId === patientId)
            .sort((a, b) => b.askedAt - a.askedAt),
          unreadable: 0,
          isDurable: false,
        }
      )
    },
    async open(id) {
      return waiting.get(id) ?? (await (await open())?.open(id))
    },
    async remove(id) {
      waiting.delete(id)
      await (await open())?.remove(id)
    },
    async end() {
      waiting.clear()
      await (await open())?.end()
    },
  }
}

async function loadStore(frame: Omit<AuditFrame, 'tables'>): Promise<AuditPort> {
  const [{ createAuditStore }, { idbTables }] = await Promise.all([
    import('./audit-store'),
    import('./audit-tables'),
  ])
  return createAuditStore({ ...frame, tables: () => idbTables() })
}
