import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../json'
import { CONTENT_TYPES } from './document-files'
import { ehrProfile } from './ehr-profiles'
import { FAULTS, simulatedEhr } from './simulated-ehr.testing'
import { copies, records, untilEnd } from './write-scenario.testing'

const TYPES = Object.values(CONTENT_TYPES)

describe('runWrite under faults', () => {
  const configs = fc.record({
    conditional: fc.boolean(),
    search: fc.boolean(),
    provenance: fc.boolean(),
    documents: fc.boolean(),
    lenient: fc.boolean(),
    // By profile nothing is known: each tier is reached by refusal.
    attachments: fc.option(fc.subarray([...TYPES]), { nil: undefined }),
    refusal: fc.constantFrom(400, 403, 415, 422),
    oneContent: fc.boolean(),
    maxCharacters: fc.constantFrom(Number.POSITIVE_INFINITY, 7_200, 4_000),
  })
  const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 14 })

  it('keeps every record exactly once, whatever breaks on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        // A chart that leaves parameters out and cannot be looked into could not be found out.
        configs.filter((c) => c.search || (c.conditional && !c.lenient)),
        faults,
        fc.integer({ min: 1, max: 4 }),
        async ({ attachments, ...config }, struck, parallel) => {
          const ehr = simulatedEhr({ ...config, ...(attachments && { attachments }) }, [...struck])
          const report = await untilEnd(ehr, records, ehrProfile({ like: 'generic', parallel }))
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
