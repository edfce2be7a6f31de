import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Crash, simulatedEhr } from './simulated-ehr.testing'
import { runWrite, writeStatus } from './write'
import { interruptedKeys } from './write-interrupted'
import { able, copies, plan, records, states } from './write-scenario.testing'

describe('runWrite', () => {
  it('writes entries, their provenance, and one document for the rest', async () => {
    const ehr = simulatedEhr(able)
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(report.ended).toBe('complete')
    expect(states(report)).toEqual(['written', 'in-document', 'written', 'in-document', 'written'])
    expect(report.records.map((r) => r.provenance)).toEqual([
      'stored',
      undefined,
      'stored',
      undefined,
      'stored',
    ])
    expect(ehr.stored.map((r) => r.resourceType).sort()).toEqual([
      'Condition',
      'Condition',
      'DocumentReference',
      'Procedure',
      'Provenance',
      'Provenance',
      'Provenance',
    ])
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it.each([
    ['conditional create', able],
    ['a look beforehand', { ...able, conditional: false }],
  ])('writes nothing new the second time, in another session, by %s', async (_, config) => {
    const ehr = simulatedEhr(config)
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    const before = ehr.stored.length
    ehr.forgetSession()
    const report = await runWrite(plan(ehr), 's2', ehr.dependencies)
    expect(ehr.stored).toHaveLength(before)
    expect(states(report)).toEqual(['existed', 'in-document', 'existed', 'in-document', 'existed'])
  })

  it('puts into a further document only what is in none yet', async () => {
    const ehr = simulatedEhr(able)
    await runWrite(plan(ehr, records.slice(0, 3)), 's1', ehr.dependencies)
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('sends nothing for a plan that is done', async () => {
    const ehr = simulatedEhr(able)
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    const sent = ehr.posts()
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.posts()).toBe(sent)
    expect(states(report)).toEqual(['written', 'in-document', 'written', 'in-document', 'written'])
  })

  it('moves a refused entry into the document and says why', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['refuse'])
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(report.records[0]).toMatchObject({
      state: 'in-document',
      reason: 'Lakeside EHR understood the request but refused its content.',
    })
  })

  it('offers for saving what the chart takes in no form', async () => {
    const ehr = simulatedEhr({ ...able, documents: false })
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(states(report)).toEqual(['written', 'download', 'written', 'download', 'written'])
    expect(report.download?.bundle.resourceType).toBe('Bundle')
    expect(report.download?.pdf?.length).toBeGreaterThan(100)
  })

  it('pauses when the session ends, and goes on where it was', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['none', 'expired'])
    const first = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(first).toMatchObject({ ended: 'paused', problem: { kind: 'http', status: 401 } })
    expect(states(first)).toEqual(['written', 'left', 'left', 'left', 'left'])
    const second = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, second)).toEqual([1, 1, 1, 1, 1])
  })

  it('waits as long as the chart asks', async () => {
    const ehr = simulatedEhr(able, ['too many'])
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.waits).toEqual([7000])
  })

  it('stops after what is in flight', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false })
    const stop = new AbortController()
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    expect(report.ended).toBe('stopped')
    expect(states(report)).toEqual(['written', 'left', 'left', 'left', 'left'])
  })

  it('tells after a break what is done, uncertain and left, and sends nothing for that', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['none', 'crash after commit'])
    await expect(runWrite(plan(ehr), 's1', ehr.dependencies)).rejects.toThrow(Crash)
    const sent = ehr.posts()
    const status = await writeStatus(plan(ehr), 's1', ehr.dependencies.journal)
    expect(states(status)).toEqual(['written', 'left', 'unknown', 'left', 'left'])
    expect(ehr.posts()).toBe(sent)
  })

  it('keeps what was chosen over a break, until it is in the chart', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['none', 'crash after commit'])
    const chosen = () => interruptedKeys('s1', 'chart-patient', ehr.dependencies.journal)
    expect(await chosen()).toEqual([])
    await expect(runWrite(plan(ehr), 's1', ehr.dependencies)).rejects.toThrow(Crash)
    expect(await chosen()).toEqual(records.map(({ key }) => key))
    expect(await interruptedKeys('s1', 'another patient', ehr.dependencies.journal)).toEqual([])
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(await chosen()).toEqual([])
  })

  it('keeps nothing clinical in the journal', async () => {
    const ehr = simulatedEhr(able, ['refuse'])
    await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.journalText()).not.toMatch(/Asthma|Gout|Append|Metformin/)
  })

  it('refuses a journal about another patient', async () => {
    const ehr = simulatedEhr(able)
    const journal = {
      load: () => Promise.resolve({ version: 1, patientId: 'x', steps: {} }),
      save: () => Promise.resolve(),
    }
    const report = await runWrite(plan(ehr), 's1', { ...ehr.dependencies, journal })
    expect(report).toMatchObject({ ended: 'paused', problem: { rule: 'journal-patient' } })
    expect(ehr.posts()).toBe(0)
  })

  it('takes a journal that cannot be read for none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (value) => {
        const ehr = simulatedEhr(able)
        const journal = { load: () => Promise.resolve(value), save: () => Promise.resolve() }
        const report = await runWrite(plan(ehr), 's1', { ...ehr.dependencies, journal })
        expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
      }),
      { numRuns: 30 },
    )
  })
})
