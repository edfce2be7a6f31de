import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

interface HookRequest {
  readonly hook: string
  readonly hookInstance: string
  readonly fhirAuthorization?: unknown
  readonly context: {
    readonly userId: string
    readonly patientId: string
    readonly draftOrders: {
      readonly entry: readonly { readonly fullUrl: string; readonly resource: Record<string, unknown> }[]
    }
  }
  readonly prefetch: Readonly<Record<string, unknown>>
  readonly extension: Readonly<Record<string, unknown>>
}

const read = (body: string) => JSON.parse(body) as HookRequest

test.describe('A question to the payer', () => {
  test('is answered from coverage-information, the cards after it, and writes nothing to the chart', async ({
    page,
    sandbox,
  }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.opened()
    await expect(page.getByText('What-if: nothing has been ordered.')).toBeVisible()
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await whatIf.ask.click()
    const answer = whatIf.answer('Acme Health').first()
    for (const words of [
      'Covered?',
      'Prior authorization?',
      'Documents needed?',
      'Information needed?',
      'Reference',
      'Not a guarantee of payment',
    ])
      await expect(answer).toContainText(words)
    await expect(
      page.getByRole('article').filter({ hasText: 'Start with a three-month rental' }),
    ).toBeVisible()
    await expectAccessible(page)
    expect(await sandbox.writes()).toEqual([])
  })

  test('goes out once, as order-sign, a draft, without an unsolicited determination and without a token', async ({
    page,
    sandbox,
  }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await whatIf.ask.dblclick()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
    const hooks = await sandbox.hooks('acme')
    expect(hooks.map((r) => [r.path, r.status])).toEqual([['/cds-services/order-sign-crd', 200]])
    const request = read(hooks[0]?.body ?? '')
    expect(request.hook).toBe('order-sign')
    expect(request.hookInstance).toMatch(/^[0-9a-f-]{36}$/)
    expect(request.fhirAuthorization).toBeUndefined()
    expect(request.context).toMatchObject({ userId: 'Practitioner/moreno', patientId: 'jane-roe' })
    expect(
      request.context.draftOrders.entry.map((e) => [e.resource.resourceType, e.resource.status]),
    ).toEqual([['DeviceRequest', 'draft']])
    expect(request.extension).toMatchObject({
      'davinci-crd.requestedVersion': '2.2',
      'davinci-crd.configuration': { 'unsolicited-determ': false },
    })
    expect(JSON.stringify(request.prefetch.coverage)).toContain('jane-roe-acme')
    expect(JSON.stringify(request.prefetch.coverage)).not.toContain('jane-roe-borealis')
    expect(await sandbox.hooks('borealis')).toEqual([])
  })

  test('shows before sending what will be sent, in words and to the letter', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await page.getByText('What will be sent to Acme Health').click()
    await expect(page.getByText(/"unsolicited-determ": ?false/).first()).toBeAttached()
    await expectAccessible(page)
    expect(await sandbox.hooks('acme')).toEqual([])
  })

  for (const [kind, words, choice, type] of [
    ['Service, test or referral', 'lower back', /72148/, 'ServiceRequest'],
    ['Medicine or vaccine', 'atorva', /617310/, 'MedicationRequest'],
  ] as const)
    test(`of kind ${type} is composed and answered`, async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await page.goto(sandbox.launch({}))
      await whatIf.choose(kind, words, choice)
      await whatIf.ask.click()
      await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
      const [hook] = await sandbox.hooks('acme')
      expect(read(hook?.body ?? '').context.draftOrders.entry[0]?.resource).toMatchObject({
        resourceType: type,
        status: 'draft',
      })
    })

  test('to a CRD 2.0.1 payer is answered too', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({ patient: 'ben-okafor' }))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await whatIf.ask.click()
    await expect(whatIf.answer('Borealis Mutual').first()).toContainText('Prior authorization?')
    expect((await sandbox.hooks('borealis')).map((r) => r.status)).toEqual([200])
    expect(await sandbox.hooks('acme')).toEqual([])
  })

  test('that the patient pays for is never sent', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await page.getByRole('checkbox', { name: /Patient pays/ }).check()
    await whatIf.ask.click({ force: true })
    await page.keyboard.press('Control+Enter')
    await expect(
      page.getByText('Asking is off: the patient pays, so Acme Health is told nothing about this.'),
    ).toBeVisible()
    expect(await sandbox.hooks('acme')).toEqual([])
  })

  test('goes stale visibly when it is changed after the answer', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
    await page.getByRole('spinbutton', { name: 'How many' }).or(page.getByLabel('How many')).first().fill('2')
    await expect(page.getByText(/You changed the question after this answer/)).toBeVisible()
  })
})

