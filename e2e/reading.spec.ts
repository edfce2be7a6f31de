import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, type Sandbox, test } from './sandbox'

/** Asks about a CPAP device, or what else is named. */
async function askAbout(
  whatIf: WhatIfPage,
  sandbox: Sandbox,
  choice: Parameters<WhatIfPage['choose']> = ['Device or supply', 'CPAP', /E0601/],
  fault?: string,
): Promise<void> {
  await whatIf.page.goto(sandbox.launch({}))
  await whatIf.choose(...choice)
  if (fault !== undefined) await sandbox.fault('acme', fault)
  await whatIf.ask.click()
  await expect(whatIf.messages('Acme Health')).toBeVisible()
}

for (const width of [1280, 320])
  test.describe(`Reading an answer, ${width} px wide`, () => {
    test.beforeEach(({ page }) => page.setViewportSize({ width, height: 800 }))

    test('kinds of messages are chosen, and what is left out is said', async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await askAbout(whatIf, sandbox)
      const messages = whatIf.messages('Acme Health')
      await expect(messages.getByText('All 2 messages shown.')).toBeVisible()
      await messages.getByRole('checkbox', { name: /^Guidelines/ }).check()
      await expect(messages.getByText('1 of 2 messages shown.')).toBeVisible()
      await expect(whatIf.card('Acme Health', 'CPAP: the sleep study that is needed')).toBeVisible()
      await expect(whatIf.card('Acme Health', 'Start with a three-month rental')).toHaveCount(0)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await messages.getByRole('checkbox', { name: /^All/ }).check()
      await expect(whatIf.card('Acme Health', 'Start with a three-month rental')).toBeVisible()
    })

    test('a message is left aside with a reason, the payer is told once, and it comes back', async ({
      page,
      sandbox,
    }) => {
      const whatIf = new WhatIfPage(page)
      await askAbout(whatIf, sandbox)
      const card = whatIf.card('Acme Health', 'Start with a three-month rental')
      await card.getByRole('button', { name: 'Dismiss' }).click()
      await expect(card.getByText(/^Acme Health is told, once/)).toBeVisible()
      await card.getByRole('radio', { name: 'The patient has used a device before' }).check()
      await card.getByRole('textbox', { name: /^Comment for Acme Health/ }).fill('Owned one until June')
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      expect(await sandbox.feedback('acme')).toEqual([])
      await card.getByRole('button', { name: 'Leave aside' }).click()
      await expect(card).toContainText('Left aside: The patient has used a device before')
      await expect(card.getByRole('button', { name: 'Undo' })).toBeFocused()
      await expect(card.getByText('Acme Health was told.')).toBeVisible()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      const told = await sandbox.feedback('acme')
      expect(told.map((r) => [r.path, r.status])).toEqual([['/cds-services/order-sign-crd/feedback', 200]])
      expect(JSON.parse(told[0]?.body ?? '')).toMatchObject({
        feedback: [
          {
            outcome: 'overridden',
            overrideReason: { reason: { code: 'owned-before' }, userComment: 'Owned one until June' },
          },
        ],
      })
      await card.getByRole('button', { name: 'Undo' }).click()
      await expect(card.getByText('Rent for three months')).toBeVisible()
      await card.getByRole('button', { name: 'Dismiss' }).click()
      await card.getByRole('button', { name: 'Leave aside' }).click()
      await expect(card).toContainText('Left aside')
      expect(await sandbox.feedback('acme'), 'told once').toHaveLength(1)
      expect(await sandbox.writes()).toEqual([])
    })

    test('a form that came along is looked at, one that did not is named', async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      const outside: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith('http://localhost:')) outside.push(request.url())
      })
      await askAbout(whatIf, sandbox, ['Device or supply', 'E0431', /E0431/])
      const card = whatIf.card('Acme Health', 'Two forms are needed for oxygen at home')
      await card.getByText('Look at the form: Oxygen at home').click()
      const form = card.getByRole('region', { name: 'Oxygen at home' })
      for (const words of ['3 questions', 'Was the patient’s condition stable?', 'Yes or no', 'Required'])
        await expect(form.getByText(words)).toBeVisible()
      await expect(form.getByRole('textbox')).toHaveCount(0)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      expect(outside).toEqual([])
      expect(await sandbox.writes()).toEqual([])
    })

    test('notes on how the answer was made are folded advice', async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await askAbout(whatIf, sandbox, undefined, 'pa-granted')
      const notes = page.getByText(/^Notes on how this answer was made \(\d+\)$/).first()
      await expect(page.getByText(/though nothing was ordered/)).toBeHidden()
      await notes.click()
      await expect(page.getByText(/though nothing was ordered/)).toBeVisible()
      await expect(page.getByText(/authorization-for-hypothetical: systemActions/)).toBeVisible()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    })

    test('a link that starts this very app is no dead end', async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await askAbout(whatIf, sandbox, ['Medicine or vaccine', '1364445', /1364445/])
      const card = whatIf.card('Acme Health', 'Acme Health holds history that bears on this anticoagulant')
      await expect(card).toContainText('Review member history')
      await expect(card).not.toContainText('Open this from the chart')
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await card.getByRole('button', { name: 'Open in Member history' }).click()
      await expect(page.getByText(/^Opened from Acme Health/).first()).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('link', { name: 'What-if' }).click()
      await expect(card).toBeVisible()
    })
  })

test('A form named by a payer of CRD 2.0.1 is named and not fetched', async ({ page, sandbox }) => {
  const whatIf = new WhatIfPage(page)
  await page.goto(sandbox.launch({ patient: 'ben-okafor' }))
  await whatIf.choose('Device or supply', 'CPAP', /E0601/)
  await whatIf.ask.click()
  await expect(
    page.getByText(/Borealis Mutual named this form and did not send its questions along/).first(),
  ).toBeVisible()
  expect(await sandbox.feedback('borealis')).toEqual([])
})
