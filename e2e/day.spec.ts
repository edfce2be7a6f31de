import { readFileSync } from 'node:fs'
import { DayPage, deskDay } from './pages/day'
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  type PayerName,
  type Received,
  type Sandbox,
  test,
} from './sandbox'

const PAYERS: readonly PayerName[] = ['acme', 'borealis', 'cedar', 'delta']

test.afterEach(async ({ sandbox }) => {
  // U20: whatever is asked here, the chart is not written to.
  expect(await sandbox.writes()).toEqual([])
})

interface Asked {
  readonly payer: PayerName
  readonly patient: string
  readonly hook: string
  readonly status: number
}

/** Every question that a payer received. */
async function asked(sandbox: Sandbox): Promise<readonly Asked[]> {
  const read = (payer: PayerName, { body, status }: Received): Asked => {
    const { hook, context } = JSON.parse(body) as { hook: string; context: { patientId: string } }
    return { payer, patient: context.patientId, hook, status }
  }
  const all = await Promise.all(
    PAYERS.map(async (payer) => (await sandbox.hooks(payer)).map((each) => read(payer, each))),
  )
  return all.flat()
}

const patients = (questions: readonly Asked[]): readonly string[] =>
  questions.map(({ patient }) => patient).toSorted()

/** A day of so many appointments of as many patients. */
async function busyDay(sandbox: Sandbox, count: number, payers: string): Promise<string> {
  const answer = await fetch(`${sandbox.url.ehr}/_busy`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ count, payers }),
  })
  return ((await answer.json()) as { date: string }).date
}