const states = [
  ['nothing said', 'empty', /returned no guidance\. This does not mean the service is covered\./],
  ['a fault of the payer', 'http-500', /Acme Health has a fault of its own/],
  ['a refusal', 'http-422', /understood the request but refused its content/],
  ['a dropped connection', 'drop', /Acme Health could not be reached/],
  ['no CORS', 'no-cors', /could not be reached, or does not allow this app/],
  ['an answer that is not JSON', 'not-json', /sent an answer that could not be read/],
] as const

test.describe('Silence is not consent', () => {
  for (const [name, fault, words] of states)
    test(`${name} is told, and nothing looks like a yes`, async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await page.goto(sandbox.launch({}))
      await whatIf.choose('Device or supply', 'CPAP', /E0601/)
      await sandbox.fault('acme', fault)
      await whatIf.ask.click()
      await expect(page.getByText(words).first()).toBeVisible()
      await expect(page.locator('.state[data-tone=yes]')).toHaveCount(0)
      await expectAccessible(page)
      // Chromium sends again by itself on a kept connection that died: the same call, to be told by its hookInstance.
      const asked = (await sandbox.hooks('acme')).map((r) => read(r.body).hookInstance)
      expect(new Set(asked).size, 'asked once').toBeLessThanOrEqual(1)
    })

  test('what the payer could not decide is told as such', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await page.getByRole('radio', { name: 'Device or supply' }).check()
    await page.getByRole('combobox', { name: /^Service, device/ }).fill('E1399')
    await page.getByRole('option', { name: /E1399/ }).first().click()
    await whatIf.ask.click()
    await expect(page.getByText(/could not decide/i).first()).toBeVisible()
    await expect(page.locator('.state[data-tone=yes]')).toHaveCount(0)
  })

  test('slow: skip at five seconds, an end at ten, and the form stays usable', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await sandbox.fault('acme', 'slow:30000')
    await whatIf.ask.click()
    await expect(page.getByText(/slower than usual/i).first()).toBeVisible({ timeout: 8_000 })
    await expect(page.getByRole('button', { name: 'Skip Acme Health' })).toBeVisible()
    await expect(page.getByText(/did not answer within 10 seconds/)).toBeVisible({ timeout: 12_000 })
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  })

  for (const [patient, words] of [
    ['sam-nocover', /no (active )?coverage/i],
    ['pat-expired', /no active coverage|has ended|cancelled/i],
    ['mei-liu', /Unlisted Plan.* is not set up here/],
  ] as const)
    test(`without a payer to ask it is said why: ${patient}`, async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await page.goto(sandbox.launch({ patient }))
      await whatIf.opened()
      await expect(page.getByText(words).first()).toBeVisible()
      expect(await sandbox.hooks('acme')).toEqual([])
      expect(await sandbox.hooks('borealis')).toEqual([])
    })

  test('hostile cards run nothing, load nothing and lead nowhere unsafe', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    const outside: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith('http://localhost:')) outside.push(request.url())
    })
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await sandbox.fault('acme', 'hostile-markdown')
    await whatIf.ask.click()
    await expect(page.getByRole('heading', { name: /Messages from/ })).toBeVisible()
    for (const folded of await page.getByText('Read the message').all()) await folded.click()
    await page.waitForLoadState('networkidle')
    const main = page.getByRole('main')
    expect(await main.locator('img, script, iframe, object, embed, form[action], style').count()).toBe(0)
    const links = await main
      .locator('a[href]')
      .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')]))
    for (const [href, rel] of links) {
      if (href?.startsWith('#')) continue
      expect(href).toMatch(/^https:\/\//)
      expect(rel).toContain('noopener')
    }
    expect(outside).toEqual([])
  })

  test('an authorization for a hypothetical and a foreign change are flagged', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await sandbox.fault('acme', 'pa-granted')
    await whatIf.ask.click()
    await expect(
      page
        .getByText(/authorization/i)
        .filter({ hasText: /hypothetical|does not exist|not exist/i })
        .first(),
    ).toBeVisible()
    expect(await sandbox.writes()).toEqual([])
  })
})

test.describe('By keyboard alone and in a narrow frame', () => {
  test('a question is asked and its answer reached without a mouse', async ({ page, sandbox }) => {
    const whatIf = new WhatIfPage(page)
    await page.goto(sandbox.launch({}))
    await whatIf.opened()
    await page.getByRole('radio', { name: 'Service, test or referral' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.type('CPAP')
    await expect(page.getByRole('option', { name: /E0601/ }).first()).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^HCPCS Level II E0601/)).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
  })

  for (const width of [320, 400, 800])
    test(`nothing scrolls sideways at ${width} px, light and dark`, async ({ page, sandbox }) => {
      const whatIf = new WhatIfPage(page)
      await page.setViewportSize({ width, height: 640 })
      await page.goto(sandbox.launch({}))
      await whatIf.choose('Device or supply', 'CPAP', /E0601/)
      await whatIf.ask.click()
      await expect(whatIf.answer('Acme Health').first()).toContainText('Reference')
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      await expectAccessible(page)
    })
})
