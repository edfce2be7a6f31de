import { describe, expect, it } from 'vitest'
import { readPage } from '../fhir/bundle'
import type { EhrPort } from '../ports'
import { fail } from '../result'
import { readCoverageChoice } from './chart-coverage'
import { createPrefetchCache } from './prefetch-cache'
import { chart } from './samples.test-data'

const coverage = {
  resourceType: 'Coverage',
  id: 'c1',
  status: 'active',
  beneficiary: { reference: 'Patient/p1' },
  payor: [{ reference: 'Organization/o1' }],
}
const organization = {
  resourceType: 'Organization',
  id: 'o1',
  name: 'Acme Health',
  identifier: [{ system: 'urn:payers', value: '1' }],
}
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:payers', value: '1' }],
  authorization: 'open' as const,
}

/** A chart that includes payers, or refuses an include that it does not know. */
function ehrWith(includes: boolean): EhrPort & { readonly calls: string[] } {
  const calls: string[] = []
  return {
    ...chart(),
    calls,
    search: async (type, params) => {
      calls.push(`${type}?${params.map(([name, value]) => `${name}=${value}`).join('&')}`)
      const asked = params.some(([name]) => name === '_include')
      if (asked && !includes) return fail({ kind: 'http', server: 'EHR', status: 400 })
      const entry = [
        { resource: coverage, search: { mode: 'match' } },
        ...(asked ? [{ resource: organization, search: { mode: 'include' } }] : []),
      ]
      return readPage({ resourceType: 'Bundle', entry }, 'EHR')
    },
    read: async (type, id) => {
      calls.push(`${type}/${id}`)
      return { ok: true, value: organization }
    },
  }
}

const choose = (ehr: EhrPort) =>
  readCoverageChoice(
    { patientId: 'p1', fhirBase: ehr.base, payers: [payer], dates: ['2026-11-20'] },
    createPrefetchCache(ehr),
  )

describe('the coverage of a patient', () => {
  it('comes with its payer in one round trip where the EHR includes it', async () => {
    const ehr = ehrWith(true)
    expect(await choose(ehr)).toMatchObject({ ok: true, value: { kind: 'chosen', payer: { id: 'acme' } } })
    expect(ehr.calls).toEqual(['Coverage?patient=p1&_include=Coverage:payor'])
  })

  it('stands although its payer’s Organization cannot be read', async () => {
    const problem = { kind: 'malformed' as const, server: 'EHR', path: '', message: 'x' }
    const ehr = { ...ehrWith(false), read: async () => fail(problem) }
    expect(await choose(ehr)).toMatchObject({ ok: true, value: { kind: 'not-in-directory' } })
  })

  it('is read without the include where the EHR refuses it', async () => {
    const ehr = ehrWith(false)
    expect(await choose(ehr)).toMatchObject({ ok: true, value: { kind: 'chosen', payer: { id: 'acme' } } })
    expect(ehr.calls).toEqual([
      'Coverage?patient=p1&_include=Coverage:payor',
      'Coverage?patient=p1',
      'Organization/o1',
    ])
  })
})
