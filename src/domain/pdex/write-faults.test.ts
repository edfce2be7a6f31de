import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../json'
import { FAULTS, simulatedEhr } from './simulated-ehr.testing'
import { copies, untilEnd } from './write-scenario.testing'

describe('runWrite under faults', () => {
  const configs = fc.record({
    conditional: fc.boolean(),
    search: fc.boolean(),
    provenance: fc.boolean(),
    documents: fc.boolean(),
    lenient: fc.boolean(),
  })
  const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 14 })

  it('keeps every record exactly once, whatever breaks on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        // A chart that leaves parameters out and cannot be looked into could not be found out.
        configs.filter((c) => c.search || (c.conditional && !c.lenient)),
        faults,
        async (config, struck) => {
          const ehr = simulatedEhr(config, [...struck])
          const report = await untilEnd(ehr)
          copies(ehr, report).forEach((count, i) => {
            // Only where nobody can look may a record end uncertain.
            const unsure = report.records[i]?.state === 'unknown' && !config.search
            expect(unsure ? Math.max(count, 1) : count).toBe(1)
          })
          const provenance = ehr.stored.filter((r) => r.resourceType === 'Provenance')
          const targets = provenance.map((r) => text(r, 'target', 0, 'reference'))
          expect(new Set(targets).size).toBe(targets.length)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('sends nothing twice to a chart that cannot be asked, and says what is not certain', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.boolean(), async (struck, documents) => {
        const ehr = simulatedEhr({ conditional: false, search: false, provenance: true, documents }, [
          ...struck,
        ])
        const report = await untilEnd(ehr)
        copies(ehr, report).forEach((count, i) => {
          const state = report.records[i]?.state
          if (state === 'unknown') expect(count).toBeLessThanOrEqual(1)
          else expect([state, count]).toEqual([state, 1])
        })
      }),
      { numRuns: 300 },
    )
  })
})
