import { FrontDeskPage } from './pages/front-desk'
import { expect, test } from './sandbox'

test.afterEach(async ({ sandbox }) => {
  // U20: whatever is asked here, the chart is not written to.
  expect(await sandbox.writes()).toEqual([])
})

test.describe('An answer at the front desk', () => {
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
    ['oscar-nunez-visit', 'Acme Health', 'It depends on information that is missing.'],
    ['tomasz-wilk-therapy', 'Acme Health', 'A referral'],
    ['eleni-pappas-visit', 'Delta Plan', 'outside the network'],
    ['yuki-tanaka-sleep-test', 'Borealis Mutual', 'Clinical documents and administrative details'],
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
    ['http-500', 'Acme Health sent an error and no answer.', 'No answer'],
    ['not-json', 'Acme Health sent an error and no answer.', 'No answer'],
    ['drop', 'Acme Health could not be reached. There is no answer.', 'No answer'],
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
})
