import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

test('A suggestion is looked at, used, asked again and undone; the chart is never written to', async ({
  page,
  sandbox,
}) => {
  const whatIf = new WhatIfPage(page)
  await page.goto(sandbox.launch({}))
  await whatIf.choose('Device or supply', 'CPAP', /E0601/)
  const service = page.getByRole('combobox', { name: /^Service, device/ })
  const asked = await service.inputValue()
  await whatIf.ask.click()
  const card = page.getByRole('article').filter({ hasText: 'Start with a three-month rental' })
  await expect(card).toContainText('Rent for three months')
  await expect(card.getByRole('row', { name: /^What .*CPAP device, rental/ })).toBeVisible()
  await expectAccessible(page)

  await card.getByRole('button', { name: 'Use in what-if' }).click()
  await expect(page.getByText('Suggestion in use: Rent for three months')).toBeVisible()
  await expect(service).toHaveValue('CPAP device, rental')
  await expect(page.getByText(/You changed the question after this answer/)).toBeVisible()
  await expectAccessible(page)
  expect(await sandbox.hooks('acme'), 'asked only when told to').toHaveLength(1)

  await page.getByRole('button', { name: 'Ask Acme Health' }).click()
  await expect(page.getByText(/You changed the question after this answer/)).toHaveCount(0)
  await expect(card).toHaveCount(0)
  const bodies = (await sandbox.hooks('acme')).map((r) => r.body)
  expect(bodies).toHaveLength(2)
  expect(bodies[0]).not.toContain('"RR"')
  expect(bodies[1]).toContain('"RR"')

  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(service).toHaveValue(asked)
  await expect(page.getByText('Suggestion in use')).toHaveCount(0)
  await expect(page.getByText(/You changed the question after this answer/)).toBeVisible()
  expect(await sandbox.writes()).toEqual([])
})
