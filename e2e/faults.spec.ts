import { MemberHistoryPage } from './pages/member-history'
import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, test } from './sandbox'

/** Faults of the EHR, on the wire: each ends in words, and never in another server's hands. */
test.describe('An EHR that fails', () => {
  for (const [fault, words] of [
    ['http-500@Coverage', /Lakeside EHR has a fault of its own/],
    ['malformed-json@Coverage', /Lakeside EHR sent an answer that could not be read/],
  ] as const)
    test(`at the coverage says so and asks no payer: ${fault}`, async ({ page, sandbox }) => {
      await page.goto(sandbox.launch({ fault }))
      await new WhatIfPage(page).opened()
      await expect(page.getByText(words).first()).toBeVisible()
      await expectAccessible(page)
      expect(await sandbox.hooks('acme')).toEqual([])
    })

  test('at the problem list leaves the question possible', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({ fault: 'http-500@Condition' }))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
  })

  test('at the code list leaves free entry, and says so', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({ fault: 'http-500@ValueSet' }))
    await whatIf.opened()
    await page.getByRole('combobox', { name: /^Service, device/ }).fill('oxygen')
    await expect(page.getByText(/could not be searched\. Enter a code yourself/)).toBeVisible()
  })

  test('by a next link to another host gives nobody the token', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ fault: 'foreign-next@Condition' }))
    await new WhatIfPage(page).opened()
    await expect
      .poll(async () => (await sandbox.received('ehr')).some((r) => r.path.includes('/Condition')))
      .toBe(true)
    const elsewhere = (await sandbox.received('ehr')).filter((r) => r.headers.host?.startsWith('127.0.0.1'))
    expect(elsewhere).toEqual([])
  })

  test('by being slow shows the layout to come, then the screen', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ fault: 'slow:1500@Patient' }))
    await expect(page.getByText('Reading the chart')).toBeAttached()
    await new WhatIfPage(page).opened()
  })

  for (const fault of ['drop-before@Procedure#1', 'drop-after@DocumentReference#1', 'http-500@Procedure#3'])
    test(`while it is written to ends with each record kept once: ${fault}`, async ({ page, sandbox }) => {
      const history = new MemberHistoryPage(page)
      await history.start(sandbox.launch({ fault }))
      await history.readAll(88)
      await history.writeAllOf('Procedures', 'Visits')
      const goOn = page.getByRole('button', { name: /Check and continue/ })
      const { done } = history
      await expect(goOn.or(done).first()).toBeVisible()
      if (await goOn.isVisible()) await goOn.click()
      await expect(done).toBeVisible()
      const written = (await sandbox.writes()).filter((r) => r.status === 201)
      const keys = (type: string) =>
        written.filter((r) => r.path.endsWith(`/${type}`)).map((r) => r.headers['if-none-exist'])
      expect(keys('Procedure').length, 'no procedure twice').toBe(new Set(keys('Procedure')).size)
      expect(keys('DocumentReference').length, 'no document twice').toBeLessThanOrEqual(1)
      await expect(page.getByText(/not certain/)).toHaveCount(0)
    })
})
