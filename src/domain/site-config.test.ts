import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { findIssuer, reachedOrigins, tokenBase } from './site'
import { parseSite } from './site-config'

const shipped: unknown = JSON.parse(readFileSync('public/config.json', 'utf8'))
const schema = JSON.parse(readFileSync('public/config.schema.json', 'utf8')) as object
const conforms = new Ajv({ strict: false }).compile(schema)
const ORIGIN = 'https://app.example'

const issuer = { issuer: 'https://ehr.example/fhir', name: 'EHR', clientId: 'x', scopes: 'patient/*.rs' }
const minimal = { issuers: [issuer], payers: [] }
const withPayer = (payer: object) => ({ ...minimal, payers: [{ id: 'p', name: 'P', ...payer }] })

describe('the configuration', () => {
  it('that ships is read, and its schema agrees', () => {
    expect(parseSite(shipped, ORIGIN).ok).toBe(true)
    expect(conforms(shipped)).toBe(true)
  })

  it('gets its defaults', () => {
    const site = parseSite(minimal, ORIGIN)
    expect(site.ok && site.value.policy).toEqual({
      slowAfterMs: 5_000,
      stopAfterMs: 10_000,
      technicalDetails: false,
      maxRequestBytes: 2_000_000,
    })
    expect(site.ok && site.value.presets.orders).toEqual([])
  })

  it('has a front desk only where it says so, whose services are visits unless they say otherwise', () => {
    const coding = [{ system: 'urn:x', code: '1', display: 'One' }]
    const services = [
      { label: 'Check-up', coding },
      { label: 'MRI', labels: { es: 'Resonancia' }, coding, ask: 'order' },
    ]
    const site = parseSite({ ...minimal, frontDesk: { services } }, ORIGIN)
    expect(site.ok && site.value.frontDesk).toEqual({
      roles: [],
      services: [{ label: 'Check-up', coding, ask: 'visit' }, services[1]],
    })
    const none = parseSite(minimal, ORIGIN)
    expect(none.ok && none.value.frontDesk).toBeUndefined()
  })

  it('makes a payer path absolute on the app’s own origin', () => {
    const site = parseSite(withPayer({ cdsBase: '/payer/acme/' }), ORIGIN)
    expect(site.ok && site.value.payers[0]?.cdsBase).toBe('https://app.example/payer/acme')
  })

  it('takes the organization’s own filters of a history, by names that differ, without dates', () => {
    const presets = [
      { name: 'New', period: 'last-visit', excludeOwnOrganization: true },
      { name: 'Year', period: { days: 365 }, sections: ['results'], origins: ['clinical'] },
    ]
    const site = parseSite({ ...minimal, memberHistory: { presets } }, ORIGIN)
    expect(site.ok && site.value.memberHistory?.presets).toEqual([
      { name: 'New', period: 'last-visit', sections: [], origins: [], excludeOwnOrganization: true },
      { ...presets[1], excludeOwnOrganization: false },
    ])
    expect(conforms({ ...minimal, memberHistory: { presets } })).toBe(true)
    for (const wrong of [
      [{ name: 'a' }, { name: 'A' }],
      [{ name: 'a', sections: ['pills'] }],
      [{ name: 'a', period: { from: '2026-01-01' } }],
      [{ name: 'x'.repeat(61) }],
    ])
      expect(parseSite({ ...minimal, memberHistory: { presets: wrong } }, ORIGIN).ok).toBe(false)
  })

  it('knows all six kinds of order, of which none has to be named', () => {
    const kinds = [
      'ServiceRequest',
      'DeviceRequest',
      'MedicationRequest',
      'NutritionOrder',
      'VisionPrescription',
      'CommunicationRequest',
    ]
    const coding = [{ system: 'urn:x', code: '1', display: 'One' }]
    const config = {
      ...minimal,
      presets: {
        orders: kinds.map((kind) => ({ label: kind, kind, coding })),
        valueSets: { NutritionOrder: ['http://vs.example/diets'] },
      },
    }
    const site = parseSite(config, ORIGIN)
    expect(site.ok && site.value.presets.orders.map((order) => order.kind)).toEqual(kinds)
    expect(site.ok && site.value.presets.valueSets).toEqual({
      ...Object.fromEntries(kinds.map((kind) => [kind, []])),
      NutritionOrder: ['http://vs.example/diets'],
    })
    expect(conforms(config)).toBe(true)
  })

  it('takes what a site may switch on, and leaves out what it does not name', () => {
    const config = {
      ...withPayer({ deIdentified: true, feedback: true, coverageToLink: true }),
      policy: { retentionDays: 3650 },
      terminology: { name: 'City terminology', url: '/tx/' },
    }
    const site = parseSite(config, ORIGIN)
    expect(site.ok && site.value).toMatchObject({
      payers: [{ deIdentified: true, feedback: true, coverageToLink: true }],
      policy: { retentionDays: 3650 },
      terminology: { name: 'City terminology', url: 'https://app.example/tx' },
    })
    expect(conforms(config)).toBe(true)
    const bare = parseSite(withPayer({}), ORIGIN)
    expect(bare.ok && Object.keys(bare.value)).toEqual(['issuers', 'payers', 'presets', 'policy'])
    expect(bare.ok && bare.value.payers).toEqual([
      { id: 'p', name: 'P', identifiers: [], authorization: 'open' },
    ])
  })

  it.each([
    [
      'an EHR over plain http',
      { ...minimal, issuers: [{ ...issuer, issuer: 'http://ehr.example/fhir' }] },
      'issuers.0.issuer',
    ],
    ['no EHR at all', { ...minimal, issuers: [] }, 'issuers'],
    [
      'a missing client id',
      { ...minimal, issuers: [{ ...issuer, clientId: undefined }] },
      'issuers.0.clientId',
    ],
    ['a misspelt field', { ...minimal, payer: [] }, 'payer'],
    ['a payer over plain http', withPayer({ cdsBase: 'http://payer.example' }), 'payers.0.cdsBase'],
    [
      'a payer address with credentials',
      withPayer({ fhirBase: 'https://u:p@payer.example' }),
      'payers.0.fhirBase',
    ],
    ['a protocol-relative payer address', withPayer({ fhirBase: '//payer.example' }), 'payers.0.fhirBase'],
    ['an unknown authorization', withPayer({ authorization: 'magic' }), 'payers.0.authorization'],
    [
      'a payer’s sign-in without a client id',
      withPayer({ authorization: 'smart', scopes: 'user/*.rs', fhirBase: 'https://payer.example/fhir' }),
      'payers.0',
    ],
    [
      'a payer’s sign-in at a host over plain http',
      withPayer({ origins: ['http://login.payer.example'] }),
      'payers.0.origins.0',
    ],
    ['a negative time limit', { ...minimal, policy: { slowAfterMs: -5 } }, 'policy.slowAfterMs'],
    ['a text for a number', { ...minimal, policy: { stopAfterMs: '10' } }, 'policy.stopAfterMs'],
    ['no days of retention', { ...minimal, policy: { retentionDays: 0 } }, 'policy.retentionDays'],
    ['retention for ever', { ...minimal, policy: { retentionDays: 3651 } }, 'policy.retentionDays'],
    ['half a day of retention', { ...minimal, policy: { retentionDays: 0.5 } }, 'policy.retentionDays'],
    ['a word for a switch', withPayer({ feedback: 'yes' }), 'payers.0.feedback'],
    [
      'an order of no known kind',
      {
        ...minimal,
        presets: {
          orders: [{ label: 'x', kind: 'Appointment', coding: [{ system: 'u', code: '1', display: 'x' }] }],
        },
      },
      'presets.orders.0.kind',
    ],
    [
      'lists for no known kind of order',
      { ...minimal, presets: { valueSets: { Appointment: [] } } },
      'presets.valueSets.Appointment',
    ],
    [
      'a terminology service over plain http',
      { ...minimal, terminology: { name: 'T', url: 'http://tx.example' } },
      'terminology.url',
    ],
    ['a nameless terminology service', { ...minimal, terminology: { url: '/tx' } }, 'terminology.name'],
    ['a list for the whole', [], 'issuers'],
    ['nothing', null, ''],
  ])('is refused with the path for %s, and by the schema too', (_, config, path) => {
    const site = parseSite(config, ORIGIN)
    expect(site).toMatchObject({ ok: false, problem: { kind: 'malformed', path } })
    expect(conforms(config)).toBe(false)
  })

  it('names what is known of an EHR, by a shipped profile or with what is different', () => {
    const withProfile = (ehrProfile: unknown) => ({ ...minimal, issuers: [{ ...issuer, ehrProfile }] })
    for (const id of ['generic', 'oracle', 'epic', 'athena-flow', 'meditech'])
      expect([parseSite(withProfile(id), ORIGIN).ok, conforms(withProfile(id))]).toEqual([true, true])
    const own = {
      like: 'epic',
      attachments: ['rtf', 'text'],
      needs: ['author'],
      maxBytes: 50_000,
      parallel: 2,
    }
    const site = parseSite(withProfile(own), ORIGIN)
    expect(site.ok && site.value.issuers[0]?.ehrProfile).toEqual(own)
    expect(conforms(withProfile(own))).toBe(true)
    for (const wrong of [
      'cerner',
      { like: 'x' },
      { attachments: ['docx'] },
      { atachments: [] },
      { parallel: 0 },
      null,
    ])
      expect([parseSite(withProfile(wrong), ORIGIN).ok, conforms(withProfile(wrong))]).toEqual([false, false])
  })

  it('is refused where two payers share an id, or the limits cross', () => {
    const twice = {
      ...minimal,
      payers: [
        { id: 'p', name: 'A' },
        { id: 'p', name: 'B' },
      ],
    }
    expect(parseSite(twice, ORIGIN)).toMatchObject({ ok: false, problem: { path: 'payers' } })
    const crossed = { ...minimal, policy: { slowAfterMs: 9_000, stopAfterMs: 8_000 } }
    expect(parseSite(crossed, ORIGIN)).toMatchObject({ ok: false, problem: { path: 'policy' } })
  })
})

