import type { Page } from '@playwright/test'
import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, type Sandbox, test } from './sandbox'

type Json = Readonly<Record<string, unknown>>
interface HookRequest {
  readonly hook: string
  readonly context: Json & { readonly encounterId?: string }
  readonly prefetch: Readonly<Record<string, unknown>>
  readonly extension: Json
}

async function lastHook(sandbox: Sandbox, payer: Parameters<Sandbox['hooks']>[0]) {
  const hooks = await sandbox.hooks(payer)
  const last = hooks.at(-1)
  return { count: hooks.length, path: last?.path, status: last?.status, ...readBody(last?.body ?? '{}') }
}
const readBody = (body: string) => JSON.parse(body) as HookRequest

const resources = (bundle: unknown): readonly Json[] =>
  ((bundle as { readonly entry?: readonly { readonly resource: Json }[] })?.entry ?? []).map(
    (entry) => entry.resource,
  )

/** Types a name and takes the first of the chart that is offered. */
async function pick(page: Page, label: RegExp, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(name)
  await page.getByRole('listbox').getByRole('option').first().click()
}

const about = (page: Page, label: string) => page.getByText(label, { exact: true }).click()

async function open(page: Page, sandbox: Sandbox, patient: string): Promise<WhatIfPage> {
  const whatIf = new WhatIfPage(page)
  await page.goto(sandbox.launch({ patient }))
  await whatIf.onlyPrimary()
  return whatIf
}

test.describe('An appointment that is not booked', () => {
  test('is asked about with no order, by appointment-book', async ({ page, sandbox }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await about(page, 'Appointment')
    await whatIf.ask.click()
    await expect(page.getByText('Choose who sees the patient, or where.').first()).toBeVisible()
    expect(await sandbox.hooks('acme'), 'nothing is sent while it is incomplete').toEqual([])
    await pick(page, /^Appointment for/, 'Nutrition counselling')
    await pick(page, /^With/, 'Moreno')
    await pick(page, /^At/, 'Northside')
    await expectAccessible(page)
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Covered?')
    const { hook, status, context } = await lastHook(sandbox, 'acme')
    expect([hook, status]).toEqual(['appointment-book', 200])
    const [appointment] = resources(context.appointments)
    expect(appointment).toMatchObject({ resourceType: 'Appointment', status: 'proposed' })
    expect(JSON.stringify(appointment)).toContain('97802')
    expect(await sandbox.writes()).toEqual([])
  })

  test('is asked about on some day between two, for a new order that travels with it', async ({
    page,
    sandbox,
  }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await about(page, 'Appointment')
    await page.getByLabel('On some day between').check()
    await pick(page, /^With/, 'Moreno')
    await page.getByLabel(/^Booked for an order/).selectOption('described')
    await page.getByRole('button', { name: 'MRI of the lower back' }).click()
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Appointment: MRI of the lower back')
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    const { hook, status, context, prefetch } = await lastHook(sandbox, 'acme')
    expect([hook, status]).toEqual(['appointment-book', 200])
    const [appointment] = resources(context.appointments)
    expect(appointment).toHaveProperty('requestedPeriod')
    const based = JSON.stringify(appointment?.basedOn)
    expect(based).toContain('ServiceRequest/')
    expect(JSON.stringify(prefetch), 'the order can be read from prefetch').toContain('72148')
  })
})

