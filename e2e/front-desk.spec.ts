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
    await page.keyboard.press('Enter')
    const other = desk.answer('Acme Health', 1)
    await expect(other).toContainText('Yes: covered.')
    await expect(other.getByRole('heading', { level: 2 })).toBeFocused()
    await expect(other.getByRole('heading', { level: 2 })).toContainText('at Lakeside Clinic, Suite 4')
    await expect(desk.answer('Acme Health')).toContainText('No: not covered.')
    await page.getByRole('button', { name: 'Compare another date' }).click()
    await page.getByLabel('on this day instead').fill('2027-02-01')
    await page.getByRole('button', { name: /about this too/ }).click()
    await expect(other).toContainText('01-Feb-2027')
    await page.getByLabel('on this day', { exact: true }).fill('2027-02-02')
    await page.keyboard.press('Enter')
    await expect(desk.answer('Acme Health')).toContainText('02-Feb-2027')
    await expect(other).toHaveCount(0)
  })

  test('asks about the visit that has begun where the patient is here, and says which', async ({
    page,
    sandbox,
  }) => {
    const desk = new FrontDeskPage(page)
    for (const [appointment, said, encounter] of [
      ['hana-sato-visit', 'that has begun for this appointment', 'hana-sato-visit-here'],
      ['mateo-rivas-flu-shot', 'has no visit that has begun', undefined],
    ] as const) {
      await desk.open(sandbox, appointment)
      await page.getByText(/^Asked as/).click()
      await page.getByRole('radio', { name: /the patient is here/ }).check()
      await expect(page.getByText(said)).toBeVisible()
      await expect(await desk.answered('Acme Health')).toContainText('Yes: covered.')
      const { hook, context } = JSON.parse((await sandbox.hooks('acme')).at(-1)?.body ?? '{}')
      expect(hook).toBe('encounter-start')
      expect(context.encounterId === encounter).toBe(encounter !== undefined)
    }
  })

  test('reads to a screen reader in the order of the question, the answer and what was asked', async ({
    page,
    sandbox,
  }) => {
    const desk = new FrontDeskPage(page)
    await desk.open(sandbox, 'agnes-moore-visit')
    await expect(page.getByRole('button', { name: 'Ask Acme Health and Delta Plan' })).toBeVisible()
    await desk.answered('Acme Health')
    await expect(page.getByRole('region', { name: 'Asked today' })).toBeVisible()
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - region "The question":
          - region "Is it covered?":
            - heading "Is it covered?" [level=1]
            - combobox "Is this service"
            - group "Often asked about here"
            - textbox "on this day"
            - combobox "at this place"
            - combobox "with this person? (optional)"
            - combobox "Coverage"
            - textbox "Member id"
            - button "Ask Acme Health and Delta Plan"
        - region "What the payer says":
          - article /Acme Health · Follow-up visit/:
            - heading /Acme Health/ [level=2]
            - paragraph: "Yes: covered. No authorization needed."
            - heading "What to tell the patient" [level=3]
            - heading "What to collect" [level=3]
            - heading "Who to call" [level=3]
            - term: Reference number
          - article /Delta Plan/
          - button "Compare another date"
        - region "Asked today":
          - heading "Asked today" [level=2]
          - list
    `)
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
    await page.getByRole('button', { name: 'Another patient' }).click()
    const today = page.getByRole('region', { name: 'Asked today' })
    await expect(today).toContainText(/Hana Sato\), born 09-Mar-1984.*Yes: covered/)
    await expectAccessible(page)
    await today.getByRole('button', { name: /^Ask again for .*Sato/ }).click()
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText(/佐藤|Sato/)
    const kept = await page.evaluate(() => JSON.stringify(localStorage))
    expect(kept).not.toMatch(/Sato|佐藤|1984/)
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
