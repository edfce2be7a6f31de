import { afterEach, describe, expect, it } from 'vitest'
import { journal } from './logging'
import { databases } from './test-databases'
import { browser, testEhr, testPayer, testRelay } from './world.test-data'

const coverageInformation = (covered: string, authorization: string) => ({
  url: 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information',
  extension: [
    { url: 'covered', valueCode: covered },
    { url: 'pa-needed', valueCode: authorization },
    { url: 'coverage-assertion-id', valueString: 'SECRET-ASSERTION' },
  ],
})

const said = {
  cards: [{ summary: 'SECRET-CARD' }],
  systemActions: [
    {
      resource: {
        extension: [coverageInformation('covered', 'no-auth'), coverageInformation('covered', 'no-auth')],
      },
    },
    { resource: { extension: [coverageInformation('SECRET-CODE', 'auth-needed')] } },
  ],
}

const question = (n: number, hook = 'order-sign') => ({
  hook,
  hookInstance: `SECRET-INSTANCE-${n}`,
  context: { patientId: 'SECRET-PATIENT', userId: 'Practitioner/SECRET-USER' },
})

const [embedded] = await databases()

describe('running a relay', () => {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function world() {
    const lines: string[] = []
    const ehr = await testEhr()
    const payer = await testPayer(({ body }, response) => {
      if (/INSTANCE-2/.test(body)) return void response.destroy()
      if (/INSTANCE-3/.test(body)) response.statusCode = 500
      response.end(JSON.stringify(said))
    })
    if (embedded === undefined) throw new Error('there is always one')
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [{ id: 'acme', cdsBase: `${payer.url}/cds` }],
      database: await embedded.fresh(),
      note: journal((line) => lines.push(line), Date.now),
    })
    closing.push(ehr.close, payer.close, () => relay.close())
    const page = browser(relay.url)
    const session = await page.signIn(ehr)
    const ask = (n: number, hook?: string, path = 'order-sign') =>
      page.call('POST', `/payers/acme/cds/cds-services/${path}`, { session, body: question(n, hook) })
    const metrics = async () => (await relay.operations.request('/metrics')).text()
    return { relay, lines, page, session, ask, metrics }
  }

  it('counts invocations, what came of them, how long they took, and what was said of coverage', async () => {
    const { ask, metrics, page, session } = await world()
    await page.call('GET', '/payers/acme/cds/cds-services', { session })
    for (const n of [1, 2, 3, 4]) await ask(n)
    const text = await metrics()
    const value = (labels: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.includes(labels))
          ?.split(' ')
          .at(-1),
      )
    const calls = 'beforehand_payer_calls_total{payer="acme",what="hook",hook="order-sign",outcome='
    expect(value(`${calls}"status 2xx"`)).toBe(2)
    expect(value(`${calls}"status 5xx"`)).toBe(1)
    expect(value(`${calls}"network"`)).toBe(1)
    expect(value('what="discovery",hook="",outcome="status 2xx"')).toBe(1)
    expect(value('beforehand_payer_call_seconds_count{payer="acme",what="hook"}')).toBe(4)
    const results = 'beforehand_coverage_results_total{payer="acme",covered='
    expect(value(`${results}"covered",authorization="no-auth"`)).toBe(4)
    expect(value(`${results}"other",authorization="auth-needed"`)).toBe(2)
    expect(value('beforehand_payer_calls_under_way{payer="acme"}')).toBe(0)
    expect(value('beforehand_relay_log_write_seconds_count{result="written"}')).toBe(8)
  })

  it('tells nothing about people, whatever a browser puts where', async () => {
    const { ask, metrics, lines, page, session } = await world()
    await ask(1)
    await ask(4, 'SECRET-HOOK', 'SECRET-SERVICE')
    await page.call('GET', '/invocations/SECRET-INSTANCE-1/reads', { session })
    await page.call('GET', '/SECRET-PATH')
    await page.call('POST', '/payers/SECRET-PAYER/cds/cds-services/x', { session, body: question(1) })
    const all = `${await metrics()}${lines.join('')}`
    expect(all).not.toMatch(/SECRET|Practitioner/)
    expect(all).not.toContain(session)
    expect(all).toContain('/relay/payers/:id/cds/*')
  })

  it('writes one line of JSON for each request, with the number that its answer has', async () => {
    const { ask, lines } = await world()
    lines.length = 0
    const answer = await ask(2)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      event: 'request',
      id: answer.headers.get('x-request-id'),
      method: 'POST',
      route: '/relay/payers/:id/cds/*',
      status: 502,
      payer: 'acme',
    })
  })

  it('names the kind of a fault of its own, and is not ready while its database is away', async () => {
    const { ask, lines, relay } = await world()
    await relay.stopDatabase()
    lines.length = 0
    expect((await ask(1)).status).toBe(503)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', status: 503, fault: 'Error' })
    expect((await relay.operations.request('/ready')).status).toBe(503)
    expect((await relay.operations.request('/health')).status).toBe(200)
  })

  it('gives metrics to nobody on the port that browsers reach', async () => {
    const { relay } = await world()
    for (const path of ['/metrics', '/relay/metrics'])
      expect(await (await fetch(`${relay.url}${path}`)).text()).not.toContain('beforehand_')
  })
})
