import type { Page } from '@playwright/test'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { startStack } from '../scripts/stack'
import { startPostgres, type TestPostgres } from '../server/relay/test-postgres'
import { MemberHistoryPage } from './pages/member-history'
import { WhatIfPage } from './pages/what-if'
import { test as base, expect, expectAccessible, expectNoSidewaysScroll, type Sandbox } from './sandbox'

const FIRST_PORT = Number(process.env.E2E_PORT ?? 6100)

/** The sandbox as `npm start` runs it: the app is served by the relay, and payers let no browser in that does not come by it. */
const test = base.extend<object, { postgres: TestPostgres | undefined }>({
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know which fixtures are wanted
    async ({}, use) => {
      const postgres = await startPostgres()
      await use(postgres)
      await postgres?.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  stack: [
    async ({ postgres }, use, info) => {
      const stack = await startStack({
        port: FIRST_PORT + info.parallelIndex * 10,
        app: 'relay',
        ...(postgres && { database: postgres.address }),
      })
      await use(stack)
      await stack.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

/** Asks the likely primary payer about a CPAP device. */
async function askForCpap(page: Page): Promise<void> {
  const whatIf = new WhatIfPage(page)
  await whatIf.opened()
  await whatIf.choose('Device or supply', 'CPAP', /E0601/)
  await whatIf.ask.click()
}

const answer = (page: Page) => new WhatIfPage(page).answer('Acme Health').first()

/** The EHR's tokens of this test, as it saw them. */
const tokensOf = async (sandbox: Sandbox): Promise<readonly string[]> => [
  ...new Set(
    (await sandbox.received('ehr')).flatMap((r) => r.headers.authorization?.replace('Bearer ', '') ?? []),
  ),
]

test.describe('Through the site’s relay', () => {
  test('a payer is asked, signed for it alone, and nobody but the EHR gets the EHR’s token', async ({
    page,
    sandbox,
  }) => {
    const { acme, app } = sandbox.url
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await expect(answer(page)).toContainText('Prior authorization?')
    const [hook, ...more] = await sandbox.hooks('acme')
    expect([hook?.status, more]).toEqual([200, []])
    const jwt = hook?.headers.authorization?.replace('Bearer ', '') ?? ''
    const { payload } = await jwtVerify(jwt, createRemoteJWKSet(new URL(`${app}/relay/jwks.json`)), {
      issuer: app,
      audience: `${acme}${hook?.path}`,
      algorithms: ['ES384'],
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    // Discovery is signed too, and for itself.
    const discovery = (await sandbox.received('acme')).find((r) => r.path === '/cds-services')
    expect(decodeJwt(discovery?.headers.authorization?.replace('Bearer ', '') ?? '').aud).toBe(
      `${acme}/cds-services`,
    )
    expect(
      requests.filter((url) => url.includes('cds-services') && !url.startsWith(`${app}/relay/`)),
    ).toEqual([])
    // The payer may read what its question held, there and for 30 seconds; the EHR's own server stays out of it.
    const { fhirServer, fhirAuthorization } = JSON.parse(hook?.body ?? '')
    expect(fhirServer).toMatch(new RegExp(`^${app}/relay/facade/acme/`))
    expect(fhirAuthorization.expires_in).toBe(30)
    await page.getByText(/^Acme Health read \d+ records of what was sent$/).click()
    await expect(page.getByText('It had 30 seconds, could read nothing else')).toBeVisible()
    const tokens = await tokensOf(sandbox)
    expect(tokens.length).toBeGreaterThan(0)
    for (const request of await sandbox.received('acme')) {
      expect(request.headers.cookie).toBeUndefined()
      for (const token of tokens) expect(JSON.stringify(request)).not.toContain(token)
    }
    await expectAccessible(page)
  })

  test('a payer that lets no browsers in is asked, in the chart’s frame', async ({ page, sandbox }) => {
    await sandbox.fault('acme', 'no-cors@cds-services')
    await page.goto(sandbox.launch({ frame: '1', width: '640' }))
    const app = page.frameLocator('iframe')
    await app.getByRole('radio', { name: 'Device or supply' }).check()
    await app.getByRole('button', { name: 'CPAP device' }).click()
    await app.getByRole('button', { name: /^Ask / }).click()
    await expect(app.getByText('Prior authorization?').first()).toBeVisible()
    expect((await sandbox.hooks('acme')).map((r) => r.status)).toEqual([200])
  })

  test('nothing goes out when the session there is over, and the screen says so', async ({
    page,
    sandbox,
    context,
  }) => {
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await expect(answer(page)).toContainText('Prior authorization?')
    await context.clearCookies()
    await new WhatIfPage(page).ask.click()
    await expect(answer(page)).toContainText('Nobody is signed in here. Nothing was sent.')
    expect(await sandbox.hooks('acme')).toHaveLength(1)
    await expectAccessible(page)
  })

  test('one signs out where the session with the EHR ends', async ({ page, sandbox }) => {
    const ended = page.waitForResponse((response) => response.url().endsWith('/relay/sign-out'))
    await page.goto(sandbox.launch({ fault: 'short-token:3,no-refresh' }))
    await expect(page.getByText('Your session with Lakeside EHR has ended.')).toBeVisible()
    expect((await ended).status()).toBe(204)
    expect((await page.context().cookies()).filter(({ name }) => name.includes('session'))).toEqual([])
    expect(
      await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('relay'))),
    ).toEqual([])
  })

  test('earlier answers are there for a colleague on another computer, to the letter, and stay', async ({
    page,
    sandbox,
    browser,
  }) => {
    await page.goto(sandbox.launch({ patient: 'jane-roe' }))
    await askForCpap(page)
    await expect(answer(page)).toContainText('Prior authorization?')
    const [hook] = await sandbox.hooks('acme')
    const elsewhere = await browser.newContext()
    const other = await elsewhere.newPage()
    await other.goto(sandbox.launch({ user: 'osei' }))
    await other.getByRole('link', { name: 'Earlier answers' }).click()
    await expect(other.getByText(/everybody’s questions about this patient/)).toBeVisible()
    const row = other
      .getByRole('region', { name: /^Today, / })
      .getByRole('listitem')
      .first()
    for (const words of ['CPAP', 'Answered', 'Acme Health', 'Asked by a colleague'])
      await expect(row).toContainText(words)
    await expect(other.getByRole('button', { name: /^Delete/ })).toHaveCount(0)
    await expectAccessible(other)
    await row.getByRole('button', { name: /^Open: / }).click()
    await expect(
      other.getByRole('main').getByText('Prior authorization?', { exact: true }).filter({ visible: true }),
    ).toBeVisible()
    await other.getByText('What was sent', { exact: true }).click()
    const sent = other.getByRole('group').filter({ has: other.getByText('What was sent', { exact: true }) })
    const { fhirAuthorization: _, ...received } = JSON.parse(hook?.body ?? '')
    expect(JSON.parse((await sent.locator('pre').textContent()) ?? '')).toMatchObject(received)
    // Nobody but who has the role sees the whole log.
    await expect(other.getByRole('link', { name: 'Site log' })).toHaveCount(0)
    expect(await sandbox.hooks('acme'), 'opening asks nobody').toHaveLength(1)
    await elsewhere.close()
  })

  test('a member’s records are read by way of it, for the matched member alone', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await history.find.click()
    await history.read.click()
    await expect(page.getByRole('heading', { name: /\d+ records/ })).toBeVisible()
    const asked = (await sandbox.received('acme')).filter(({ path }) => path.startsWith('/fhir/'))
    expect(asked.filter(({ path }) => path.includes('$member-match'))).toHaveLength(1)
    expect(asked.length).toBeGreaterThan(1)
    // No browser came: what comes from one names its origin.
    for (const { headers } of asked) expect([headers.origin, headers.cookie]).toEqual([undefined, undefined])
    const tokens = await tokensOf(sandbox)
    for (const request of asked)
      for (const token of tokens) expect(JSON.stringify(request)).not.toContain(token)
  })

  test('the whole log is searched with the audit role, and shows who looked', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await expect(answer(page)).toContainText('Prior authorization?')
    await page.goto(sandbox.launch({ user: 'ruiz' }))
    await page.getByRole('link', { name: 'Site log' }).click()
    await expect(page.getByRole('textbox', { name: 'Patient' })).toHaveValue('jane-roe')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    const found = page.getByRole('region', { name: 'Found' }).getByRole('listitem')
    const question = found.filter({ hasText: 'CPAP' }).first()
    for (const words of ['Answered', 'Acme Health', 'By Practitioner/moreno', 'About Patient/jane-roe'])
      await expect(question).toContainText(words)
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSidewaysScroll(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    await question.getByRole('button', { name: /^Open: / }).click()
    await page.getByText(/^Came back, /).click()
    await expect(page.locator('pre')).toContainText('coverage-assertion-id')
    await page.getByRole('button', { name: 'Back to what was found' }).click()
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    const looks = found.filter({ hasText: 'Looked into the log' })
    await expect(looks.first()).toContainText('By Practitioner/ruiz')
    await expect(looks.filter({ hasText: 'an entry' })).not.toHaveCount(0)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save all that fits as JSON' }).click()
    expect((await download).suggestedFilename()).toMatch(/^site-log-[\d-]+\.json$/)
  })

  // Last: the database does not come back.
  test('nothing goes out when the log cannot be written, and the screen says so', async ({
    page,
    sandbox,
    postgres,
  }) => {
    test.skip(postgres === undefined, 'no PostgreSQL is installed here: relay.test.ts does it with PGlite')
    await page.goto(sandbox.launch({}))
    await askForCpap(page)
    await expect(answer(page)).toContainText('Prior authorization?')
    await postgres?.stop()
    await new WhatIfPage(page).ask.click()
    await expect(answer(page)).toContainText(/Nothing was sent/)
    await expect(answer(page)).not.toContainText('Prior authorization?')
    expect(await sandbox.hooks('acme')).toHaveLength(1)
  })
})
