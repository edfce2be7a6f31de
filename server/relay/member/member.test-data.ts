import { afterEach, beforeEach } from 'vitest'
import type { JsonObject } from '../../../src/domain/json'
import type { Database } from '../database'
import { browser, testEhr, testPayer, testRelay } from '../world.test-data'

export const UMB = { system: 'https://acme.example/member', value: 'M1' }
export const match = { resourceType: 'Parameters', parameter: [{ name: 'MemberPatient', resource: {} }] }
export const about = (type: string, id: string, patient: string) => ({
  resourceType: type,
  id,
  subject: { reference: `Patient/${patient}` },
})
export const bundle = (resources: readonly unknown[], links: readonly unknown[] = []) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link: links,
  entry: resources.map((resource) => ({ resource })),
})
export const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  identifier: [{ ...UMB, value: id === 'm1' ? 'M1' : 'other' }],
})

/** An EHR, a payer with a member m1, and a relay that reads its records, for each test. */
export function memberWorlds(fresh: () => Promise<Database>) {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Awaited<ReturnType<typeof testEhr>>
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A payer with a member m1, and whatever else a test has it say. */
  return async function world(says: Readonly<Record<string, (url: string) => unknown>> = {}) {
    const payer = await testPayer(({ method, path }, response) => {
      const own = says[path]?.(payer.url)
      if (own === 'redirect') {
        response.writeHead(302, { location: 'https://evil.example/' })
        return void response.end()
      }
      const standard: Readonly<Record<string, unknown>> = {
        '/fhir/Patient/$member-match': {
          resourceType: 'Parameters',
          parameter: [{ name: 'MemberIdentifier', valueIdentifier: UMB }],
        },
        '/fhir/metadata': { resourceType: 'CapabilityStatement' },
        [`/fhir/Patient?identifier=${encodeURIComponent(`${UMB.system}|M1`)}`]: bundle([patient('m1')]),
        '/fhir/Patient/m1': patient('m1'),
        '/fhir/Condition?patient=m1': bundle([about('Condition', 'c1', 'm1')]),
        '/fhir/Practitioner/p1': { resourceType: 'Practitioner', id: 'p1' },
      }
      const found = own ?? standard[path]
      response.statusCode = found === undefined ? 404 : method === 'GET' || path.includes('$') ? 200 : 405
      response.end(JSON.stringify(found ?? { resourceType: 'OperationOutcome', issue: [] }))
    })
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [
        {
          id: 'acme',
          cdsBase: `${payer.url}/cds`,
          fhirBase: `${payer.url}/fhir`,
          settings: { records: { credential: { kind: 'jwt' } } },
        },
        { id: 'other', cdsBase: `${payer.url}/cds`, fhirBase: `${payer.url}/fhir` },
      ],
      database: await fresh(),
    })
    const page = browser(relay.url)
    const session = await page.signIn(ehr)
    closing.push(payer.close, () => relay.close())
    const base = '/payers/acme/fhir'
    const get = async (path: string, label = session) => {
      const answer = await page.call('GET', `${base}/${path}`, { session: label })
      return { status: answer.status, json: (await answer.json()) as JsonObject }
    }
    const ask = async (label = session) =>
      (await page.call('POST', `${base}/Patient/$member-match`, { session: label, body: match })).status
    const found = async () => {
      await ask()
      return get(`Patient?identifier=${encodeURIComponent(`${UMB.system}|M1`)}`)
    }
    const names = ({ json }: { readonly json: JsonObject }): readonly string[] =>
      ((json.entry ?? []) as { resource: { resourceType: string; id?: string } }[]).map(
        ({ resource }) => `${resource.resourceType}/${resource.id ?? ''}`,
      )
    return {
      payer,
      relay,
      page,
      session,
      base,
      get,
      ask,
      found,
      names,
      signIn: () => page.signIn(ehr),
    }
  }
}
