import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ehrProfile } from './ehr-profiles'
import { type Config, Crash, FAULTS, simulatedEhr } from './simulated-ehr.testing'
import { runWrite } from './write'
import { able, copies, lookedUpPlan, record, records, states } from './write-scenario.testing'

const run = async (ehr: ReturnType<typeof simulatedEhr>, chosen = records, session = 's1') => {
  const planned = await lookedUpPlan(ehr, chosen)
  return { planned, report: await runWrite(planned, session, ehr.dependencies) }
}

describe('a later session', () => {
  it('puts no record into a second document although another selection is made', async () => {
    const ehr = simulatedEhr(able)
    await run(ehr, records.slice(0, 2))
    ehr.forgetSession()
    const { planned, report } = await run(ehr, records, 's2')
    expect(planned.records.map(({ tier }) => tier)).toEqual(['there', 'there', 'entry', 'document', 'entry'])
    expect(states(report)).toEqual(['existed', 'in-document', 'written', 'in-document', 'written'])
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('writes no entry of what is in a document, and tells of when the document is', async () => {
    const asDocuments = simulatedEhr({ ...able, provenance: false }, ['not offered'])
    await run(asDocuments, records.slice(0, 1))
    expect(asDocuments.stored.map((r) => r.resourceType)).toEqual(['DocumentReference'])
    asDocuments.forgetSession()
    const { planned, report } = await run(asDocuments, records.slice(0, 1), 's2')
    expect(planned.records[0]).toMatchObject({
      tier: 'there',
      reason: 'It is in the document of 20-Nov-2026 (DocumentReference/1).',
    })
    expect(copies(asDocuments, report).slice(0, 1)).toEqual([1])
    expect(asDocuments.stored).toHaveLength(1)
  })

  it('sends nothing where all is there, and stores the Provenance that a crash left out', async () => {
    const ehr = simulatedEhr(able, ['crash after commit'])
    await expect(run(ehr, records.slice(0, 1))).rejects.toThrow(Crash)
    ehr.forgetSession()
    await run(ehr, records.slice(0, 1), 's2')
    expect(ehr.stored.map((r) => r.resourceType)).toEqual(['Condition', 'Provenance'])
    const sent = ehr.posts()
    ehr.forgetSession()
    await run(ehr, records.slice(0, 1), 's3')
    expect(ehr.stored).toHaveLength(2)
    expect(ehr.posts() - sent, 'the Provenance, conditionally').toBe(1)
  })

  it('takes another version of a record for new, and says where the other one is', async () => {
    const version = (versionId: string) =>
      record({ resourceType: 'Encounter', id: 'e1', status: 'finished', meta: { versionId } })
    const ehr = simulatedEhr(able)
    await run(ehr, [version('1')])
    ehr.forgetSession()
    const { planned } = await run(ehr, [version('2')], 's2')
    expect(planned.records[0]).toMatchObject({
      tier: 'document',
      told: ['Another version of it is in the document of 20-Nov-2026 (DocumentReference/1).'],
    })
    ehr.forgetSession()
    const { planned: third } = await run(ehr, [version('2')], 's3')
    expect(third.records[0]?.tier).toBe('there')
  })

  it('does not believe a document that was taken back, or a match that carries nothing of ours', async () => {
    const ehr = simulatedEhr({ ...able, lenient: true })
    await run(ehr, records.slice(1, 2))
    const [document] = ehr.stored
    if (document === undefined) throw new Error('nothing was written')
    ehr.stored.splice(
      0,
      1,
      { ...document, status: 'entered-in-error' },
      { resourceType: 'Condition', id: 'x' },
    )
    ehr.forgetSession()
    const planned = await lookedUpPlan(ehr)
    expect(planned.records.map(({ tier }) => tier)).not.toContain('there')
  })

  it.each<[string, Config, RegExp]>([
    [
      'cannot be searched',
      { ...able, search: false },
      /could not be looked through for conditions, .*document references/,
    ],
  ])('says so where the chart %s, and the user decides', async (_, config, words) => {
    const planned = await lookedUpPlan(simulatedEhr(config))
    expect(planned.notices.join(' ')).toMatch(words)
    expect(planned.records.map(({ tier }) => tier)).toEqual([
      'entry',
      'document',
      'entry',
      'document',
      'entry',
    ])
  })

  it('says so where the EHR does not keep which records a document holds', async () => {
    const ehr = simulatedEhr({ ...able, dropsContext: true })
    const planned = await lookedUpPlan(ehr, records, ehrProfile('oracle'))
    expect(planned.notices).toEqual([expect.stringMatching(/does not keep which records a document holds/)])
    await runWrite(planned, 's1', ehr.dependencies)
    expect(JSON.stringify(ehr.stored)).not.toContain('"related"')
  })

  it('adds nothing, whatever broke in the sessions before it and whatever was chosen then', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray([...records], { minLength: 1 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...FAULTS), { maxLength: 10 }),
        fc.record({ conditional: fc.boolean(), provenance: fc.boolean(), lenient: fc.boolean() }),
        async (choices, faults, config) => {
          const ehr = simulatedEhr({ ...able, ...config }, [...faults])
          for (const [i, chosen] of choices.entries()) {
            ehr.forgetSession()
            await run(ehr, chosen, `s${i}`).catch((error: unknown) => {
              if (!(error instanceof Crash)) throw error
            })
          }
          faults.length = 0
          ehr.forgetSession()
          for (let again = 0; again < 20; again += 1)
            try {
              const { report } = await run(ehr, records, 'last')
              if (
                report.ended !== 'complete' ||
                report.records.some((r) => r.state === 'failed' || r.state === 'left')
              )
                continue
              expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
              return
            } catch (error) {
              if (!(error instanceof Crash)) throw error
            }
          throw new Error('it does not come to an end')
        },
      ),
      { numRuns: 300 },
    )
  })
})
