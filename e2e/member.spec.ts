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
