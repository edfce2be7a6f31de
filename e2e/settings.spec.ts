import type { Page } from '@playwright/test'
import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, type Sandbox, test } from './sandbox'

/** What payers are told to return, as Acme Health received it. */
async function configurations(sandbox: Sandbox): Promise<readonly Record<string, unknown>[]> {
  return (await sandbox.hooks('acme')).map((received) => {
    const body = JSON.parse(received.body) as { readonly extension: Record<string, unknown> }
    return body.extension['davinci-crd.configuration'] as Record<string, unknown>
  })
}

async function openSettings(page: Page): Promise<void> {
  await page.getByText('How it is asked').click()
  await page.getByText('What Acme Health may answer with').click()
}

async function ask(whatIf: WhatIfPage): Promise<void> {
  await whatIf.choose('Device or supply', 'CPAP', /E0601/)
  await whatIf.ask.click()
  await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
}

test.describe('What a payer may answer with', () => {
  test('reaches the payer, outlives the session, and leaves nothing about the patient in the browser', async ({
    page,
    sandbox,
  }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.opened()
    await openSettings(page)
    await expect(page.getByText('Now set: as Acme Health has it.')).toBeVisible()
    await page.getByRole('checkbox', { name: 'Network' }).uncheck()
    await page.getByRole('textbox', { name: 'Most cards' }).fill('3')
    await expect(page.getByText('Now set: your own choice.')).toBeVisible()
    await expectAccessible(page)
    await ask(whatIf)
    expect(await configurations(sandbox)).toEqual([
      { network: false, 'max-cards': 3, 'unsolicited-determ': false },
    ])

    await page.goto(sandbox.launch({}))
    await whatIf.opened()
    await openSettings(page)
    await expect(page.getByRole('checkbox', { name: 'Network' })).not.toBeChecked()
    await expect(page.getByRole('textbox', { name: 'Most cards' })).toHaveValue('3')
    await ask(whatIf)
    expect((await configurations(sandbox))[1]).toEqual({
      network: false,
      'max-cards': 3,
      'unsolicited-determ': false,
    })

    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    expect(kept).toContain('crd-configuration')
    for (const word of ['jane', 'roe', 'moreno', 'AH56712348', 'E0601'])
      expect(kept.toLowerCase()).not.toContain(word.toLowerCase())
    expect(await sandbox.writes()).toEqual([])
  })

  test('is taken as a preset and given back, by keyboard, at 320 pixels', async ({ page, sandbox }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.opened()
    for (const summary of ['How it is asked', 'What Acme Health may answer with']) {
      await page.getByText(summary).focus()
      await page.keyboard.press('Enter')
    }
    const guidelines = page.getByRole('checkbox', { name: 'Guidelines', exact: true })
    await expect(guidelines).toBeChecked()
    await page.getByRole('button', { name: 'Front desk' }).press('Enter')
    await expect(guidelines).not.toBeChecked()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect(guidelines).toBeChecked()
    await expect(page.getByText(/^Now set:/)).toBeFocused()
  })

  test('is the front desk’s from the start where the launch says so', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({ intent: 'front-desk' }))
    await page.getByRole('link', { name: 'What-if' }).click()
    await whatIf.opened()
    await ask(whatIf)
    expect((await configurations(sandbox))[0]).toMatchObject({ guideline: false, 'max-cards': 5 })
  })

  test('can be asked for again where the payer could not say what it offers', async ({ page, sandbox }) => {
    await sandbox.fault('acme', 'http-500@discovery')
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.opened()
    await openSettings(page)
    await expect(page.getByText('Nothing can be set until it says what it offers.')).toBeVisible()
    await sandbox.fault('acme', 'none')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('checkbox', { name: 'Network' })).toBeVisible()
  })
})
