import type { Page } from '@playwright/test'
import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, expectNoSidewaysScroll, type Sandbox, test } from './sandbox'

/** Searches of a member's records that the payer received, as path and query; not who or what they name. */
async function searches(sandbox: Sandbox): Promise<readonly string[]> {
  return (await sandbox.received('acme'))
    .map(({ path }) => path)
    .filter((path) => /^\/fhir\/[A-Z]\w+\?/.test(path) && /[?&]patient=/.test(path))
}

/** Query parameters of the search of one type. */
async function asked(sandbox: Sandbox, type: string): Promise<readonly string[]> {
  const found = (await searches(sandbox)).find((path) => path.startsWith(`/fhir/${type}?`))
  return [...new URLSearchParams(found?.split('?')[1])]
    .filter(([name]) => !['_count', '_include', '_revinclude'].includes(name))
    .map(([name, value]) => `${name}=${value}`)
}

const hidden = (page: Page) => page.getByRole('status').filter({ hasText: / hidden/ })

for (const width of [1280, 320])
  test.describe(`Filters, ${width} px wide`, () => {
    test.beforeEach(({ page }) => page.setViewportSize({ width, height: 900 }))

    test('hide by organization, section and source, say how many and why, and ask the payer for nothing', async ({
      page,
      sandbox,
    }) => {
      const history = new MemberHistoryPage(page)
      await history.start(sandbox.launch({}))
      await history.readAll(88)
      const before = (await searches(sandbox)).length
      await page.getByText('More filters', { exact: true }).click()
      await page.getByRole('checkbox', { name: 'Hide what my organization made' }).check()
      await expect(page.getByText('Lakeside Clinic, by your role in Lakeside EHR.')).toBeVisible()
      await expect(hidden(page)).toHaveText(/^\d+ hidden: \d+ by Lakeside Clinic \(same NPI\)\. Show all$/)
      await expect(history.section('Visits').getByText('6 of 8 shown')).toBeVisible()
      await page.getByRole('checkbox', { name: /^Visits \d/ }).check()
      await expect(hidden(page)).toContainText('of other sections')
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await page.getByRole('checkbox', { name: /^Northside Hospital \d/ }).check()
      await expect(hidden(page)).toContainText('by Northside Hospital (same NPI)')
      await expect(history.section('Visits').getByText('0 of 8 shown')).toBeVisible()
      await page.getByRole('radio', { name: 'Show only the ticked' }).check()
      await expect(history.section('Visits').getByText('6 of 8 shown')).toBeVisible()
      await page.getByRole('button', { name: 'Show all' }).click()
      await expect(hidden(page)).toHaveCount(0)
      await expect(history.section('Visits').getByText('6 of 8 shown')).toHaveCount(0)
      expect((await searches(sandbox)).length, 'filters are our own').toBe(before)
    })

    test('of the organization are one press; one’s own are kept for the next launch without anything of the patient', async ({
      page,
      sandbox,
    }) => {
      const history = new MemberHistoryPage(page)
      await history.start(sandbox.launch({}))
      await history.readAll(88)
      const shipped = page.getByRole('button', { name: 'New since the last visit, from elsewhere' })
      await shipped.click()
      await expect(shipped).toHaveAttribute('aria-pressed', 'true')
      await expect(hidden(page)).toContainText('outside the period')
      await expect(hidden(page)).toContainText('by Lakeside Clinic (same NPI)')
      await page.getByLabel('Filter', { exact: true }).fill('apixaban')
      await page.getByRole('button', { name: 'Save this filter as…' }).press('Enter')
      const form = page.getByRole('form', { name: 'Save this filter' })
      await expect(form.getByLabel('Name of the filter')).toBeFocused()
      await expect(
        form.getByText(/^Kept in this browser: since the last visit; not by my organization\.$/),
      ).toBeVisible()
      await expect(
        form.getByText(/^Not kept, because it could tell of a patient: the words\.$/),
      ).toBeVisible()
      await page.keyboard.type('For Jane')
      await page.keyboard.press('Enter')
      await expect(form.getByText(/Leave the patient out/)).toBeVisible()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await form.getByLabel('Name of the filter').fill('My return visits')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Save this filter as…' })).toBeFocused()
      const stored = await page.evaluate(() => Object.values(localStorage).join())
      expect(stored).toContain('My return visits')
      for (const telling of [
        'Jane',
        'Roe',
        'apixaban',
        'Lakeside',
        '1234567893',
        'Moreno',
        '2026-',
        'AH56712348',
      ])
        expect(stored).not.toContain(telling)

      await history.start(sandbox.launch({ patient: 'rosalind-marsh' }))
      await history.find.click()
      await history.read.click()
      const own = page.getByRole('button', { name: 'My return visits' })
      await own.click()
      await expect(own).toHaveAttribute('aria-pressed', 'true')
      await expect(hidden(page)).toContainText('outside the period')
      await page.getByRole('button', { name: 'Change my filters' }).click()
      await page.getByRole('button', { name: 'Rename My return visits' }).click()
      await page.getByLabel('New name').fill('Return visits')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Return visits', exact: true })).toBeVisible()
      await page.getByRole('button', { name: 'Delete Return visits' }).click()
      await expect(page.getByRole('button', { name: 'Return visits', exact: true })).toHaveCount(0)
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(page.getByRole('button', { name: 'Return visits', exact: true })).toBeVisible()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    })

    test('before reading ask the payer for less, say what was left out, and ask for the rest on demand', async ({
      page,
      sandbox,
    }) => {
      const history = new MemberHistoryPage(page)
      await history.start(sandbox.launch({}))
      await history.find.click()
      await page.getByText('What to read: everything').click()
      await page.getByRole('checkbox', { name: 'Procedures' }).check()
      await page.getByRole('checkbox', { name: 'Allergies' }).check()
      await expect(page.getByLabel('Period').getByRole('option', { name: /last visit here, / })).toBeEnabled()
      await page.getByLabel('Period').selectOption('last-visit')
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      expect(await searches(sandbox)).toEqual([])
      await history.read.click()
      await expect(page.getByText(/^Not asked for: problems, prescriptions,/)).toBeVisible()
      await expect(
        page.getByText(/^Of procedures, only what happened since .* was asked for\./),
      ).toBeVisible()
      expect(new Set((await searches(sandbox)).map((path) => path.split(/[/?]/)[2]))).toEqual(
        new Set(['Procedure', 'AllergyIntolerance']),
      )
      expect(await asked(sandbox, 'Procedure')).toEqual([
        'patient=m-77120',
        expect.stringMatching(/^date=ge20\d\d-\d\d-\d\d$/),
      ])
      expect(await asked(sandbox, 'AllergyIntolerance')).toEqual(['patient=m-77120'])
      await expect(page.getByText(/^Comparing with the chart/)).toHaveCount(0)
      await expect(
        history.section('Procedures').getByText(/^Only in chart/),
        'nothing is missing that was not asked for',
      ).toHaveCount(0)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await page.getByRole('button', { name: 'Ask for the rest too' }).click()
      await expect(page.getByRole('heading', { name: /88 records/ })).toBeVisible()
      await expect(page.getByText(/came more than once/)).toHaveCount(0)
    })

    test('a search of one’s own goes to the payer for this member alone, and its records join the list', async ({
      page,
      sandbox,
    }) => {
      const history = new MemberHistoryPage(page)
      await history.start(sandbox.launch({}))
      await history.find.click()
      await page.getByText('What to read: everything').click()
      await page.getByRole('checkbox', { name: 'Allergies' }).check()
      await history.read.click()
      await page.getByText('Search at Acme Health').click()
      const field = page.getByLabel('FHIR search')
      const before = (await searches(sandbox)).length
      for (const [typed, words] of [
        ['Procedure?patient=m-80113', /Only this member/],
        ['Procedure?colour=red', /does not list “colour”/],
        ['http://localhost:6100/x', /without an address/],
        ['Patient/m-80113/$everything', /Operations/],
      ] as const) {
        await field.fill(typed)
        await field.press('Enter')
        await expect(page.getByText(words)).toBeVisible()
        await expect(field).toBeFocused()
      }
      expect((await searches(sandbox)).length, 'what is refused is not sent').toBe(before)
      await expectAccessible(page)
      await field.fill('Procedure?date=lt2025-01-01')
      await field.press('Enter')
      await expect(page.getByText(/^Acme Health sent 2 records, 2 of them new\./)).toBeVisible()
      expect(await asked(sandbox, 'Procedure')).toEqual(['patient=m-77120', 'date=lt2025-01-01'])
      await expect(history.section('Procedures').getByText('From your search')).toHaveCount(2)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    })
  })
