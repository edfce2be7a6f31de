import type { Page } from '@playwright/test'
import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, type Sandbox, test } from './sandbox'

type End = 'reload' | 'close' | 'crash'

/** Holds the n-th write of a page, before the EHR has it or when its answer is due, until the page is gone. */
async function holdWrite(page: Page, at: number, when: 'before' | 'after') {
  let writes = 0
  let held = (): void => {}
  const isHeld = new Promise<void>((resolve) => {
    held = resolve
  })
  await page.route(/\/fhir\/[A-Z][A-Za-z]+$/, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    writes += 1
    if (writes !== at) return writes > at ? undefined : route.fallback()
    if (when === 'after') await route.fetch()
    held()
  })
  // In an object: a promise alone would be waited for here.
  return { isHeld }
}

/** Ends the page in the middle of things; the one to go on in. */
async function end(page: Page, how: End): Promise<Page> {
  const context = page.context()
  if (how === 'reload') {
    page.on('dialog', (dialog) => void dialog.accept())
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.reload()
    return page
  }
  const next = await context.newPage()
  if (how === 'crash') {
    const cdp = await context.newCDPSession(page)
    const gone = page.waitForEvent('crash')
    void cdp.send('Page.crash').catch(() => undefined)
    await gone
  }
  await page.close()
  return next
}

const created = async (sandbox: Sandbox, type: string) =>
  (await sandbox.writes()).filter((r) => r.path.endsWith(`/${type}`) && r.status === 201)

const CASES: readonly (readonly [End, number, 'before' | 'after'])[] = [
  ['reload', 1, 'before'],
  ['reload', 6, 'after'],
  ['reload', 17, 'after'],
  ['close', 4, 'after'],
  ['close', 17, 'before'],
  ['crash', 9, 'after'],
  ['crash', 17, 'after'],
]

test.describe('A page that is gone while it writes', () => {
  for (const [how, at, when] of CASES)
    test(`by ${how}, ${when} the EHR has answered write ${at}, is gone on from with every record once`, async ({
      page,
      sandbox,
    }) => {
      const launch = sandbox.launch({})
      const first = new MemberHistoryPage(page)
      await first.start(launch)
      await first.readAll(88)
      // Before, a group takes along what the chart has already.
      await expect(page.getByText(/^Compared with the chart/)).toBeVisible()
      const { isHeld } = await holdWrite(page, at, when)
      await first.writeAllOf('Procedures', 'Visits')
      await isHeld
      const next = await end(page, how)
      const history = new MemberHistoryPage(next)
      if (how === 'reload') {
        await expect(next.getByText('Writing was interrupted. 15 records', { exact: false })).toBeVisible()
        await expectAccessible(next)
        await history.find.click()
        await history.read.click()
        await expect(next.getByRole('heading', { name: /88 records/ })).toBeVisible()
        await expect(next.getByText('15 of 88 selected'), 'the selection is kept').toBeVisible()
      } else {
        await history.start(launch)
        await history.readAll(88)
        // Compared with the chart: what is there already is set apart.
        await expect(history.section('Visits').getByText(/^Same in chart/)).toBeVisible()
        await history.selectAllOf('Visits')
        const procedures = history.section('Procedures')
        const open = procedures.getByRole('checkbox', { name: /^Select all/ })
        if (await open.isVisible()) await open.check()
      }
      await history.review.click()
      await expect(next.getByText(/as chart entr|in the chart already/).first()).toBeVisible()
      if (await history.write.isVisible()) {
        await history.write.click()
        await expect(history.done).toBeVisible()
        await expect(next.getByRole('heading', { name: /are in the chart/ })).toBeVisible()
      }
      const procedures = await created(sandbox, 'Procedure')
      expect(new Set(procedures.map((r) => r.headers['if-none-exist'])).size).toBe(8)
      expect(procedures).toHaveLength(8)
      expect(await created(sandbox, 'DocumentReference')).toHaveLength(1)
      if (how === 'reload') expect(await created(sandbox, 'Provenance')).toHaveLength(8)
    })
})
