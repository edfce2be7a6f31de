import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Database, openDatabase } from '../database'
import { migrate } from '../migrations'
import { browser, type PayerSaw, testEhr, testPayer, testRelay } from '../world.test-data'

export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ask = '/payers/acme/cds/cds-services/order-sign'

type Answers = Parameters<typeof testPayer>[0]
const said = (response: Parameters<Answers>[1], status: number, json: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(json))
}

interface How {
  readonly tokens?: (n: number, saw: PayerSaw) => readonly [number, unknown]
  readonly services?: (saw: PayerSaw) => number
  readonly discovery?: (url: string) => unknown
  readonly files?: Readonly<Record<string, string>>
  readonly more?: Readonly<Record<string, unknown>>
  readonly isWithoutRecords?: boolean
}

/** One database for all tests of a file; an EHR, a payer and a relay for each. */
export function tokenWorlds() {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Awaited<ReturnType<typeof testEhr>>
  let database: Database
  beforeAll(async () => {
    database = await openDatabase('memory://')
    await migrate(database)
  }, 60_000)
  afterAll(() => database.close())
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A payer whose token endpoint counts what it gives; `tokens` and `services` may answer in another way. */
  return async function world(settings: (url: string) => Readonly<Record<string, unknown>>, how: How = {}) {
    let given = 0
    const payer = await testPayer(async (saw, response) => {
      if (saw.path === '/fhir/.well-known/smart-configuration')
        return said(response, 200, how.discovery?.(payer.url) ?? { token_endpoint: `${payer.url}/token` })
      if (saw.path === '/token') {
        given += 1
        // So that calls at once meet one fetch that is under way.
        await new Promise((resolve) => setTimeout(resolve, 30))
        const fresh = { access_token: `access-${given}`, token_type: 'bearer', expires_in: 300 }
        return said(response, ...(how.tokens?.(given, saw) ?? ([200, fresh] as const)))
      }
      const status = how.services?.(saw) ?? 200
      return said(response, status, status === 200 ? { cards: [] } : {})
    })
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [
        {
          id: 'acme',
          cdsBase: `${payer.url}/cds`,
          ...(!how.isWithoutRecords && { fhirBase: `${payer.url}/fhir` }),
          settings: settings(payer.url),
        },
      ],
      // The next relay goes on with it.
      database: { ...database, close: async () => undefined },
      ...(how.files && { files: how.files }),
      ...(how.more && { more: how.more }),
    })
    closing.push(payer.close, () => relay.close())
    const page = browser(relay.url)
    const hookInstance = randomUUID()
    const question = { hook: 'order-sign', hookInstance, context: { patientId: 'jane' } }
    const first = await page.signIn(ehr)
    return {
      payer,
      relay,
      /** What the log has of it. */
      kept: () => relay.log.search({ hookInstance }),
      ask: (session = first) => page.call('POST', ask, { session, body: question }),
      signIn: (fhirUser: string) => page.signIn(ehr, fhirUser),
      tokens: () =>
        payer.saw
          .filter(({ path }) => path === '/token')
          .map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
      services: () => payer.saw.filter(({ path }) => path.startsWith('/cds/')),
    }
  }
}
