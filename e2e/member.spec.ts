import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

test.describe('From the menu to the member', () => {
  test('by the payer’s scheduling: seen before it is sent, sent once, kept, and read without a member match', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await page.getByText('Another way: ask about a visit').click()
    await page.getByRole('button', { name: 'Show what would be sent' }).click()
    await expect(page.getByText(/receives 1 hypothetical appointment for Jane Roe/)).toBeVisible()
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 700 })
    await expectNoSidewaysScroll(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await sandbox.hooks('acme')).toEqual([])

    await page.getByRole('button', { name: 'Ask Acme Health about this visit' }).click()
    await expect(page.getByText(/Acme Health found one member: Jane Roe/)).toBeVisible()
    const [hook, ...more] = await sandbox.hooks('acme')
    expect(more).toEqual([])
    const sent = JSON.parse(hook?.body ?? '{}')
    expect(sent.hook).toBe('appointment-book')
    expect(sent.extension.memberId).toBe('AH56712348')
    expect(sent.extension.coverage).toMatch(/^Coverage\//)
    expect(JSON.stringify(sent)).not.toContain('fhirAuthorization')
    const received = await sandbox.received('acme')
    expect(received.filter((r) => r.path.includes('member-match'))).toEqual([])
    expect(received.filter((r) => /\/fhir\/(?!Patient|metadata)[A-Z]/.test(r.path))).toEqual([])

    await history.read.click()
    await expect(page.getByRole('heading', { name: /[1-9]\d* records/ })).toBeVisible()
    expect(await sandbox.writes(), 'nothing is booked').toEqual([])

    await page.getByRole('link', { name: 'What-if' }).click()
    await page.getByRole('link', { name: 'Earlier answers' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'Office visit' })).toBeVisible()
  })

  test('with a wrong member id the payer is asked once, and says what to do', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await page.getByLabel(/Member id at Acme Health/).fill('NOBODY-1')
    await history.find.click()
    await expect(page.getByText('Acme Health found no member for this patient.')).toBeVisible()
    const asked = (await sandbox.received('acme')).filter(
      (r) => r.method === 'POST' && r.path.includes('member-match'),
    )
    expect(asked).toHaveLength(1)
    expect(asked[0]?.body).toContain('NOBODY-1')
    await expectAccessible(page)
  })
})

test.describe('A payer whose own message brings the token', () => {
  /** The same site, with Acme set up so. */
  test.beforeEach(async ({ page }) => {
    await page.route('**/config.json', async (route) => {
      const answer = await route.fetch()
      const config = (await answer.json()) as { payers: { id: string; authorization: string }[] }
      for (const payer of config.payers) if (payer.id === 'acme') payer.authorization = 'launch'
      await route.fulfill({ response: answer, json: config })
    })
  })

  test('gets it with every request for records; the EHR never sees it, nor the payer the EHR’s', async ({
    page,
    sandbox,
  }) => {
    const token = 'acmes-own-token-1'
    const context = {
      v: 1,
      type: 'pdex-member-history',
      payerFhirBase: `${sandbox.url.acme}/fhir`,
      result: 'matched',
      memberIdentifier: { system: 'https://acme-health.example/fhir/member-id', value: 'AH56712348' },
      ehrPatient: 'jane-roe',
      issued: new Date().toISOString(),
      accessToken: { value: token, type: 'Bearer', expires_in: 300 },
    }
    await page.goto(sandbox.launch({ app_context: JSON.stringify(context) }))
    const history = new MemberHistoryPage(page)
    await expect(page.getByText(/Opened by Acme Health.s own message, until \d\d:\d\d/)).toBeVisible()
    await history.find.click()
    await history.read.click()
    await expect(page.getByRole('heading', { name: /[1-9]\d* records/ })).toBeVisible()

    const records = (await sandbox.received('acme')).filter(
      (r) => r.method !== 'OPTIONS' && r.path.startsWith('/fhir/'),
    )
    expect(records.length).toBeGreaterThan(5)
    expect([...new Set(records.map((r) => r.headers.authorization))]).toEqual([`Bearer ${token}`])
    const chart = (await sandbox.received('ehr')).filter((r) => r.path.includes('/fhir/'))
    expect(JSON.stringify(chart)).not.toContain(token)
    const chartTokens = new Set(chart.flatMap((r) => r.headers.authorization?.split(' ')[1] ?? []))
    expect(chartTokens.size).toBeGreaterThan(0)
    for (const payer of ['acme', 'borealis', 'cedar', 'delta', 'oddity'] as const) {
      const received = JSON.stringify(await sandbox.received(payer))
      for (const chartToken of chartTokens) expect(received).not.toContain(chartToken)
      if (payer !== 'acme') expect(received).not.toContain(token)
    }
  })

  test('is sent nothing where no message came, and says so', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await expect(page.getByText('Not open: needs a message from Acme Health')).toBeVisible()
    await history.find.click()
    await expect(
      page.getByText(/Acme Health opens its records for a short time, by a message of its own/),
    ).toBeVisible()
    const sent = (await sandbox.received('acme')).filter((r) => r.path.startsWith('/fhir/'))
    expect(sent).toEqual([])
    await expectAccessible(page)
  })
})
