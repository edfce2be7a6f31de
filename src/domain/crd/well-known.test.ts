import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import type { Payer } from '../payer-directory'
import { fail, ok, type Result } from '../result'
import { readCoverageChoice } from './chart-coverage'
import { coverageForPayer } from './coverage'
import { createPrefetchCache } from './prefetch-cache'
import { acme, chart, coverage, fhirBase } from './samples.test-data'
import { payerByStatement, readStatement, wellKnownOf } from './well-known'

const file = 'https://acme.example/members/77/.well-known/davinci-configuration'
const naming = (location: unknown): FhirJson => ({
  ...coverage,
  payor: [{ reference: 'Organization/unknown' }],
  extension: [
    {
      url: 'http://hl7.org/fhir/us/davinci-hrex/StructureDefinition/extension-CoverageDavinciWellknownLocation',
      valueUri: location,
    },
  ],
})
const own = { identifier: { system: 'urn:oid:1.2.3', value: 'ACME' }, endpoints: {} }

/** Chooses with a payer that has this file; tells what was read. */
async function choose(
  resources: readonly FhirJson[],
  answer: Result<unknown>,
  payers: readonly Payer[] = [acme],
) {
  const reads: string[] = []
  const wellKnown = async (payer: Payer, location: string) => {
    reads.push(`${payer.id} ${location}`)
    return answer
  }
  const choice = await readCoverageChoice(
    { patientId: 'p1', fhirBase, payers, dates: ['2026-11-20'], cds: { wellKnown } },
    createPrefetchCache(chart(resources)),
  )
  return { choice: choice.ok ? choice.value : undefined, reads }
}

describe('a coverage that names its payer’s well-known file', () => {
  const says: readonly (readonly [string, unknown])[] = [
    ['by the identifier', own],
    [
      'by the address of its hooks',
      { endpoints: { davinci_crd_hook_endpoint: 'https://acme.example/cds/' } },
    ],
    [
      'by the address of its discovery, in a version yet to come',
      { endpoints: { 'davinci_crd_hook_endpoint#9.1': 'https://acme.example/cds/cds-services' } },
    ],
  ]
  it.each(says)('finds the payer %s', async (_what, json) => {
    const { choice, reads } = await choose([naming(file)], ok(json))
    expect(choice).toMatchObject({ kind: 'chosen', payer: { id: 'acme' } })
    expect(reads).toEqual([`acme ${file}`])
  })

  it('tells the payer who it is by that identifier', async () => {
    const { choice } = await choose([naming(file)], ok(own))
    if (choice?.kind !== 'chosen') throw new Error('not chosen')
    expect(coverageForPayer(choice.coverage).payor).toEqual([
      { reference: 'Organization/unknown', identifier: own.identifier },
    ])
  })

  it.each([
    ['another payer', ok({ identifier: { system: 'urn:oid:1.2.3', value: 'OTHER' } })],
    ['addresses of others', ok({ endpoints: { davinci_crd_hook_endpoint: 'https://other.example/cds' } })],
    ['an address of something else', ok({ endpoints: { something: 'https://acme.example/cds' } })],
    ['nonsense', ok(['x', 7])],
    ['nothing', fail({ kind: 'network', server: 'Acme Health' })],
  ])('stays without a payer where the file says %s', async (_what, answer) => {
    const { choice } = await choose([naming(file)], answer)
    expect(choice?.kind).toBe('not-in-directory')
  })

  it('is not looked into where the identifiers tell the payer, or the coverage is over', async () => {
    const known = { ...naming(file), payor: [{ identifier: own.identifier }] }
    const over = { ...naming(file), id: 'cov2', status: 'cancelled' }
    const { choice, reads } = await choose([known, over], ok(own))
    expect(choice?.kind).toBe('chosen')
    expect(reads).toEqual([])
  })

  it.each([
    'https://evil.example/.well-known/davinci-configuration',
    'https://acme.example.evil.example/.well-known/davinci-configuration',
    'https://acme.example@evil.example/.well-known/davinci-configuration',
    'http://acme.example/.well-known/davinci-configuration',
    'https://acme.example:8443/.well-known/davinci-configuration',
    'https://acme.example/.well-known/davinci-configuration?patient=1',
    'https://acme.example/cds/cds-services',
    '/.well-known/davinci-configuration',
    7,
  ])('is read from no other server and no other file: %s', async (location) => {
    const { choice, reads } = await choose([naming(location)], ok(own))
    expect(choice?.kind).toBe('not-in-directory')
    expect(reads).toEqual([])
  })
})

describe('a well-known file', () => {
  it('speaks of the payer by its records too', () => {
    const payers = [acme, { ...acme, id: 'b', identifiers: [], fhirBase: 'https://b.example/fhir' }]
    const statement = readStatement({
      endpoints: { 'davinci_pdex_provider_endpoint#2.1': 'https://b.example/fhir/' },
    })
    expect(payerByStatement(payers, statement)?.id).toBe('b')
  })

  it('lies on the server of the payer’s records as well', () => {
    const { cdsBase: _, ...records } = { ...acme, fhirBase: 'https://records.example/fhir' }
    const location = 'https://records.example/.well-known/davinci-configuration'
    expect(wellKnownOf(naming(location), [records])).toEqual({ location, host: records })
  })
})
