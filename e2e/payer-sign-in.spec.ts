import type { FrameLocator, Page } from '@playwright/test'
import { MemberHistoryPage } from './pages/member-history'
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  type PayerName,
  type Sandbox,
  test,
} from './sandbox'

/** The same site, with some payers read through their own sign-in. */
async function withSignIn(page: Page, sandbox: Sandbox, ...payers: readonly PayerName[]): Promise<void> {
  await page.context().route('**/config.json', async (route) => {
    const answer = await route.fetch()
    const config = (await answer.json()) as { payers: Record<string, unknown>[] }
    for (const payer of config.payers)
      if (payers.some((name) => name === payer.id))
        Object.assign(payer, {
          fhirBase: `${sandbox.url[payer.id as PayerName]}/secured/fhir`,
          authorization: 'smart',
          clientId: 'beforehand',
          scopes: 'user/*.rs offline_access',
        })
    await route.fulfill({ response: answer, json: config })
  })
}

const signInButton = (page: Page | FrameLocator, payer = 'Acme Health') =>
  page.getByRole('button', { name: `Sign in at ${payer}` })

/** Presses the button and chooses an account, or "Do not allow", in the payer's own window. */
async function signIn(page: Page, choice: RegExp, at: Page | FrameLocator = page, payer?: string) {
  const opening = page.waitForEvent('popup')
  await signInButton(at, payer).click()
  const popup = await opening
  await popup.getByRole('button', { name: choice }).click()
}

const tokensIn = (requests: readonly { readonly headers: Readonly<Record<string, string>> }[]) =>
  new Set(requests.flatMap(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? []))

const fhirOf = async (sandbox: Sandbox, payer: PayerName) =>
  (await sandbox.received(payer)).filter(
    (r) => r.method !== 'OPTIONS' && /^\/secured\/fhir\/(?!\.)/.test(r.path),
  )

