import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, test } from './sandbox'

const accent = () => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()

test.describe('The EHR’s style file', () => {
  test('is used where it is sound', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    const ours = await page.evaluate(accent)
    await page.goto(sandbox.launch({ fault: 'style' }))
    await new WhatIfPage(page).opened()
    await expect.poll(() => page.evaluate(accent)).not.toBe(ours)
    await expectAccessible(page)
  })

  test('changes nothing where it is not', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    const ours = await page.evaluate(accent)
    await page.goto(sandbox.launch({ fault: 'bad-style' }))
    await new WhatIfPage(page).opened()
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(accent)).toBe(ours)
    await expectAccessible(page)
  })

  test('yields to the theme that the user chose', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    await page.getByLabel('Colours').selectOption('Dark')
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.reload()
    await new WhatIfPage(page).opened()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await expectAccessible(page)
  })
})
