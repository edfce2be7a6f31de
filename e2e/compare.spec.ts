import { ComparePage } from './pages/compare'
import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

const HOSPITAL = 'Hospital outpatient, on campus (22)'

test.describe('Comparing', () => {
  test('asks five alternatives beside the original at once and shows them side by side', async ({
    page,
    sandbox,
  }) => {
    const whatIf = new WhatIfPage(page)
    const compare = new ComparePage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.onlyPrimary()
    await page.getByRole('button', { name: 'MRI of the lower back' }).click()
    await page.getByLabel('Place of service').selectOption(HOSPITAL)
    await compare.open()
    await expectAccessible(page)
    await compare.withChoice('Place of service', 'Independent clinic or imaging center')
    await compare.withText('How many', '2')
    await compare.withText('When', '2027-03-01')
    await compare.withFound('Ordered', 'Service, device, medicine or referral', 'nutrition', /97802/)
    await compare.withFound('Performed by', 'Performed by', 'lake', /Organization|Practitioner/)
    await expect(page.getByRole('heading', { level: 1, name: 'Six ways to do it' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add an alternative' })).toBeDisabled()
    await expectAccessible(page)
    await compare.askAll.click()
    await expect(page.getByRole('button', { name: 'Ask all again' })).toBeVisible()
    const hooks = await sandbox.hooks('acme')
    expect(hooks).toHaveLength(6)
    expect(new Set(hooks.map(({ body }) => JSON.parse(body).hookInstance)).size).toBe(6)
    await expect(compare.table('Acme Health').getByRole('columnheader')).toHaveCount(7)
    await expect(compare.table('Acme Health').getByRole('columnheader')).toContainText([
      'About',
      'As first asked',
      'Place of service: Independent clinic or imaging center',
      'How many: 2',
      'When: 01-Mar-2027',
      'Ordered: Nutrition counselling',
      'Performed by: ',
    ])
    const covered = compare.row('Acme Health', 'Covered?').getByRole('cell')
    await expect(covered).toHaveCount(6)
    await expect(covered.nth(1)).toContainText('Differs')
    await expect(covered.nth(0)).not.toContainText('Differs')
    await expect(compare.row('Acme Health', 'Cost').getByRole('cell').first()).not.toBeEmpty()
    await expect(page.getByRole('heading', { name: 'Answers side by side' })).toBeFocused()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)

    const label = 'Place of service: Independent clinic or imaging center'
    await compare
      .way(label)
      .getByRole('button', { name: /^Details/ })
      .click()
    const details = page.getByRole('region', { name: `Details: ${label}` })
    await expect(details).toContainText('Reference')
    await expect(details.getByRole('button', { name: 'Ask again' })).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Close the details' }).click()

    await compare
      .way(label)
      .getByRole('button', { name: /^Use this one/ })
      .click()
    await expect(page.getByLabel('Place of service (optional)')).toHaveValue('49')
    await expect(page.getByRole('button', { name: 'Compare' })).toBeFocused()
    expect(await sandbox.hooks('acme')).toHaveLength(6)
    expect(await sandbox.writes()).toEqual([])
  })

  test('is a list for each way in a narrow frame, and a document on paper', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    const compare = new ComparePage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.onlyPrimary()
    await page.getByRole('button', { name: 'MRI of the lower back' }).click()
    await page.getByLabel('Place of service').selectOption(HOSPITAL)
    await page.setViewportSize({ width: 320, height: 640 })
    await compare.open()
    await compare.withChoice('Place of service', 'Independent clinic or imaging center')
    await expectNoSidewaysScroll(page)
    await compare.askAll.click()
    const list = page.getByRole('region', { name: 'Acme Health' })
    await expect(list.getByRole('heading', { level: 4 })).toHaveText([
      'As first asked',
      'Place of service: Independent clinic or imaging center',
    ])
    await expect(page.getByRole('table')).toHaveCount(0)
    await expect(list.getByText('Prior authorization?')).toHaveCount(2)
    await expect(list).toContainText('Differs')
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)

    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    const paper = page.locator('.paper')
    await expect(paper).toHaveCount(1)
    for (const words of [
      'What-if, not an order, not a guarantee of payment',
      'Jane',
      'Acme Health',
      'Asked by',
      'UTC',
      'Place of service: Independent clinic or imaging center',
      'Differs: ',
    ])
      await expect(paper).toContainText(words)
    await expect(paper.locator('thead th')).toHaveCount(3)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: 'screen' })
    expect(await sandbox.writes()).toEqual([])
  })

  test('asks the payers of other coverages too, shows who fails, and asks only those again', async ({
    page,
    sandbox,
  }) => {
    const compare = new ComparePage(page)
    await page.goto(sandbox.launch({}))
    await page.getByRole('checkbox', { name: /^Ask .* too/ }).check()
    await page.getByRole('button', { name: 'MRI of the lower back' }).click()
    await compare.open()
    await compare.withText('How many', '2')
    await sandbox.fault('borealis', 'http-500')
    await compare.askAll.click()
    await expect(compare.row('Borealis Mutual', 'Covered?').getByRole('cell').first()).toContainText(
      'No answer',
    )
    await expect(compare.row('Acme Health', 'Covered?').getByRole('cell').first()).not.toContainText(
      'No answer',
    )
    await expect(compare.askAll).toBeVisible()
    await expect(compare.askAll).not.toHaveAttribute('aria-disabled', 'true')
    expect(await sandbox.hooks('acme')).toHaveLength(2)
    expect(await sandbox.hooks('borealis')).toHaveLength(2)
    await sandbox.fault('borealis', 'none')
    await compare.askAll.click()
    await expect(page.getByRole('button', { name: 'Ask all again' })).toBeVisible()
    expect(await sandbox.hooks('acme'), 'who answered is not asked again').toHaveLength(2)
    expect(await sandbox.hooks('borealis')).toHaveLength(4)
    expect(await sandbox.writes()).toEqual([])
  })

  test('is done by keyboard alone, and comes back to where it began', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.onlyPrimary()
    await page.getByRole('button', { name: 'MRI of the lower back' }).press('Enter')
    await page.getByRole('button', { name: 'Compare' }).press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await page.getByRole('button', { name: 'Add an alternative' }).press('Enter')
    await page.keyboard.type('Place')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Home')
    await expect(new ComparePage(page).way('Place of service: Home')).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(new ComparePage(page).row('Acme Health', 'Covered?').getByRole('cell')).toHaveCount(2)
    await page.getByRole('button', { name: 'Remove: Place of service: Home' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(new ComparePage(page).way('Place of service: Home')).toBeVisible()
    await page.getByRole('button', { name: 'Back to the question' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Compare' })).toBeFocused()
    expect(await sandbox.hooks('acme')).toHaveLength(2)
  })
})
