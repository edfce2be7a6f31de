import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './database'
import { migrate } from './migrations'
import { browser, testEhr, testPayer, testRelay } from './world.test-data'

type Payer = Awaited<ReturnType<typeof testPayer>>

/** Addresses stand in tokens, questions and answers. Whoever writes one there gets no request for it. */
describe('another host that somebody names', () => {
  const closing: (() => Promise<unknown>)[] = []
  let database: Database
  /** Gives whatever it is asked for: keys, records, cards. */
  let trap: Payer
  let forger: Awaited<ReturnType<typeof generateKeyPair>>
  beforeAll(async () => {
    database = await openDatabase('memory://')
    await migrate(database)
    forger = await generateKeyPair('RS256', { extractable: true })
  }, 60_000)
  afterAll(() => database.close())
  beforeEach(async () => {
    const keys = [{ ...(await exportJWK(forger.publicKey)), kid: 'forged', alg: 'RS256' }]
    trap = await testPayer((_, response) => void response.end(JSON.stringify({ keys, cards: [] })))
    closing.push(trap.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function relayFor(ehr: string, cdsBase: string) {
    const kept = { ...database, close: async () => undefined }
    const relay = await testRelay({ ehr, payers: [{ id: 'acme', cdsBase }], database: kept })
    closing.push(() => relay.close())
    return browser(relay.url)
  }

  /** An id_token that anybody can make, for the browser that asks. */
  async function signIn(page: ReturnType<typeof browser>, fhirBase: string, header: object) {
    const { nonce } = (await (await page.call('POST', '/nonce')).json()) as { nonce: string }
    const now = Math.floor(Date.now() / 1000)
    const idToken = await new SignJWT({ nonce })
      .setProtectedHeader({ alg: 'RS256', ...header })
      .setIssuer(fhirBase)
      .setAudience('app')
      .setSubject('anybody')
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .sign(forger.privateKey)
    return page.call('POST', '/session', { body: { idToken, fhirBase } })
  }

  it.each([
    ['jku', () => ({ kid: 'forged', jku: `${trap.url}/keys` })],
    ['x5u', () => ({ kid: 'forged', x5u: `${trap.url}/certificate` })],
    ['jwk', async () => ({ kid: 'forged', jwk: await exportJWK(forger.publicKey) })],
  ])('vouches for nobody by %s of an id_token', async (_, header) => {
    const ehr = await testEhr()
    closing.push(ehr.close)
    const page = await relayFor(ehr.fhirBase, `${trap.url}/cds`)
    expect((await signIn(page, ehr.fhirBase, await header())).status).toBe(401)
    expect(trap.saw).toEqual([])
  })

  it.each([
    ['by discovery', (url: string) => ({ jwks_uri: `${url}/keys` })],
    ['by a name before the host', (url: string) => ({ jwks_uri: url.replace('//', '//ehr.example@') })],
  ])('gives no keys for an EHR %s', async (_, discovery) => {
    const ehr = await testPayer(
      (__, response) =>
        void response.end(JSON.stringify({ issuer: `${ehr.url}/fhir`, ...discovery(trap.url) })),
    )
    closing.push(ehr.close)
    const page = await relayFor(`${ehr.url}/fhir`, `${trap.url}/cds`)
    expect((await signIn(page, `${ehr.url}/fhir`, { kid: 'forged' })).status).toBe(401)
    expect(trap.saw).toEqual([])
  })

  it('is not asked for what a question or an answer names', async () => {
    const ehr = await testEhr()
    const payer = await testPayer((_, response) => {
      const link = {
        label: 'More',
        url: `${trap.url}/card`,
        type: 'smart',
        appContext: `${trap.url}/context`,
      }
      response.writeHead(200, {
        location: `${trap.url}/location`,
        'content-location': `${trap.url}/content`,
        link: `<${trap.url}/next>; rel="next"`,
        refresh: `0; url=${trap.url}/refresh`,
        'set-cookie': 'payer=1',
        'access-control-allow-origin': '*',
        'content-type': 'application/json',
      })
      response.end(
        JSON.stringify({ cards: [{ source: { url: trap.url, icon: `${trap.url}/i` }, links: [link] }] }),
      )
    })
    closing.push(ehr.close, payer.close)
    const page = await relayFor(ehr.fhirBase, `${payer.url}/cds`)
    const session = await page.signIn(ehr)
    const body = {
      hook: 'order-sign',
      hookInstance: 'i',
      fhirServer: `${trap.url}/fhir`,
      context: { patientId: 'jane', draftOrders: { entry: [{ fullUrl: `${trap.url}/ServiceRequest/1` }] } },
      prefetch: { patient: { resourceType: 'Patient', id: 'jane', photo: [{ url: `${trap.url}/photo` }] } },
      extension: { callback: `${trap.url}/callback` },
    }
    const answer = await page.call('POST', '/payers/acme/cds/cds-services/order-sign', { session, body })
    expect(answer.status).toBe(200)
    expect(payer.saw).toHaveLength(1)
    const passedOn = [
      'location',
      'content-location',
      'link',
      'refresh',
      'set-cookie',
      'access-control-allow-origin',
    ]
    expect(passedOn.filter((name) => answer.headers.has(name))).toEqual([])
    expect(trap.saw).toEqual([])
  })
})