test.describe('A visit', () => {
  test('that does not exist travels in prefetch', async ({ page, sandbox }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await about(page, 'Visit')
    await pick(page, /^Kind of visit/, 'Hospital admission')
    await page.getByLabel('Where the patient is seen').selectOption('IMP')
    await expectAccessible(page)
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Beginning of a visit')
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    const { hook, status, context, prefetch } = await lastHook(sandbox, 'acme')
    expect([hook, status]).toEqual(['encounter-start', 200])
    const travelling = Object.values(prefetch).find(
      (value) => (value as Json | null)?.id === context.encounterId,
    )
    expect(travelling).toMatchObject({ resourceType: 'Encounter', status: 'planned' })
  })

  test('of the chart can be discharged from', async ({ page, sandbox }) => {
    const whatIf = await open(page, sandbox, 'tomas-herrera')
    await about(page, 'Visit')
    await page.getByLabel('The patient is discharged').check()
    const visits = page.getByLabel('Which visit')
    await expect(visits.locator('option')).not.toHaveCount(1)
    await visits.selectOption({ index: 1 })
    await whatIf.ask.click()
    await expect(whatIf.answer('Delta').first()).toContainText('Discharge from a visit')
    await expect(whatIf.answer('Delta').first()).toContainText('Answered')
    const { hook, status } = await lastHook(sandbox, 'delta')
    expect([hook, status]).toEqual(['encounter-discharge', 200])
    expect(await sandbox.writes()).toEqual([])
  })
})

test('Signed orders are sent out to a supplier with a task, at a narrow width', async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  const whatIf = await open(page, sandbox, 'jane-roe')
  await about(page, 'Send an order out')
  await whatIf.ask.click()
  await expect(page.getByText('Choose from the chart who is to do it.').first()).toBeVisible()
  await pick(page, /^Sent to/, 'Harbor')
  await page.getByRole('group', { name: 'What is sent' }).getByRole('checkbox').first().check()
  await page.getByLabel('With a task for it').check()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await whatIf.ask.click()
  await expect(whatIf.answer('Acme Health').first()).toContainText('Sending to Harbor Medical Supply')
  await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
  const { hook, status, context } = await lastHook(sandbox, 'acme')
  expect([hook, status]).toEqual(['order-dispatch', 200])
  expect(context.performer).toMatch(/^Organization\//)
  expect(context.dispatchedOrders).toHaveLength(1)
  expect(context.fulfillmentTasks).toHaveLength(1)
  expect(await sandbox.writes()).toEqual([])
})

