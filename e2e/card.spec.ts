import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, test } from './sandbox'

test.describe('The smart link on a payer’s card', () => {
  test('opens Member history with payer and member filled from it', async ({ page, sandbox }) => {
    await page.goto(`${sandbox.url.ehr}/appointments`)
    await page.getByLabel('Patient').selectOption('jane-roe')
    await page.getByRole('button', { name: 'Book' }).click()
    await page.getByRole('link', { name: 'Review member history' }).click()
    const app = page.frameLocator('iframe')
    await expect(app.getByText(/Opened from Acme Health.s message/)).toBeVisible()
    await app.getByRole('button', { name: /^Find at Acme Health/ }).click()
    await app.getByRole('button', { name: /^Read / }).click()
    await expect(app.getByRole('heading', { name: /[1-9]\d* records/ })).toBeVisible()
    const matches = (await sandbox.received('acme')).filter((r) => r.path.includes('member-match'))
    expect(matches, 'the member is known from the card').toEqual([])
  })

  const card = (payer: string, patient: string, more: object = {}) =>
    JSON.stringify({
      v: 1,
      type: 'pdex-member-history',
      payerFhirBase: `${payer}/fhir`,
      payer: { system: 'urn:oid:2.16.840.1.113883.6.300', value: '95216', display: 'Acme Health' },
      result: 'matched',
      memberIdentifier: { system: 'https://acme-health.example/member-id', value: 'AH56712348' },
      ehrPatient: patient,
      issued: new Date().toISOString(),
      expires: new Date(Date.now() + 3_600_000).toISOString(),
      ...more,
    })

  for (const as of ['string', 'object'])
    test(`is read where the EHR hands it on as ${as}`, async ({ page, sandbox }) => {
      await page.goto(sandbox.launch({ app_context: card(sandbox.url.acme, 'jane-roe'), app_context_as: as }))
      await expect(page.getByText(/Opened from Acme Health.s message/)).toBeVisible()
      await expectAccessible(page)
    })

  test('for another patient stops, and no request leaves for any payer', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ app_context: card(sandbox.url.acme, 'ben-okafor') }))
    await expect(page.getByText(/another patient/i).first()).toBeVisible()
    await expect(new MemberHistoryPage(page).find).toHaveCount(0)
    await expectAccessible(page)
    expect(await sandbox.received('acme')).toEqual([])
    expect(await sandbox.received('borealis')).toEqual([])
  })

  test('by the launch’s own fault wrong-patient stops too', async ({ page, sandbox }) => {
    await page.goto(
      sandbox.launch({ app_context: card(sandbox.url.acme, 'jane-roe'), fault: 'wrong-patient' }),
    )
    await expect(page.getByText(/another patient/i).first()).toBeVisible()
    expect(await sandbox.received('acme')).toEqual([])
  })

  test('for a payer that is not set up here stops, and no request leaves', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ app_context: card('https://evil.example', 'jane-roe') }))
    await expect(page.getByText(/not set up here/).first()).toBeVisible()
    await expect(new MemberHistoryPage(page).find).toHaveCount(0)
    expect(await sandbox.received('acme')).toEqual([])
  })

  for (const [name, raw] of [
    ['expired', card('http://localhost', 'jane-roe', { expires: '2020-01-01T00:00:00Z' })],
    ['not ours', 'just some words'],
    ['broken', '{"v":1,"type":"pdex-member-history"'],
  ] as const)
    test(`that is ${name} says so and opens as from the menu`, async ({ page, sandbox }) => {
      const context = raw.replace('http://localhost/fhir', `${sandbox.url.acme}/fhir`)
      await page.goto(sandbox.launch({ app_context: context }))
      await expect(page.getByText('The message that opened this app could not be used.')).toBeVisible()
      await expect(page.getByRole('heading', { name: 'If I ordered…' })).toBeVisible()
    })
})
