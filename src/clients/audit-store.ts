import {
  type AuditEntry,
  type AuditPort,
  type InvocationRecord,
  readEntry,
  readPayload,
} from '../domain/audit'
import { isObject } from '../domain/json'
import type { Session } from '../domain/session'
import { isKey, newKey, seal, unseal } from './audit-seal'
import type { AuditTables } from './audit-tables'

/** Whose log it is, and how long it may be kept. */
export interface AuditFrame {
  /** Opens the tables; rejects where storage is denied. */
  readonly tables: () => Promise<AuditTables>
  readonly session: Pick<Session, 'key' | 'fhirBase' | 'fhirUser'>
  /** Days that the site keeps records beyond the session; 0: they end with it. */
  readonly retentionDays: number
  /** Epoch milliseconds. */
  readonly now: () => number
  /** SHA-256 as base64. */
  readonly digest: (algorithm: 'SHA-256', bytes: Uint8Array) => Promise<string>
}

/** A session that never said its end (the window was closed) ends by itself; milliseconds. */
const longestSession = 24 * 3_600_000
const day = 86_400_000

/** `session` keys end with the session; `user` keys serve the same user again, as long as the site keeps records. */
type KeyScope = 'session' | 'user'

/** As stored, in the clear: nothing of it says who, about whom, or what. */
interface Row {
  readonly id: string
  readonly keyId: string
  /** When it was kept; epoch milliseconds. */
  readonly at: number
  readonly sealed: unknown
}

/**
 * The log of invocations, encrypted at rest by a key that no script can read out. Without site retention the key ends with the
 * session, and with it everything that it encrypted; with retention it belongs to the user, so that nobody else at this machine can
 * open what it encrypted from within the app.
 */
export function createAuditStore(frame: AuditFrame): AuditPort {
  const memory = new Map<string, InvocationRecord>()
  let isEnded = false
  let opened: Promise<Opened> | undefined
  const open = (): Promise<Opened> => {
    opened ??= openStore(frame)
    return opened
  }
  return {
    async keep(record) {
      if (isEnded || !(await storeRecord(open, record, frame.now()))) memory.set(record.entry.id, record)
    },
    async list(patientId) {
      const stored = await orElse(async () => listRows(await open()), undefined)
      const entries = [...(stored?.entries ?? []), ...[...memory.values()].map(({ entry }) => entry)]
      return {
        entries: entries
          .filter((entry) => entry.patientId === patientId && entry.chart === frame.session.fhirBase)
          .sort((a, b) => b.askedAt - a.askedAt),
        unreadable: stored?.unreadable ?? 0,
        isDurable: stored !== undefined && memory.size === 0,
      }
    },
    async open(id) {
      return memory.get(id) ?? (await orElse(async () => openRecord(await open(), id), undefined))
    },
    async remove(id) {
      memory.delete(id)
      await orElse(async () => removeRow((await open()).tables, id), undefined)
    },
    async end() {
      isEnded = true
      memory.clear()
      await orElse(async () => endSession(await open()), undefined)
    },
  }
}

interface Opened {
  readonly tables: AuditTables
  readonly keyId: string
  readonly scope: KeyScope
  readonly key: CryptoKey
}

/** Storage may be denied at any time: what it would have given is `other` then. */
async function orElse<T>(run: () => Promise<T>, other: T): Promise<T> {
  try {
    return await run()
  } catch {
    return other
  }
}

async function openStore(frame: AuditFrame): Promise<Opened> {
  const { session, retentionDays, now, digest } = frame
  const tables = await frame.tables()
  await sweep(tables, retentionDays, now())
  // Whose records they are has to be known before they may outlive the session.
  const scope: KeyScope = retentionDays > 0 && session.fhirUser !== undefined ? 'user' : 'session'
  const owner = scope === 'user' ? [session.fhirBase, session.fhirUser] : [session.key]
  const keyId = `${scope} ${await digest('SHA-256', new TextEncoder().encode(JSON.stringify(owner)))}`
  const fresh = await newKey()
  const stored = await tables.keys.add(keyId, { id: keyId, at: now(), key: fresh })
  const key = isObject(stored) && isKey(stored.key) ? stored.key : fresh
  // Used now: it lives as long again.
  await tables.keys.put(keyId, { id: keyId, at: now(), key })
  return { tables, keyId, scope, key }
}