test.describe('A payer where the user signs in', () => {
  test('is asked for nothing before, and read with its own token alone after', async ({ page, sandbox }) => {
    await withSignIn(page, sandbox, 'acme')
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await expect(page.getByText('Not signed in at Acme Health')).toBeVisible()
    await expect(history.find).toHaveCount(0)
    await expectAccessible(page)
    expect((await sandbox.received('acme')).filter((r) => r.path.startsWith('/secured/'))).toEqual([])

    await signInButton(page).focus()
    const opening = page.waitForEvent('popup')
    await page.keyboard.press('Enter')
    const popup = await opening
    await popup.getByRole('button', { name: /Dr. Moreno/ }).click()
    await expect(page.getByText('You signed in at Acme Health', { exact: false })).toBeVisible()
    await expect(history.find).toBeFocused()
    await expect.poll(() => popup.isClosed()).toBe(true)
    await expectAccessible(page)
    await history.find.click()
    await history.read.click()
    await expect(page.getByRole('heading', { name: /sent [1-9]\d* records/ })).toBeVisible()

    const atPayer = await fhirOf(sandbox, 'acme')
    expect(atPayer.length).toBeGreaterThan(5)
    const payerTokens = tokensIn(atPayer)
    expect(payerTokens.size).toBe(1)
    expect(atPayer.every((r) => r.headers.authorization !== undefined)).toBe(true)
    const atEhr = await sandbox.received('ehr')
    const ehrTokens = tokensIn(atEhr)
    expect(ehrTokens.size).toBeGreaterThan(0)
    for (const token of payerTokens) expect(JSON.stringify(atEhr)).not.toContain(token)
    const others = ['acme', 'borealis', 'cedar', 'delta', 'oddity'] as const
    for (const payer of others) {
      const received = JSON.stringify(await sandbox.received(payer))
      for (const token of ehrTokens) expect(received).not.toContain(token)
      if (payer !== 'acme') for (const token of payerTokens) expect(received).not.toContain(token)
    }
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    for (const token of payerTokens) expect(stored).not.toContain(token)
  })

  test('reads on when the session ended on the way, with the selection as it was', async ({
    page,
    sandbox,
  }) => {
    await withSignIn(page, sandbox, 'acme')
    await sandbox.fault('acme', 'no-refresh')
    await sandbox.fault('acme', 'short-token:3')
    await sandbox.fault('acme', 'slow:4000@fhir/Procedure')
    await sandbox.fault('acme', 'small-pages:1')
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await signIn(page, /Dr. Moreno/)
    await expect(page.getByText(/You signed in at Acme Health until \d\d:\d\d/)).toBeVisible()
    await history.find.click()
    await history.read.click()
    await history.section('Problems').getByRole('checkbox').nth(1).check()
    const chosen = await page
      .getByText(/^\d+ of \d+ selected/)
      .first()
      .textContent()
    await expect(page.getByText('Your session at Acme Health has ended.')).toBeVisible({ timeout: 15_000 })
    await expect(page.getByRole('heading', { name: /^Acme Health sent / })).toBeVisible()
    const count = (await fhirOf(sandbox, 'acme')).length
    await expectAccessible(page)
    expect((await fhirOf(sandbox, 'acme')).length, 'nothing is sent without').toBe(count)

    await sandbox.fault('acme', 'none')
    const opening = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Sign in at Acme Health again' }).click()
    await (await opening).getByRole('button', { name: /Dr. Moreno/ }).click()
    await expect(page.getByRole('heading', { name: /sent [1-9]\d* records/ })).toBeVisible()
    await expect(page.getByText('Your session at Acme Health has ended.')).toHaveCount(0)
    const now = await page
      .getByText(/^\d+ of \d+ selected/)
      .first()
      .textContent()
    expect(now?.split(' ')[0]).toBe(chosen?.split(' ')[0])
    await expect(page.getByText('could not be read')).toHaveCount(0)
  })

  test('that says no, or another account’s no, is told in words, and asked for nothing', async ({
    page,
    sandbox,
  }) => {
    await withSignIn(page, sandbox, 'acme')
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await signIn(page, /Do not allow/)
    await expect(page.getByText('Acme Health did not give this app access.')).toBeVisible()
    await expectAccessible(page)
    await signIn(page, /Billing office/)
    await expect(page.getByText('Acme Health did not give this app access.')).toBeVisible()
    await sandbox.fault('acme', 'wrong-state')
    await signIn(page, /Dr. Moreno/)
    await expect(page.getByText(/belongs to another sign-in/)).toBeVisible()
    expect(await fhirOf(sandbox, 'acme')).toEqual([])
    await sandbox.fault('acme', 'none')
    await sandbox.fault('acme', 'http-404@smart-configuration')
    const opening = page.waitForEvent('popup')
    await signInButton(page).click()
    await expect(page.getByText(/offers no sign-in/)).toBeVisible()
    await expect.poll(async () => (await opening).isClosed()).toBe(true)
  })

  test('whose window is closed before the end, or cannot open, has another way', async ({
    page,
    sandbox,
  }) => {
    await withSignIn(page, sandbox, 'acme')
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    const opening = page.waitForEvent('popup')
    await signInButton(page).click()
    const popup = await opening
    await expect(popup.getByRole('heading', { name: 'Acme Health for providers' })).toBeVisible()
    await popup.close()
    await expect(page.getByText('The sign-in window was closed before the end.')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(signInButton(page)).toBeEnabled()

    await page.evaluate(() => {
      window.open = () => null
    })
    await signInButton(page).click()
    await expect(page.getByText('The browser opened no window.')).toBeVisible()
    await page.setViewportSize({ width: 320, height: 700 })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    const tab = page.waitForEvent('popup')
    await page.getByRole('link', { name: /sign-in in a new tab/ }).click()
    await (await tab).getByRole('button', { name: /Dr. Moreno/ }).click()
    await expect(page.getByText('You signed in at Acme Health', { exact: false })).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(signInButton(page)).toBeFocused()
    await expect
      .poll(async () => (await sandbox.received('acme')).some((r) => r.path.endsWith('/oauth/revoke')))
      .toBe(true)
  })

  test('whose page cuts its tie to the app is signed in to all the same', async ({ page, sandbox }) => {
    await withSignIn(page, sandbox, 'acme')
    await sandbox.fault('acme', 'no-opener')
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    const opening = page.waitForEvent('popup')
    await signInButton(page).click()
    const popup = await opening
    await expect(page.getByText('The sign-in window was closed before the end.')).toBeVisible()
    await popup.getByRole('button', { name: /Dr. Moreno/ }).click()
    await expect(page.getByText('You signed in at Acme Health', { exact: false })).toBeVisible()
  })

  test('is signed in to from inside the chart’s frame', async ({ page, sandbox }) => {
    await withSignIn(page, sandbox, 'acme')
    await page.goto(sandbox.launch({ frame: '1', width: '320' }))
    const app = page.frameLocator('iframe')
    await app.getByRole('link', { name: 'Member history' }).click()
    await signIn(page, /Dr. Moreno/, app)
    await expect(app.getByText('You signed in at Acme Health', { exact: false })).toBeVisible()
    await app.getByRole('button', { name: /^Find at / }).click()
    await expect(app.getByText(/found one member: Jane Roe/)).toBeVisible()
  })

  test('has a session of its own beside another payer’s', async ({ page, sandbox }) => {
    await withSignIn(page, sandbox, 'acme', 'borealis')
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await signIn(page, /Dr. Moreno/)
    await history.find.click()
    await expect(page.getByText(/Acme Health found one member/)).toBeVisible()
    const payers = page.getByLabel('Payer and coverage')
    const borealis = await payers.locator('option', { hasText: 'Borealis' }).first().getAttribute('value')
    await payers.selectOption(borealis ?? '')
    await expect(page.getByText('Not signed in at Borealis Mutual')).toBeVisible()
    await signIn(page, /A. Osei/, page, 'Borealis Mutual')
    await history.find.click()
    await expect.poll(async () => (await fhirOf(sandbox, 'borealis')).length).toBeGreaterThan(0)
    const [acme, other] = [
      tokensIn(await fhirOf(sandbox, 'acme')),
      tokensIn(await fhirOf(sandbox, 'borealis')),
    ]
    expect([acme.size, other.size]).toEqual([1, 1])
    expect([...acme]).not.toEqual([...other])
    await payers.selectOption({ index: 0 })
    await expect(page.getByText('You signed in at Acme Health', { exact: false })).toBeVisible()
  })
})
