import { FrontDeskPage } from './pages/front-desk'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

test.afterEach(async ({ sandbox }) => {
  // U20: whatever is asked here, the chart is not written to.
  expect(await sandbox.writes()).toEqual([])
})

test.describe('The front desk', () => {
  test('opens first for its own people and for its intent, without a clinical history', async ({
    page,
    sandbox,
  }) => {
    for (const query of [{ user: 'bell' }, { user: 'kim' }, { user: 'moreno', intent: 'front-desk' }]) {
      await page.goto(sandbox.launch(query))
      await expect(page.getByRole('heading', { level: 1, name: 'Is it covered?' })).toBeVisible()
      await expect(page.getByText('Front desk: nothing is booked, ordered or written.')).toBeVisible()
      const tabs = page.getByRole('navigation', { name: 'Tasks' }).getByRole('link')
      await expect(tabs).toHaveText(['Front desk', 'What-if', 'Earlier answers'])
    }
    await page.goto(sandbox.launch({ user: 'moreno' }))
    await expect(page.getByRole('link', { name: 'What-if' })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('link', { name: 'Front desk' })).toBeVisible()
  })

  const answers = [
    ['hana-sato-visit', 'Acme Health', 'Yes: covered. No authorization needed.'],
    ['luis-ortega-mri', 'Acme Health', 'Covered only if authorized first.'],
    ['dmitri-volkov-therapy', 'Acme Health', 'No: not covered.'],
    ['patrick-oneil-telehealth', 'Acme Health', 'Acme Health did not say whether it is covered.'],
    [
      'beatriz-lopes-colonoscopy',
      'Delta Plan',
      'Covered only if whoever performs it gets authorization first.',
    ],
    ['sunita-rao-visit', 'Acme Health', 'No: not covered.'],
    ['amina-yusuf-mri', 'Borealis Mutual', 'counts it as authorized already: check the number.'],
  ] as const
  for (const [appointment, payer, headline] of answers)
    test(`says in one sentence what the payer said: ${appointment}`, async ({ page, sandbox }) => {
      const desk = new FrontDeskPage(page)
      await desk.open(sandbox, appointment)
      const answer = await desk.answered(payer)
      await expect(answer).toContainText(headline)
      await expect(answer).toContainText('What to tell the patient')
    })

  test('sets the payer’s time for an authorization against the day, and takes no other', async ({
    page,
    sandbox,
  }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'luis-ortega-mri')
    const answer = await desk.answered('Acme Health')
    await expect(answer).toContainText(/Authorization takes up to 5 working days.*(call|choose a later date)/)
    await expect(answer.getByText('What to collect')).toBeVisible()
  })

  const faults = [
    ['http-500', 'Acme Health could not be reached. There is no answer.', 'No answer'],
    ['not-json', 'Acme Health could not be reached. There is no answer.', 'No answer'],
    ['empty', 'Acme Health said nothing. This does not mean it is covered.', 'Said nothing'],
    ['slow:30000', 'Acme Health did not answer in time.', 'Timed out'],
  ] as const
  for (const [fault, headline, tag] of faults)
    test(`never takes a fault for consent: ${fault}`, async ({ page, sandbox }) => {
      const desk = new FrontDeskPage(page)
      await sandbox.fault('acme', fault)
      await desk.open(sandbox, 'hana-sato-visit')
      const answer = await desk.answered('Acme Health')
      await expect(answer).toContainText(headline)
      await expect(answer).toContainText(tag)
      await expect(answer).toContainText('Not known: whether it is covered.')
      await expect(answer).toContainText('800 555 0142')
    })

  test('lets a slow payer be skipped and asked again', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await sandbox.fault('acme', 'slow:20000')
    await desk.open(sandbox, 'hana-sato-visit')
    await desk.ask.click()
    await page.getByRole('button', { name: 'Skip Acme Health' }).click({ timeout: 15_000 })
    const answer = desk.answer('Acme Health')
    await expect(answer).toContainText('You skipped Acme Health before it answered.')
    await sandbox.fault('acme', 'none')
    await answer.getByRole('button', { name: 'Try again' }).click()
    await expect(answer).toContainText('Yes: covered.')
  })

  test('asks nobody where no coverage is in force, and says so', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'noah-fischer-visit')
    await expect(page.getByText('No payer can be asked: no coverage that is in force.')).toBeVisible()
    await page.getByRole('button', { name: 'Ask the payer' }).click()
    await expect(page.getByRole('article')).toContainText('Nobody was asked. Nothing was sent.')
    expect(await sandbox.hooks('acme')).toEqual([])
  })

  test('takes at most ten keystrokes from open to answer', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await page.goto(sandbox.launch({ patient: 'ben-okafor', user: 'bell', intent: 'front-desk' }))
    await expect(desk.service).toBeFocused()
    await expect(page.getByText('Member id')).toBeVisible()
    let pressed = 0
    const press = async (key: string) => {
      pressed += 1
      await page.keyboard.press(key)
    }
    for (const key of ['Control+a', 'm', 'r', 'i', ' ', 'l']) await press(key)
    const option = page.getByRole('option', { name: /MRI/ }).first()
    await expect(option).toBeVisible()
    await press('ArrowDown')
    await press('Enter')
    await expect(desk.service).toHaveValue(/MRI/)
    await press('Enter')
    const answer = desk.answer('Borealis Mutual')
    await expect(answer.getByText('What to tell the patient')).toBeVisible({ timeout: 20_000 })
    await expect(answer.getByRole('heading', { level: 2 })).toBeFocused()
    expect(pressed).toBeLessThanOrEqual(10)
  })

  test('asks with advice on treatment switched off, and shows none that comes all the same', async ({
    page,
    sandbox,
  }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'hana-sato-visit')
    const answer = await desk.answered('Acme Health')
    const [call] = await sandbox.hooks('acme')
    const sent = JSON.parse(call?.body ?? '{}')
    expect(sent.hook).toBe('appointment-book')
    expect(sent.context.userId).toBe('Practitioner/bell')
    expect(sent.extension['davinci-crd.configuration']).toMatchObject({
      guideline: false,
      'unsolicited-determ': false,
    })
    await expect(answer).not.toContainText('holds history for this member')
    await expect(answer).toContainText('for the clinician left out here')
  })

  test('compares another date and another place, both answers side by side', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'carlos-mendez-visit')
    await expect(await desk.answered('Acme Health')).toContainText('No: not covered.')
    await page.getByRole('button', { name: 'Compare another place' }).click()
    const place = page.getByRole('combobox', { name: 'at this place instead' })
    await expect(place).toBeFocused()
    await place.fill('lakeside cl')
    await page.getByRole('option', { name: /Suite 4/ }).click()
    await page.getByRole('button', { name: /about this too/ }).click()
    await expect(desk.answer('Acme Health', 1)).toContainText('Yes: covered.')
    await expect(desk.answer('Acme Health')).toContainText('No: not covered.')
    await page.getByRole('button', { name: 'Compare another date' }).click()
    await page.getByLabel('on this day instead').fill('2027-02-01')
    await page.getByRole('button', { name: /about this too/ }).click()
    await expect(desk.answer('Acme Health', 1)).toContainText('01-Feb-2027')
  })

  test('takes a member id for one question, which is sent and not written', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'lily-nguyen-wellness')
    await expect(await desk.answered('Acme Health')).toContainText('did not find this member')
    await page.getByLabel('Member id').fill('AH71200015')
    await expect(page.getByText('You changed the question after this answer')).toBeVisible()
    await desk.ask.click()
    const answer = desk.answer('Acme Health')
    await expect(answer).toContainText('Yes: covered.')
    await expect(answer).toContainText('Asked with member id AH71200015, entered here.')
    const calls = await sandbox.hooks('acme')
    expect(calls.map(({ body }) => body.includes('AH71200015'))).toEqual([false, true])
  })

  test('shows a corrected coverage as a proposal to copy', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'fatima-haidari-visit')
    const answer = await desk.answered('Acme Health')
    await expect(answer).toContainText('proposes to correct the coverage')
    await expect(answer).toContainText('AH71200013')
    await expect(answer.getByRole('button', { name: 'Copy the proposal' })).toBeVisible()
  })

  test('lists today’s questions with what was said', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'hana-sato-visit')
    await desk.answered('Acme Health')
    const today = page.getByRole('region', { name: 'Asked today' })
    await expect(today).toContainText('Yes: covered. No authorization needed.')
    await expect(today.getByRole('listitem')).toHaveCount(1)
  })
})

