import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { buildApp } from './build'
import { findChromium } from './chromium'
import { root, type Stack, startStack } from './stack'

/** The README's pictures, made from the running app so that they never go stale. */
const folder = join(root, 'docs/screenshots')
mkdirSync(folder, { recursive: true })
await buildApp()
const stack = await startStack({ port: 6500, app: 'built' })
const browser = await chromium.launch({ executablePath: findChromium() })

const shots: Readonly<Record<string, (page: Page, urls: Stack) => Promise<void>>> = {
  'menu-what-if': async (page, { ehr }) => {
    await page.goto(`${ehr}/launch?patient=jane-roe&user=moreno&need_patient_banner=true`)
    await page.getByRole('radio', { name: 'Device or supply' }).check()
    await page.getByRole('combobox', { name: /^Service, device/ }).fill('CPAP')
    await page.getByRole('option', { name: /E0601/ }).first().click()
    await page.getByRole('button', { name: /^Ask / }).click()
    await page.getByRole('heading', { name: /Messages from/ }).waitFor()
  },
  'card-member-history': async (page, { ehr }) => {
    await page.goto(`${ehr}/appointments`)
    await page.getByLabel('Patient').selectOption('jane-roe')
    await page.getByRole('button', { name: 'Book' }).click()
    await page.getByRole('link', { name: 'Review member history' }).click()
    const app = page.frameLocator('iframe')
    await app.getByRole('button', { name: /^Find at/ }).click()
    await app.getByRole('button', { name: /^Read/ }).click()
    await app
      .getByRole('checkbox', { name: /^Select all/ })
      .first()
      .check()
  },
  'front-desk': async (page, { ehr }) => {
    const launch = 'patient=luis-ortega&appointment=luis-ortega-mri&user=bell&intent=front-desk'
    await page.goto(`${ehr}/launch?${launch}&need_patient_banner=true`)
    await page.getByText('from the appointment').waitFor()
    await page.getByRole('button', { name: /^Ask [A-Z]/ }).click()
    await page.getByText('What to tell the patient').waitFor()
  },
}

async function shoot(context: BrowserContext, suffix: string): Promise<void> {
  for (const [name, go] of Object.entries(shots)) {
    const page = await context.newPage()
    await go(page, stack)
    // A narrow page shows its answer below the question: it is scrolled to; a wide one shows both from its top.
    if (suffix === '') await page.evaluate(() => scrollTo(0, 0))
    else
      await page
        .getByRole('article')
        .first()
        .scrollIntoViewIfNeeded({ timeout: 1_000 })
        .catch(() => undefined)
    await page.screenshot({ path: join(folder, `${name}${suffix}.png`) })
    await page.close()
  }
}

try {
  await shoot(await browser.newContext({ viewport: { width: 1280, height: 860 } }), '')
  await shoot(
    await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' }),
    '-narrow-dark',
  )
  console.log(`Screenshots are in ${folder}`)
} finally {
  await browser.close()
  await stack.close()
}
