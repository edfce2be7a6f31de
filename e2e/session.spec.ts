import { WhatIfPage } from './pages/what-if'
import { expect, test } from './sandbox'

test.describe('A session', () => {
  test('is renewed before it ends, with rotation, while nobody does anything', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ fault: 'short-token:63' }))
    const whatIf = new WhatIfPage(page)
    await whatIf.opened()
    await expect
      .poll(
        async () =>
          (await sandbox.received('ehr')).filter((r) => r.body.includes('grant_type=refresh_token')).length,
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0)
    await expect(page.getByText('Your session')).toHaveCount(0)
  })

  test('whose token is refused is renewed, and the read goes on', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ fault: 'expired-token' }))
    await new WhatIfPage(page).opened()
    const refreshed = (await sandbox.received('ehr')).filter((r) =>
      r.body.includes('grant_type=refresh_token'),
    )
    expect(refreshed.length).toBeGreaterThan(0)
    expect(refreshed[0]?.body).toContain('client_id=beforehand')
  })

  test('that cannot be renewed warns before its end, and a new sign-in loses nothing that was typed', async ({
    page,
    sandbox,
  }) => {
    await page.goto(sandbox.launch({ fault: 'short-token:100,no-refresh' }))
    const whatIf = new WhatIfPage(page)
    await whatIf.opened()
    await expect(page.getByText(/Your session with Lakeside EHR ends in less than two minutes/)).toBeVisible()
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: /Moreno/ }).click()
    await page.getByRole('button', { name: /Roe/ }).first().click()
    await whatIf.opened()
    await expect(page.getByRole('combobox', { name: /^Service, device/ })).toHaveValue(/CPAP/)
    expect(
      await page.evaluate(() =>
        Object.keys(sessionStorage).filter((key) => key.startsWith('beforehand.drafts')),
      ),
    ).toEqual([])
  })

  test('that has ended says so and keeps the screen', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ fault: 'short-token:3,no-refresh' }))
    const whatIf = new WhatIfPage(page)
    await whatIf.opened()
    await expect(page.getByText('Your session with Lakeside EHR has ended.')).toBeVisible()
    await expect(whatIf.form).toBeVisible()
  })
})
