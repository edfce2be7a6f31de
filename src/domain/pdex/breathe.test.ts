/// <reference types="node" />
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noReferences } from '../fhir/references'
import { base64 } from './breathe'
import { chartDocument } from './chart-document'
import { bundleText, documentBundle } from './document-bundle'
import { historyRecord } from './record'
import { simulatedEhr } from './simulated-ehr.testing'
import { able, plan } from './write-scenario.testing'

describe('what is made in pieces', () => {
  it('is the same base64 as in one, for any length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400_000 }), async (length) => {
        const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256)
        expect(await base64(bytes, async () => {})).toBe(Buffer.from(bytes).toString('base64'))
      }),
      { numRuns: 25 },
    )
  })

  it('is the same FHIR document as in one, and others come to their turn meanwhile', async () => {
    const { context } = plan(simulatedEhr(able))
    const records = Array.from({ length: 500 }, (_, i) =>
      historyRecord('acme', { resourceType: 'Encounter', id: `e${i}`, status: 'finished' }, noReferences, []),
    )
    const document = chartDocument(records, context)
    let turns = 0
    const breathe = async (): Promise<void> => {
      turns += 1
    }
    const text = await bundleText(breathe, records, document, 'ni:///sha-256;x', context)
    expect(JSON.parse(text)).toEqual(documentBundle(records, document, 'ni:///sha-256;x', context))
    expect(turns).toBeGreaterThan(10)
  })
})