/** Takes away what is past its time, and what no key can open any more. */
async function sweep(tables: AuditTables, retentionDays: number, now: number): Promise<void> {
  const lifetime = (keyId: string): number =>
    keyId.startsWith('user ') ? retentionDays * day : longestSession
  const keys = (await tables.keys.all()).flatMap((each) => readKeyRow(each) ?? [])
  const keyIds = new Set(keys.map(({ id }) => id))
  const alive = new Set<string>()
  for (const stored of await tables.entries.all()) {
    const row = readRow(stored)
    if (row === undefined) continue
    if (row.at + lifetime(row.keyId) > now && keyIds.has(row.keyId)) alive.add(row.keyId)
    else await removeRow(tables, row.id)
  }
  for (const { id, at } of keys) if (!alive.has(id) && at + lifetime(id) <= now) await tables.keys.delete(id)
}

async function endSession({ tables, keyId, scope }: Opened): Promise<void> {
  if (scope === 'user') return
  // The key first: without it nothing can be read, even if what follows fails.
  await tables.keys.delete(keyId)
  for (const stored of await tables.entries.all()) {
    const row = readRow(stored)
    if (row?.keyId === keyId) await removeRow(tables, row.id)
  }
}

async function storeRecord(
  open: () => Promise<Opened>,
  { entry, payload }: InvocationRecord,
  at: number,
): Promise<boolean> {
  try {
    const { tables, key, keyId } = await open()
    const row = async (content: unknown, part: Part): Promise<Row> => ({
      id: entry.id,
      keyId,
      at,
      sealed: await seal(key, label(part, { id: entry.id, keyId, at }), content),
    })
    const [entryRow, payloadRow] = [await row(entry, 'entry'), await row(payload, 'payload')]
    await tables.entries.put(entry.id, entryRow)
    try {
      await tables.payloads.put(entry.id, payloadRow)
    } catch {
      await tables.entries.delete(entry.id)
      return false
    }
    return true
  } catch {
    return false
  }
}

type Part = 'entry' | 'payload'

/** Binds what is encrypted to its row, so that rows cannot be exchanged or made younger. */
const label = (part: Part, row: Pick<Row, 'id' | 'keyId' | 'at'>): string =>
  JSON.stringify([part, row.id, row.keyId, row.at])

async function listRows(opened: Opened): Promise<{ entries: readonly AuditEntry[]; unreadable: number }> {
  const rows = (await opened.tables.entries.all()).flatMap((each) => readRow(each) ?? [])
  const own = rows.filter((row) => row.keyId === opened.keyId)
  const entries = (await Promise.all(own.map((row) => entryOf(opened, row)))).flatMap((each) => each ?? [])
  return { entries, unreadable: own.length - entries.length }
}

async function entryOf(opened: Opened, row: Row): Promise<AuditEntry | undefined> {
  const read = readEntry(await unseal(opened.key, label('entry', row), row.sealed))
  return read.ok ? read.value : undefined
}

async function openRecord(opened: Opened, id: string): Promise<InvocationRecord | undefined> {
  const entryRow = readRow(await opened.tables.entries.get(id))
  const payloadRow = readRow(await opened.tables.payloads.get(id))
  if (entryRow?.keyId !== opened.keyId || payloadRow?.keyId !== opened.keyId) return undefined
  const entry = await entryOf(opened, entryRow)
  const payload = readPayload(await unseal(opened.key, label('payload', payloadRow), payloadRow.sealed))
  return entry !== undefined && payload.ok ? { entry, payload: payload.value } : undefined
}

async function removeRow(tables: AuditTables, id: string): Promise<void> {
  await tables.payloads.delete(id)
  await tables.entries.delete(id)
}

function readRow(stored: unknown): Row | undefined {
  if (!isObject(stored)) return undefined
  const { id, keyId, at, sealed } = stored
  return typeof id === 'string' && typeof keyId === 'string' && typeof at === 'number'
    ? { id, keyId, at, sealed }
    : undefined
}

function readKeyRow(stored: unknown): Pick<Row, 'id' | 'at'> | undefined {
  if (!isObject(stored)) return undefined
  const { id, at } = stored
  return typeof id === 'string' && typeof at === 'number' ? { id, at } : undefined
}
