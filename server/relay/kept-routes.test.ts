import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEarlier, readLogContent, readLogPage, readOpened } from '../../src/domain/kept-log'
import { databases } from './test-databases'
import { browser, testEhr, testPayer, testRelay } from './world.test-data'

type Ehr = Awaited<ReturnType<typeof testEhr>>

const question = (n: number, patientId: string) => ({
  hook: 'order-sign',
  hookInstance: `instance-${n}`,
  context: {
    patientId,
    draftOrders: { entry: [{ resource: { resourceType: 'ServiceRequest', id: `draft-${n}` } }] },
  },
  prefetch: { coverage: { resourceType: 'Coverage', id: 'c1' } },
})

const said = (n: number) => ({
  cards: [{ summary: `Card ${n}`, indicator: 'info', source: { label: 'Acme' } }],
  systemActions: [
    {
      type: 'update',
      resource: {
        resourceType: 'ServiceRequest',
        extension: [{ extension: [{ url: 'coverage-assertion-id', valueString: `A-${n}` }] }],
      },
    },
  ],
})

describe.each(await databases())('looking into the log on $name', ({ fresh }) => {
  const closing: (() => Promise<unknown>)[] = []
  let ehr: Ehr
  beforeEach(async () => {
    ehr = await testEhr()
    closing.push(ehr.close)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A relay with a clinician (1), another (2) and somebody with the audit role (9). */
  async function world(more: Readonly<Record<string, unknown>> = {}) {
    const payer = await testPayer(({ body }, response) => {
      response.end(JSON.stringify(said(Number(/instance-(\d+)/.exec(body)?.[1]))))
    })
    const relay = await testRelay({
      ehr: ehr.fhirBase,
      payers: [{ id: 'acme', cdsBase: `${payer.url}/cds` }],
      database: await fresh(),
      more: { audit: { users: [`${ehr.fhirBase}/Practitioner/9`] }, ...more },
    })
    closing.push(payer.close, () => relay.close())
    const user = async (id: string) => {
      const page = browser(relay.url)
      const session = await page.signIn(ehr, `${ehr.fhirBase}/Practitioner/${id}`)
      const post = (path: string, body: unknown) => page.call('POST', path, { session, body })
      return {
        post,
        json: async (path: string, body: unknown): Promise<unknown> => (await post(path, body)).json(),
        ask: (n: number, patient = 'jane') =>
          post('/payers/acme/cds/cds-services/order-sign', question(n, patient)),
      }
    }
    return { relay, user }
  }
  type User = Awaited<ReturnType<Awaited<ReturnType<typeof world>>['user']>>

  const earlier = async (user: User, patientId = 'jane') => {
    const list = readEarlier(await user.json('/earlier', { patientId }))
    if (!list.ok) throw new Error(list.problem.kind)
    return list.value.entries
  }
  const lines = async (user: User, search: object) => {
    const page = readLogPage(await user.json('/log/search', search))
    if (!page.ok) throw new Error(page.problem.kind)
    return page.value.lines
  }

  it('gives a user their own answers about a patient again, from any workstation', async () => {
    const { user } = await world()
    const first = await user('1')
    await first.ask(1)
    await first.ask(2, 'ben')
    await first.ask(3)
    const elsewhere = await user('1')
    const found = await earlier(elsewhere)
    expect(found.map(({ hookInstance }) => hookInstance)).toEqual(['instance-3', 'instance-1'])
    expect(found[0]).toMatchObject({
      payerName: 'Payer acme',
      outcome: 'answered',
      chart: ehr.fhirBase,
      patientId: 'jane',
      coverage: 'Coverage/c1',
    })
    const opened = readOpened(await elsewhere.json('/earlier/open', { patientId: 'jane', id: found[0]?.id }))
    expect(opened.ok && opened.value.payload).toMatchObject({
      request: question(3, 'jane'),
      response: said(3),
    })
  })

  it('keeps others’ answers back unless the site shares them, and those about other patients always', async () => {
    const own = await world()
    await (await own.user('1')).ask(1)
    expect(await earlier(await own.user('2'))).toEqual([])
    const shared = await world({ earlierAnswers: 'all' })
    await (await shared.user('1')).ask(1)
    const other = await shared.user('2')
    const [entry] = await earlier(other)
    expect(entry?.user).toBe(`${ehr.fhirBase}/Practitioner/1`)
    expect(await earlier(other, 'ben')).toEqual([])
    expect((await other.post('/earlier/open', { patientId: 'ben', id: entry?.id })).status).toBe(404)
  })

  it('is for people with the audit role alone', async () => {
    const { relay, user } = await world()
    const clinician = await user('1')
    await clinician.ask(1)
    for (const [path, body] of [
      ['/log/search', {}],
      ['/log/open', { id: 'x' }],
      ['/log/export', { search: {}, form: 'json' }],
    ] as const) {
      expect((await clinician.post(path, body)).status).toBe(403)
      expect((await browser(relay.url).call('POST', path, { body })).status).toBe(401)
    }
    expect((await browser(relay.url).call('POST', '/earlier', { body: { patientId: 'jane' } })).status).toBe(
      401,
    )
  })

  it('finds by patient, hookInstance, assertion and time, with who asked, page by page', async () => {
    const { user } = await world()
    const clinician = await user('1')
    for (let n = 1; n <= 60; n += 1) await clinician.ask(n, n === 7 ? 'ben' : 'jane')
    const auditor = await user('9')
    const ben = { patient: `${ehr.fhirBase}/Patient/ben`, who: `${ehr.fhirBase}/Practitioner/1` }
    const about = { hookInstance: 'instance-7', assertionIds: [] }
    expect(await lines(auditor, { patient: 'ben' })).toMatchObject([
      { kind: 'question', ...ben, entry: about },
    ])
    expect(await lines(auditor, { hookInstance: 'instance-7' })).toHaveLength(1)
    expect(await lines(auditor, { assertionId: 'A-7' })).toMatchObject([ben])
    expect(await lines(auditor, { from: Date.now() + 60_000 })).toEqual([])
    const first = readLogPage(await auditor.json('/log/search', { to: Date.now() }))
    if (!first.ok) throw new Error('not read')
    expect(first.value.lines).toHaveLength(50)
    const { before } = first.value
    const second = readLogPage(await auditor.json('/log/search', { before, hookInstance: 'instance-1' }))
    expect(second.ok && second.value.lines).toHaveLength(1)
    const id = (await lines(auditor, { patient: 'ben', hookInstance: 'instance-7' }))[0]?.id
    const content = readLogContent(await auditor.json('/log/open', { id }))
    expect(content.ok && content.value.payload?.response).toEqual(said(7))
    expect(content.ok && content.value.entries.map(({ kind }) => kind)).toEqual(['asked', 'answered'])
  })

  it('gives all that fits to take along, as JSON or line by line', async () => {
    const { user } = await world()
    const clinician = await user('1')
    for (let n = 1; n <= 60; n += 1) await clinician.ask(n)
    await clinician.ask(99, 'ben')
    const auditor = await user('9')
    const search = { patient: 'jane' }
    const all = JSON.parse(await (await auditor.post('/log/export', { search, form: 'json' })).text()) as {
      entries: readonly { readonly kind: string; readonly patient: string }[]
    }
    expect(all.entries.filter(({ kind }) => kind === 'answered')).toHaveLength(60)
    expect(new Set(all.entries.map(({ patient }) => patient))).toEqual(
      new Set([`${ehr.fhirBase}/Patient/jane`]),
    )
    const rows = (await (await auditor.post('/log/export', { search, form: 'ndjson' })).text())
      .trim()
      .split('\n')
    const kinds = rows.map((row) => (JSON.parse(row) as { kind: string }).kind)
    expect(kinds.filter((kind) => kind === 'asked')).toHaveLength(60)
    const none = await auditor.post('/log/export', { search: { patient: 'nobody' }, form: 'json' })
    // The look itself is about that patient, and was recorded before.
    expect(JSON.parse(await none.text())).toMatchObject({ entries: [{ kind: 'looked' }] })
  })

  it('records each look, and shows those looks too', async () => {
    const { relay, user } = await world()
    const clinician = await user('1')
    await clinician.ask(1)
    const [entry] = await earlier(clinician)
    await earlier(clinician)
    await clinician.post('/earlier/open', { patientId: 'jane', id: entry?.id })
    const auditor = await user('9')
    await lines(auditor, { patient: 'jane' })
    await auditor.post('/log/open', { id: entry?.id })
    await (await auditor.post('/log/export', { search: { assertionId: 'A-1' }, form: 'ndjson' })).text()
    const looks = (await lines(auditor, {})).filter(({ kind }) => kind === 'look')
    expect(looks.map(({ who, detail }) => [who.at(-1), detail])).toEqual([
      ['9', 'export'],
      ['9', 'an entry'],
      ['9', 'search'],
      ['1', 'an earlier answer'],
      ['1', 'earlier answers'],
    ])
    expect((await relay.log.verify()).broken).toBeUndefined()
  })

  it('keeps which documents were written to the chart', async () => {
    const { user } = await world()
    const clinician = await user('1')
    const written = { patientId: 'jane', reference: 'DocumentReference/7' }
    expect((await clinician.post('/written', written)).status).toBe(204)
    const found = await lines(await user('9'), { patient: 'jane' })
    expect(found).toMatchObject([{ kind: 'write', detail: 'DocumentReference/7' }])
    expect(await earlier(clinician)).toEqual([])
  })

  it('shows nothing where the look cannot be recorded', async () => {
    const { relay, user } = await world()
    const auditor = await user('9')
    await relay.stopDatabase()
    for (const [path, body] of [
      ['/earlier', { patientId: 'jane' }],
      ['/log/search', {}],
      ['/log/export', { search: {}, form: 'json' }],
    ] as const)
      expect((await auditor.post(path, body)).status).toBe(503)
  })
})
