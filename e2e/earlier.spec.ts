import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

/** The tab of earlier answers as its users see it. */
class EarlierPage {
  constructor(readonly page: Page) {}

  /** Today's rows, newest first. */
  get rows(): Locator {
    return this.page.getByRole('region', { name: /^Today, / }).getByRole('listitem')
  }

  async show(): Promise<void> {
    await this.page.getByRole('link', { name: 'Earlier answers' }).click()
    await expect(this.page.getByText('Nothing is asked again from here.')).toBeVisible()
  }

  /** What stands in a folded text, to the letter. */
  async letters(summary: string): Promise<unknown> {
    const box = this.page.getByRole('group').filter({ has: this.page.getByText(summary, { exact: true }) })
    await box.getByText(summary, { exact: true }).click()
    return JSON.parse((await box.locator('pre').textContent()) ?? '')
  }
}

/** Asks the likely primary payer alone. */
async function askForCpap(page: Page): Promise<void> {
  const whatIf = new WhatIfPage(page)
  await page.getByRole('checkbox', { name: /^Ask .* too/ }).uncheck()
  await whatIf.choose('Device or supply', 'CPAP', /E0601/)
  await whatIf.ask.click()
  await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
}

test.describe('Earlier answers', () => {
  test('are found again and opened as they were, read-only, to the letter, without asking anybody', async ({
    page,
    sandbox,
  }) => {
    const earlier = new EarlierPage(page)
    await page.goto(sandbox.launch({}))
    await earlier.show()
    await expect(page.getByText('Nothing about this patient is kept yet.')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Ask in What-if' }).click()
    await askForCpap(page)
    await earlier.show()
    await expect(earlier.rows).toHaveCount(1)
    await expect(earlier.rows.first()).toContainText('CPAP')
    await expect(earlier.rows.first()).toContainText('Answered')
    await expect(page.getByText(/^They are kept until your session with .* ends/)).toBeVisible()
    await expectAccessible(page)

    await page.getByRole('button', { name: /^Open: / }).click()
    await expect(page.getByText(/What was said then may no longer hold/)).toBeVisible()
    const shown = page.getByRole('main')
    await expect(
      shown.getByText('Prior authorization?', { exact: true }).filter({ visible: true }),
    ).toBeVisible()
    await expect(
      shown.getByRole('article').filter({ hasText: 'Start with a three-month rental', visible: true }),
    ).toBeVisible()
    for (const name of [/^Ask /, /^Use /, /^Dismiss/])
      await expect(shown.getByRole('button', { name })).toHaveCount(0)
    const hooks = await sandbox.hooks('acme')
    expect(hooks, 'opening asks nobody').toHaveLength(1)
    expect(await earlier.letters('What was sent')).toEqual(JSON.parse(hooks[0]?.body ?? ''))
    expect(await earlier.letters('What came back')).toHaveProperty('cards')
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    expect(await sandbox.writes()).toEqual([])
  })

  test('are there for each payer that was asked', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    const earlier = new EarlierPage(page)
    await page.goto(sandbox.launch({}))
    await page.getByRole('radio', { name: 'Device or supply' }).check()
    await page.getByRole('button', { name: 'CPAP device' }).click()
    await page.getByRole('button', { name: 'Ask Acme Health and Borealis Mutual' }).click()
    await expect(whatIf.answer('Borealis Mutual').first()).toBeVisible()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
    await earlier.show()
    await expect(earlier.rows).toHaveCount(2)
    for (const payer of ['Acme Health', 'Borealis Mutual'])
      await expect(earlier.rows.filter({ hasText: payer })).toHaveCount(1)
  })

  test('are there for each outcome, newest first, and can be deleted by keyboard', async ({
    page,
    sandbox,
  }) => {
    const whatIf = new WhatIfPage(page)
    const earlier = new EarlierPage(page)
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await sandbox.fault('acme', 'http-500')
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('No answer from Acme Health')
    await earlier.show()
    await expect(earlier.rows).toHaveCount(2)
    await expect(earlier.rows.nth(0)).toContainText('Failed')
    await expect(earlier.rows.nth(1)).toContainText('Answered')
    await earlier.rows
      .nth(0)
      .getByRole('button', { name: /^Delete: / })
      .press('Enter')
    await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await expect(earlier.rows).toHaveCount(1)
    await expect(earlier.rows.first()).toContainText('Answered')
    await expect(page.getByRole('heading', { name: 'Earlier answers' })).toBeFocused()
  })

  test('are saved as one file whose name says nothing of the patient', async ({ page, sandbox }) => {
    const earlier = new EarlierPage(page)
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await earlier.show()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save it as JSON' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^payer-answers-\d{4}-\d{2}-\d{2}\.json$/)
    const saved = JSON.parse(await readFile(await file.path(), 'utf8'))
    const [hook] = await sandbox.hooks('acme')
    expect(saved.invocations[0].request).toEqual(JSON.parse(hook?.body ?? ''))
    await page.getByText('Nothing was saved? Take the text from here').click()
    await expect(page.getByRole('textbox', { name: 'Earlier answers as JSON' })).toHaveValue(
      /beforehand-invocations/,
    )
    await expectAccessible(page)
  })

  test('are of this patient and this session alone', async ({ page, sandbox }) => {
    const earlier = new EarlierPage(page)
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await earlier.show()
    await expect(earlier.rows).toHaveCount(1)
    await page.goto(sandbox.launch({ patient: 'ben-okafor' }))
    await earlier.show()
    await expect(page.getByText('Nothing about this patient is kept yet.')).toBeVisible()
    expect(await page.title()).not.toMatch(/roe|okafor/i)
    const inTheClear = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    expect(inTheClear).not.toContain('E0601')
  })
})