test.describe('Without a patient in context', () => {
  test('a patient is found by name and exact birth date, and asked for', async ({ page, sandbox }) => {
    const desk = new FrontDeskPage(page)
    await page.goto(sandbox.launch({ patient: '', user: 'bell', intent: 'front-desk' }))
    const name = page.getByLabel('Name', { exact: true })
    const born = page.getByRole('textbox', { name: 'Birth date' })
    await expect(name).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('Enter the whole birth date.')
    await name.fill('Sato')
    await born.fill('1984-03-10')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Nobody of that name and birth date' })).toBeFocused()
    await born.fill('1984-03-09')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Ask for / }).click()
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText(/佐藤|Sato/)
    await expect(page.getByText('from the appointment')).toBeVisible()
    await expect(await desk.answered('Acme Health')).toContainText('Yes: covered.')
    await expectAccessible(page)
    const searches = (await sandbox.received('ehr')).filter(({ path }) => path.includes('/Patient?'))
    expect(searches.every(({ path }) => path.includes('birthdate=1984-03-'))).toBe(true)
  })
})

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 800, 320])
    test(`is accessible and fits: ${width} px, ${colorScheme}`, async ({ page, sandbox }) => {
      const desk = new FrontDeskPage(page)
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await desk.open(sandbox, 'luis-ortega-mri')
      await expectAccessible(page)
      await desk.answered('Acme Health')
      await page.getByRole('button', { name: 'Compare another date' }).click()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    })