test.describe('Orders', () => {
  test('several go in one question; one that the patient pays for is in no request', async ({
    page,
    sandbox,
  }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await page.getByRole('button', { name: 'Add another order to this question' }).click()
    await page.getByRole('radio', { name: 'Medicine or vaccine' }).check()
    await page.getByRole('button', { name: 'Atorvastatin 20 mg' }).click()
    await page.getByLabel(/^Patient pays for the order described above/).check()
    await page.getByRole('button', { name: 'Add another order to this question' }).click()
    await page.getByRole('radio', { name: 'Service, test or referral' }).check()
    await page.getByRole('button', { name: 'MRI of the lower back' }).click()
    const list = page.getByRole('region', { name: 'Orders in this question' })
    await expect(list.getByRole('listitem')).toHaveCount(3)
    await expect(list).toContainText('the patient pays: not sent')
    await expectAccessible(page)
    await page.getByText('What will be sent to Acme Health').click()
    await expect(page.getByText(/To the letter/)).toBeVisible()
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('and 1 more')
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    const hooks = await sandbox.hooks('acme')
    expect(hooks.map((each) => each.status)).toEqual([200])
    const drafts = resources(readBody(hooks[0]?.body ?? '{}').context.draftOrders)
    expect(drafts.map((order) => order.resourceType)).toEqual(['DeviceRequest', 'ServiceRequest'])
    for (const request of [...(await sandbox.received('acme')), ...(await sandbox.received('borealis'))])
      expect(request.body).not.toContain('617310')
    await list.getByRole('button', { name: /^Take out CPAP/ }).click()
    await expect(list.getByRole('listitem')).toHaveCount(2)
    await expect(page.getByText(/You changed the question after this answer/)).toBeVisible()
  })

  for (const [name, kind] of [
    ['diet', 'NutritionOrder'],
    ['glasses', 'VisionPrescription'],
    ['records', 'CommunicationRequest'],
  ] as const)
    test(`a ${kind} is started from the chart, copied and not changed`, async ({ page, sandbox }) => {
      const whatIf = await open(page, sandbox, 'grace-whitfield')
      await page.getByText('Start from an order in the chart').click()
      const row = page.getByRole('listitem').filter({
        hasText: { diet: 'Diet or formula', glasses: 'Glasses or lenses', records: 'Records from others' }[
          name
        ],
      })
      await row
        .getByRole('button', { name: /^Start from/ })
        .first()
        .click()
      await expect(page.getByText('Started from an order in the chart')).toBeVisible()
      await whatIf.ask.click()
      await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
      const { status, context } = await lastHook(sandbox, 'acme')
      expect(status).toBe(200)
      expect(resources(context.draftOrders)).toMatchObject([{ resourceType: kind, status: 'draft' }])
      await expectAccessible(page)
      expect(await sandbox.writes()).toEqual([])
    })

  test('carry reasons by code, billing codes, how often and a place', async ({ page, sandbox }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await page.getByRole('button', { name: 'Nutrition counselling' }).click()
    await page.getByText('Enter another reason by code').click()
    await page.getByLabel('Code', { exact: true }).fill('E11.9')
    await page.getByRole('button', { name: 'Use this code' }).click()
    await expect(page.getByRole('button', { name: 'Remove E11.9' })).toBeVisible()
    await page.getByText('More about this order').click()
    await page.getByLabel(/^How many times/).fill('3')
    await page.getByLabel('In every').fill('1')
    await page.getByLabel('Unit').selectOption('mo')
    await pick(page, /^Where/, 'Northside')
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    const { context } = await lastHook(sandbox, 'acme')
    const [order] = resources(context.draftOrders)
    expect(JSON.stringify(order)).toContain('E11.9')
    expect(order).toMatchObject({
      occurrenceTiming: { repeat: { frequency: 3, period: 1, periodUnit: 'mo' } },
      locationReference: [{ reference: expect.stringMatching(/^Location\//) }],
    })
  })

  test('are checked while they are typed only where that is switched on, by order-select', async ({
    page,
    sandbox,
  }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await page.getByRole('button', { name: 'MRI of the lower back' }).click()
    await page.getByText('How it is asked').click()
    await page.waitForTimeout(1500)
    expect(await sandbox.hooks('acme')).toEqual([])
    await page.getByLabel(/^Check as I type/).check()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    const { hook, status, count } = await lastHook(sandbox, 'acme')
    expect([hook, status, count]).toEqual(['order-select', 200, 1])
    await page.getByLabel('How many', { exact: true }).fill('2')
    await expect.poll(async () => (await sandbox.hooks('acme')).length).toBe(2)
    await page.getByLabel(/^Check as I type/).uncheck()
    await page.getByLabel('How many', { exact: true }).fill('3')
    await page.waitForTimeout(1500)
    expect(await sandbox.hooks('acme')).toHaveLength(2)
  })
})

test('Two payers are asked at once, the second without coverage; one that fails does not touch the other', async ({
  page,
  sandbox,
}) => {
  const whatIf = new WhatIfPage(page)
  await page.goto(sandbox.launch({ patient: 'grace-whitfield' }))
  await page.getByRole('radio', { name: 'Device or supply' }).check()
  await page.getByRole('button', { name: 'CPAP device' }).click()
  await sandbox.fault('delta', 'http-500')
  await page.getByRole('button', { name: /^Ask Acme Health and Delta/ }).click()
  await expect(whatIf.answer('Acme Health').first()).toContainText('Covered?')
  await expect(whatIf.answer('Delta').first()).toContainText('No answer from Delta Plan')
  await sandbox.fault('delta', 'none')
  await page.getByRole('button', { name: /^Ask Acme Health and Delta/ }).click()
  await expect(whatIf.answer('Delta').first()).not.toContainText('No answer')
  await expect(whatIf.answer('Delta').first()).toContainText('It was asked for all but coverage')
  await expect(whatIf.answer('Acme Health').first()).not.toContainText('all but coverage')
  await expect(page.getByText('from 2 payers').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Start with a three-month rental' })).toHaveCount(1)
  const [first, second] = [await lastHook(sandbox, 'acme'), await lastHook(sandbox, 'delta')]
  expect(first.extension).not.toMatchObject({ 'davinci-crd.configuration': { 'coverage-info': false } })
  expect(second.extension).toMatchObject({ 'davinci-crd.configuration': { 'coverage-info': false } })
  expect(JSON.stringify(first.prefetch)).not.toContain('DP')
  await expectAccessible(page)
  expect(await sandbox.writes()).toEqual([])
})

test('De-identified, nothing leaves that says who the patient is', async ({ page, sandbox }) => {
  const whatIf = await open(page, sandbox, 'nora-lindqvist')
  await page.getByRole('radio', { name: 'Device or supply' }).check()
  await page.getByRole('button', { name: 'CPAP device' }).click()
  await page.getByText('How it is asked').click()
  await page.getByLabel(/^Without who the patient is/).check()
  await whatIf.ask.click()
  await expect(whatIf.answer('Cedar').first()).toContainText('Answered')
  for (const request of await sandbox.hooks('cedar')) expect(request.body).not.toMatch(/Lindqvist|Nora/)
})

test('A common order is asked about in ten keystrokes from the moment the app is open', async ({
  page,
  sandbox,
}) => {
  const whatIf = new WhatIfPage(page)
  await page.goto(sandbox.launch({ patient: 'ben-okafor' }))
  await expect(page.getByRole('combobox', { name: /^Service, device/ })).toBeFocused()
  const keys = ['m', 'r', 'i', 'ArrowDown', 'Enter', 'Control+Enter']
  for (const key of keys) {
    await page.keyboard.press(key)
    if (key === 'i') await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  }
  expect(keys.length).toBeLessThanOrEqual(10)
  await expect(whatIf.answer('Borealis').first()).toContainText('Covered?')
  expect(await sandbox.hooks('borealis')).toHaveLength(1)
})

test.describe('What is not in the chart is found elsewhere', () => {
  test('a code that the EHR does not list comes from the site’s terminology service', async ({
    page,
    sandbox,
  }) => {
    const whatIf = await open(page, sandbox, 'jane-roe')
    await page.getByRole('radio', { name: 'Medicine or vaccine' }).check()
    await page.getByRole('combobox', { name: /^Service, device/ }).fill('zoster')
    await page.getByRole('listbox').getByRole('option').first().click()
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    const asked = await sandbox.received('terminology')
    expect(asked.length).toBeGreaterThan(0)
    for (const request of asked) expect(request.headers.authorization, 'no token goes there').toBeUndefined()
  })

  test('that it is down is no dead end: an entry by hand is left', async ({ page, sandbox }) => {
    await sandbox.fault('terminology', 'drop')
    const whatIf = await open(page, sandbox, 'jane-roe')
    await page.getByRole('radio', { name: 'Medicine or vaccine' }).check()
    await page.getByRole('combobox', { name: /^Service, device/ }).fill('zoster')
    await expect(page.getByText(/Nothing found|could not be searched/).first()).toBeVisible()
    await page.getByText('Enter a code yourself', { exact: true }).click()
    await page.getByLabel('Code system').selectOption({ label: 'CVX (vaccines)' })
    await page.getByLabel('Code', { exact: true }).fill('187')
    await page.getByRole('button', { name: 'Use this code' }).click()
    await whatIf.ask.click()
    await expect(whatIf.answer('Acme Health').first()).toContainText('Answered')
    expect((await lastHook(sandbox, 'acme')).status).toBe(200)
  })

  test('a payer that the chart names only by a well-known location is found and asked', async ({
    page,
    sandbox,
  }) => {
    const whatIf = await open(page, sandbox, 'petra-novak')
    await page.getByRole('radio', { name: 'Device or supply' }).check()
    await page.getByRole('button', { name: 'CPAP device' }).click()
    await page.getByRole('button', { name: /^Ask Cedar/ }).click()
    await expect(whatIf.answer('Cedar').first()).toContainText('Answered')
    expect((await lastHook(sandbox, 'cedar')).status).toBe(200)
  })
})
