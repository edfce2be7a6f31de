import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { readPages } from '../src/domain/document/pdf-pages.testing'
import { FrontDeskPage } from './pages/front-desk'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

test.use({ timezoneId: 'America/Chicago' })

test.afterEach(async ({ sandbox }) => {
  expect(await sandbox.writes()).toEqual([])
})

/** What stands on the paper once the button is pressed: the browser's own dialog is left out. */
async function printing(page: Page, press: () => Promise<void>) {
  await page.evaluate(() => {
    window.print = () => void window.dispatchEvent(new Event('beforeprint'))
  })
  await press()
  await page.emulateMedia({ media: 'print' })
  return page.locator('.paper').filter({ visible: true })
}

async function printed(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
}

test('The chart’s paper carries question, answer and moment; of two payers one alone or both', async ({
  page,
  sandbox,
}) => {
  const desk = new FrontDeskPage(page)
  await desk.open(sandbox, 'agnes-moore-visit')
  const answer = await desk.answered('Acme Health')
  await expect(desk.answer('Delta Plan').getByText('Who to call')).toBeVisible()
  const alone = await printing(page, () => answer.getByRole('button', { name: 'Print' }).click())
  await expect(alone).toHaveCount(1)
  for (const words of [
    'not a guarantee of payment',
    'Moore',
    'Acme Health',
    'Member id',
    'Asked by',
    'Tess Bell',
    /Made: .*\(UTC-0[56]:00\)/,
    'Yes: covered. No authorization needed.',
    'What to tell the patient',
    'What to collect',
    '800-555-0142',
  ])
    await expect(alone).toContainText(words)
  await expect(alone).not.toContainText('Delta Plan:')
  await expect(page.getByRole('button', { name: 'Print' }).first()).toBeHidden()
  await printed(page)

  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.paper').filter({ visible: true })).toHaveCount(2)
  await printed(page)
})

test('A patient who speaks Spanish takes a Spanish page along, by keyboard, on paper and as a file', async ({
  page,
  context,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const desk = new FrontDeskPage(page)
  await desk.open(sandbox, 'luis-ortega-mri')
  const answer = await desk.answered('Acme Health')
  await expect(answer.locator('p[lang="es"]')).toHaveText(/^“Su plan tiene que aprobar esto/)
  const opener = answer.getByRole('button', { name: 'For the patient' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const panel = answer.getByRole('region', { name: 'For the patient' })
  await expect(panel.getByRole('heading', { name: 'For the patient' })).toBeFocused()
  await expect(panel.getByRole('radio', { name: 'Español' })).toBeChecked()
  const preview = panel.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('heading', { name: '¿Cubre esto su plan de salud?' })).toBeVisible()
  await expect(preview).toContainText('Su plan puede tardar hasta 5 días hábiles en aprobarlo.')
  await expect(preview.locator('[lang="en"]').filter({ hasText: 'MRI' }).first()).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 1280, height: 900 })

  await panel.getByRole('button', { name: 'Copy as text' }).click()
  await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Acme Health dijo, en inglés')
  expect(copied).toContain('Esto no es una promesa de pago.')

  const sheet = await printing(page, () => panel.getByRole('button', { name: 'Print' }).click())
  await expect(sheet).toHaveCount(1)
  await expect(sheet).toHaveAttribute('lang', 'es')
  await expect(sheet).toContainText('Su plan tiene que aprobar esto antes de que usted lo reciba.')
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await printed(page)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')

  const coming = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Save as PDF' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/^for-the-patient-\d{4}-\d\d-\d\d\.pdf$/)
  const text = readPages(new Uint8Array(readFileSync(await file.path()))).join(' ')
  for (const words of ['Luis Ortega', 'Si llama, dé este número', 'autorización previa', 'Página 1 de'])
    expect(text).toContain(words)

  await panel.getByRole('radio', { name: 'English' }).check()
  await expect(preview.getByRole('heading', { name: 'Does your health plan cover this?' })).toBeVisible()
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(opener).toBeFocused()
})

test('A payer that cannot be reached never reads like a yes on the patient’s page', async ({
  page,
  sandbox,
}) => {
  const desk = new FrontDeskPage(page)
  await sandbox.fault('acme', 'http-500')
  await desk.open(sandbox, 'hana-sato-visit')
  const answer = await desk.answered('Acme Health')
  await answer.getByRole('button', { name: 'For the patient' }).click()
  const preview = answer.getByRole('region', { name: 'Preview' })
  await expect(preview).toContainText('There is no answer yet.')
  await expect(preview).toContainText('Please do not count on it.')
  await expect(preview).not.toContainText('Your plan covers this')
})
