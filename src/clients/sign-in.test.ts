import { describe, expect, it } from 'vitest'
import type { Site } from '../domain/site'
import { failedDiscovery, refusedByEhr, signInAddress } from './sign-in'

const site: Site = {
  issuers: [
    {
      issuer: 'https://ehr.example/fhir',
      name: 'EHR',
      clientId: 'c',
      scopes: 's',
      origins: ['https://login.example'],
    },
  ],
  payers: [],
  presets: {
    orders: [],
    valueSets: {
      ServiceRequest: [],
      DeviceRequest: [],
      MedicationRequest: [],
      NutritionOrder: [],
      VisionPrescription: [],
      CommunicationRequest: [],
    },
  },
  policy: { slowAfterMs: 1, stopAfterMs: 2, technicalDetails: false, maxRequestBytes: 1 },
}
const redirectUri = 'https://app.example/'
const address = (url: unknown, tokenUri: unknown = 'https://login.example/token') =>
  signInAddress(url, { site, redirectUri, state: JSON.stringify({ tokenUri }) })
const good = 'https://login.example/authorize?response_type=code'

describe('the address of a sign-in page', () => {
  it('is taken as it is where its token endpoint can be reached', () => {
    expect(address(good)).toEqual({ kind: 'address', url: good })
  })

  it('keeps a query that the authorization endpoint has of its own', () => {
    expect(address('https://login.example/a?tenant=1?response_type=code&scope=x')).toMatchObject({
      url: 'https://login.example/a?tenant=1&response_type=code&scope=x',
    })
  })

  it.each([
    ['is not https', address('http://login.example/a'), /insecure sign-in page/],
    ['is no text', address(undefined), /insecure sign-in page/],
    ['is the app itself', address(`${redirectUri}?state=x`), /no SMART sign-in/],
    ['has no token endpoint', address(good, null), /no secure address/],
    ['has a token endpoint without https', address(good, 'http://login.example/token'), /no secure address/],
    ['looks like this machine', address(good, 'http://localhost.example/token'), /no secure address/],
  ])('stops the launch where it %s', (_, outcome, title) => {
    expect(outcome).toMatchObject({
      kind: 'stopped',
      stop: { title: expect.stringMatching(title) as string },
    })
  })

  it('stops before anything is sent where the token endpoint is not listed, and says what to list', () => {
    const outcome = address(good, 'https://other.example/token')
    expect(outcome).toMatchObject({
      stop: {
        title: 'This EHR signs people in at a server that is not set up for this app.',
        technical: 'the token endpoint is at https://other.example: list it in "origins" of this issuer',
      },
    })
  })

  it('stops where nothing was kept of the launch', () => {
    for (const state of [null, 'no json'])
      expect(signInAddress(good, { site, redirectUri, state }).kind).toBe('stopped')
  })
})

describe('what went wrong at a sign-in', () => {
  it('says that PKCE is missing, apart from an EHR that is out of reach', () => {
    expect(failedDiscovery('Required PKCE code challenge method').stop).toMatchObject({
      title: 'This EHR does not offer the safe sign-in that this app needs.',
      next: 'Nothing was sent to it. Tell the person who looks after this app.',
    })
    expect(failedDiscovery('Failed to fetch').stop.title).toBe(
      'The sign-in at this EHR could not be started.',
    )
  })

  it.each([
    ['access_denied', /did not give this app access/],
    ['unauthorized_client', /does not know this app/],
    ['invalid_scope', /does not offer the rights/],
    ['server_error', /fault of its own/],
    ['anything', /refused the sign-in/],
  ])('says what the error %s means', (error, title) => {
    const { stop } = refusedByEhr(error, 'x'.repeat(1000))
    expect(stop.title).toMatch(title)
    expect(stop.technical?.length).toBeLessThanOrEqual(300)
  })
})