describe('an issuer', () => {
  const exact = { ...issuer, origins: [] }
  const below = { ...issuer, issuer: 'http://localhost:8080/v/r4/*', origins: [] }

  it.each([
    ['https://ehr.example/fhir', true],
    ['https://ehr.example/fhir/', true],
    ['https://ehr.example/fhir/other', false],
    ['https://ehr.example/fhirx', false],
    ['https://evil.example/fhir', false],
    ['https://ehr.example@evil.example/fhir', false],
    ['https://ehr.example/fhir?x=1', false],
    ['http://ehr.example/fhir', false],
    ['http://localhost:8080/v/r4/sim/abc/fhir', true],
    ['http://localhost:8080/v/r4/', false],
    ['http://localhost:8080/v/r4/../../secret/fhir', false],
    ['http://localhost:8081/v/r4/sim/fhir', false],
    ['not a url', false],
  ])('%s is found: %s', (iss, found) => {
    expect(findIssuer([exact, below], iss) !== undefined).toBe(found)
  })

  it.each([
    ['with /*: the path that all launches share', below, 'http://localhost:8080/v/r4'],
    ['of one base: that base', exact, 'https://x.example/fhir'],
    ['that is not listed: that base', undefined, 'https://x.example/fhir'],
  ])('%s bounds where the token goes', (_, listed, expected) => {
    expect(tokenBase(listed, 'https://x.example/fhir')).toBe(expected)
  })

  it('and the payers and the terminology service make the list of origins to reach, each once', () => {
    const site = parseSite(
      {
        ...withPayer({
          cdsBase: 'https://payer.example/cds',
          fhirBase: 'https://payer.example/fhir',
          origins: ['https://login.payer.example'],
        }),
        terminology: { name: 'T', url: 'https://tx.example/r4' },
      },
      ORIGIN,
    )
    expect(site.ok && reachedOrigins(site.value)).toEqual([
      'https://ehr.example',
      'https://payer.example',
      'https://login.payer.example',
      'https://tx.example',
    ])
  })
})
