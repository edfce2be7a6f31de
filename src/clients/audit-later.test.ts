import { describe, expect, it } from 'vitest'
import type { AuditPort, InvocationRecord } from '../domain/audit'
import { createAudit } from './audit-later'
import { createAuditStore } from './audit-store'
import { browser } from './audit-tables.test-data'
import { digest } from './system'

const frame = {
  session: { key: 's1', fhirBase: 'https://ehr.example/fhir', fhirUser: 'Practitioner/1' },
  retentionDays: 0,
  now: () => 0,
  digest,
}

const record = (id: string, askedAt = 1): InvocationRecord => ({
  entry: {
    version: 1,
    id,
    chart: 'https://ehr.example/fhir',
    patientId: 'p1',
    payerId: 'acme',
    payerName: 'Acme Health',
    hook: 'order-sign',
    hookInstance: 'h1',
    title: 'MRI of the knee',
    coverage: 'Coverage/1',
    outcome: 'answered',
    askedAt,
    endedAt: 2,
    assertionIds: [],
    suggestionUuids: [],
  },
  payload: { request: {}, response: {}, orders: [] },
})

/** The log of one browser, which can be loaded only while the app's server is there. */
function logOf() {
  const tables = browser()
  const world = { isThere: true, loads: 0 }
  const load = async (): Promise<AuditPort> => {
    world.loads += 1
    if (!world.isThere) throw new Error('chunk not found')
    return createAuditStore({ ...frame, tables: async () => tables })
  }
  return { audit: createAudit(frame, load), tables, world }
}

const ids = async (audit: AuditPort) => (await audit.list('p1')).entries.map(({ id }) => id)

describe('the log, loaded when it is needed', () => {
  it('is loaded once, at its first use', async () => {
    const { audit, world } = logOf()
    expect(world.loads).toBe(0)
    await Promise.all([audit.keep(record('a')), audit.keep(record('b', 9))])
    expect(await ids(audit)).toEqual(['b', 'a'])
    expect(await audit.open('a')).toEqual(record('a'))
    expect(await audit.list('p1')).toMatchObject({ isDurable: true })
    expect(world.loads).toBe(1)
  })

  it('loses nothing where it cannot be loaded, and keeps it when it can', async () => {
    const { audit, tables, world } = logOf()
    world.isThere = false
    await audit.keep(record('a'))
    expect(await audit.list('p1')).toMatchObject({ entries: [{ id: 'a' }], isDurable: false })
    expect((await audit.list('p2')).entries).toEqual([])
    expect(await audit.open('a')).toEqual(record('a'))
    world.isThere = true
    expect(await ids(audit)).toEqual(['a'])
    expect(tables.rows.entries.size).toBe(1)
  })

  it('ends what an earlier page of this session kept, though this page used nothing', async () => {
    const { tables, audit } = logOf()
    await createAuditStore({ ...frame, tables: async () => tables }).keep(record('a'))
    await audit.end()
    expect(tables.rows.keys.size + tables.rows.entries.size + tables.rows.payloads.size).toBe(0)
  })

  it('removes one', async () => {
    const { audit } = logOf()
    await audit.keep(record('a'))
    await audit.remove('a')
    expect(await ids(audit)).toEqual([])
  })
})