test('asks about a whole day on one press, each payer once, and sorts by what needs doing', async ({
  page,
  sandbox,
}) => {
  const list = new DayPage(page)
  await list.open(sandbox)
  await list.goTo(deskDay())
  await expectAccessible(page)
  const apart = list.group('Not asked about')
  await expect(apart.getByRole('listitem')).toHaveCount(5)
  for (const why of [
    'No coverage on file.',
    'No active coverage.',
    'this app is not set up to ask this payer',
    'Marked as paid by the patient.',
    'Cancelled.',
  ])
    await expect(apart).toContainText(why)
  await list.ask.click()
  await expect(list.status(/^All 21 appointments asked about/)).toBeVisible({ timeout: 40_000 })
  await expect(list.status(/^All 21 appointments asked about/)).toBeFocused()

  const questions = await asked(sandbox)
  expect(questions).toHaveLength(21)
  expect(new Set(patients(questions)).size).toBe(21)
  expect(questions.every(({ hook }) => hook === 'appointment-book')).toBe(true)
  const never = ['noah-fischer', 'rosa-delgado', 'peter-hall', 'vera-lindgren', 'sam-keller']
  expect(patients(questions).filter((each) => never.includes(each))).toEqual([])

  const urgent = list.group('Authorization needed')
  await expect(urgent.getByRole('listitem').first()).toContainText('Ortega, Luis')
  await expect(urgent.getByRole('listitem').first()).toContainText(/takes up to 5 working days.*call today/)
  await expect(list.group('Not covered')).toContainText('Méndez, Carlos')
  await expect(list.group('Not stated')).toContainText('O’Neil, Patrick')
  await expect(list.group('Covered')).toContainText('Hana Sato')
  await page.getByRole('button', { name: 'Ortega, Luis' }).click()
  await expect(page.getByRole('article')).toContainText('What to tell the patient')
  await expectAccessible(page)

  await page.setViewportSize({ width: 800, height: 900 })
  await expectNoSidewaysScroll(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 320, height: 900 })
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('takes the list along: as CSV, and on paper', async ({ page, sandbox }) => {
  const list = new DayPage(page)
  await list.open(sandbox)
  await list.goTo(deskDay())
  await page.getByLabel('With').selectOption('Dr. Jonas Weber')
  await list.ask.click()
  await expect(list.status(/^All \d+ appointments asked about/)).toBeVisible({ timeout: 20_000 })
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toBe(`appointments-${deskDay()}.csv`)
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
  expect(lines[0]).toContain('Date,Time,Patient,Born,Service,With,Place,Payer,State')
  const rows = lines.slice(1).filter((line) => line !== '')
  expect(rows.every((line) => line.includes('Dr. Jonas Weber'))).toBe(true)
  expect(rows.join()).toContain('Authorization needed')

  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('.paper')
  await expect(paper).toBeVisible()
  await expect(paper.locator('tbody tr')).toHaveCount(rows.length)
  await expect(paper).toContainText('Not an order, not a guarantee of payment.')
  await expect(paper).toContainText('Dr. Jonas Weber')
  await expect(page.getByRole('main')).toBeHidden()
})

test('two hundred appointments while two of four payers fail and one says “too many”: every row is true', async ({
  page,
  sandbox,
}) => {
  test.setTimeout(150_000)
  const list = new DayPage(page)
  const date = await busyDay(sandbox, 200, PAYERS.join())
  await sandbox.fault('borealis', 'limit:5')
  await sandbox.fault('cedar', 'not-json')
  await sandbox.fault('delta', 'http-500')
  await sandbox.fault('acme', 'not-json', 'crowd-001')
  await sandbox.fault('acme', 'empty', 'crowd-005')
  await list.open(sandbox)
  const before = (await sandbox.received('ehr')).length
  await list.goTo(date)
  await list.ask.click()
  await expect(list.status(/^All 200 appointments asked about: \d+ without an answer/)).toBeVisible({
    timeout: 100_000,
  })
  const first = await asked(sandbox)
  expect(first).toHaveLength(200)
  expect(new Set(patients(first)).size).toBe(200)

  // What the rows say against what the servers did.
  const failed = first.filter(
    ({ payer, patient, status }) => payer === 'cedar' || patient === 'crowd-001' || status !== 200,
  )
  expect(failed.some(({ payer, status }) => payer === 'borealis' && status === 429)).toBe(true)
  const noAnswer = list.group('No answer')
  await expect(noAnswer.getByRole('listitem')).toHaveCount(failed.length)
  await expect(noAnswer.getByRole('listitem').filter({ hasText: 'Acme Health' })).toHaveCount(1)
  await expect(list.group('Not stated')).toContainText('Acme Health said nothing. This does not mean')
  for (const group of ['Covered', 'Authorization needed']) {
    await expect(list.group(group)).not.toContainText('Cedar')
    await expect(list.group(group)).not.toContainText('Delta')
  }
  // Each resource of the chart is read once for the whole list.
  const reads = (await sandbox.received('ehr')).slice(before).filter(({ method }) => method === 'GET')
  expect(new Set(reads.map(({ path }) => path)).size).toBe(reads.length)
  expect(reads.length).toBeLessThan(40)

  for (const payer of PAYERS) await sandbox.fault(payer, 'none')
  await page.getByRole('button', { name: `Ask again: ${failed.length} without an answer` }).click()
  await expect(list.status('All 200 appointments asked about')).toBeVisible({ timeout: 100_000 })
  const second = await asked(sandbox)
  expect(second).toHaveLength(200 + failed.length)
  await expect(noAnswer).toBeHidden()
})

test('stops after what is on its way, and goes on where it was: by keyboard alone', async ({
  page,
  sandbox,
}) => {
  const list = new DayPage(page)
  await list.open(sandbox)
  await list.goTo(deskDay())
  for (const payer of PAYERS) await sandbox.fault(payer, 'slow:700')
  const tabTo = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name })
    for (let presses = 0; presses < 30; presses += 1) {
      if (await wanted.evaluateAll((found) => found.includes(document.activeElement as HTMLElement))) return
      await page.keyboard.press('Tab')
    }
    await expect(wanted).toBeFocused()
  }
  await tabTo(/^Ask about 21/)
  await page.keyboard.press('Enter')
  await expect(list.status(/^Asking: \d+ of 21 done/)).toBeFocused()
  await tabTo('Stop')
  await page.keyboard.press('Enter')
  await expect(list.status(/^Stopped: \d+ of 21 done/)).toBeVisible({ timeout: 20_000 })
  const stopped = await asked(sandbox)
  expect(stopped.length).toBeLessThan(21)
  for (const payer of PAYERS) await sandbox.fault(payer, 'none')
  await tabTo(/^Continue with the other \d+/)
  await page.keyboard.press('Enter')
  await expect(list.status(/^All 21 appointments asked about/)).toBeFocused({ timeout: 40_000 })
  const all = await asked(sandbox)
  expect(new Set(patients(all)).size).toBe(21)
  expect(all).toHaveLength(21)
  await tabTo('Ortega, Luis')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article')).toContainText('Covered only if authorized first.')
})

test('is there with a patient in context too, and only by the user’s own right', async ({
  page,
  sandbox,
}) => {
  const launch = { patient: 'hana-sato', user: 'bell', intent: 'front-desk' }
  await page.goto(sandbox.launch({ ...launch, fault: 'no-user-scope' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Is it covered?' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'The day’s list' })).toBeHidden()
  await page.goto(sandbox.launch(launch))
  await page.getByRole('link', { name: 'The day’s list' }).click()
  await expect(page).toHaveURL(/#\/front-desk\/day$/)
  await expect(page.getByRole('heading', { level: 1, name: /^Appointments on / })).toBeVisible()
  await page.getByRole('link', { name: 'One question' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Is it covered?' })).toBeVisible()
})
