import type { Locator, Page } from '@playwright/test'
import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, expectNoSidewaysScroll, type Sandbox, test } from './sandbox'

/** The rows that are in the page, of all lists. */
const rows = (page: Page): Locator => page.locator('.mh-row')

/** The place of the row with the focus among all of its list, as a screen reader says it. */
const place = (page: Page): Promise<readonly (string | null | undefined)[]> =>
  page.evaluate(() => {
    const row = document.activeElement?.closest('li')
    return [row?.getAttribute('aria-posinset'), row?.getAttribute('aria-setsize')]
  })

/** Leads far down to a box and presses it there as a hand does: long enough for a row that moves to take it away. */
async function jumpAndPress(page: Page, box: Locator): Promise<void> {
  await box.evaluate(async (element) => {
    element.scrollIntoView({ block: 'center' })
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame)
  })
  const at = await box.boundingBox()
  await page.mouse.move((at?.x ?? 0) + 6, (at?.y ?? 0) + 6)
  await page.mouse.down()
  await box.evaluate(async () => {
    for (let frames = 0; frames < 8; frames += 1) await new Promise(requestAnimationFrame)
  })
  await page.mouse.up()
}

/** All that the browser keeps for this origin, as text; bytes as the letters that they would be. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const rows = (db: IDBDatabase, store: string) =>
      new Promise<readonly unknown[]>((resolve, reject) => {
        const asked = db.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const text = (_: string, value: unknown): unknown =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder('latin1').decode(value)
        : value
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, await caches.keys()]
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await open(name)
      for (const store of db.objectStoreNames) found.push(name, store, await rows(db, store))
      db.close()
    }
    return JSON.stringify(found, text)
  })

async function readTenThousand(page: Page, sandbox: Sandbox): Promise<MemberHistoryPage> {
  const history = new MemberHistoryPage(page)
  await page.goto(sandbox.launch({ patient: 'hugo-lang', intent: 'member-history' }))
  await history.find.click()
  await history.read.click()
  await expect(rows(page).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /sent 9\d{3} records/ })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^Compared with the chart/)).toBeVisible({ timeout: 60_000 })
  return history
}

test.describe('Ten thousand records', () => {
  test.setTimeout(180_000)

  test('are read and compared, and only those near the screen are in the page', async ({ page, sandbox }) => {
    const history = await readTenThousand(page, sandbox)
    expect(page.workers(), 'the worker is gone with its copy of the records').toHaveLength(0)
    await expect(history.section('Problems').getByRole('heading', { name: /^Only at payer/ })).toBeVisible()
    expect(await rows(page).count()).toBeLessThan(300)
    const results = history.section('Results')
    const unfold = results.getByRole('button', { name: /^Show all \d+ of Results/ })
    const all = Number(/\d+/.exec(await unfold.innerText())?.[0])
    expect(all).toBeGreaterThan(3000)
    await expectAccessible(page)

    // By keyboard, from the first row that comes to the last and back.
    await unfold.press('Enter')
    await expect.poll(() => place(page)).toEqual(['21', `${all}`])
    await page.keyboard.press('End')
    await expect.poll(() => place(page)).toEqual([`${all}`, `${all}`])
    await expect(page.locator(':focus')).toBeInViewport()
    expect(await rows(page).count()).toBeLessThan(300)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => place(page)).toEqual([`${all - 1}`, `${all}`])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await expect.poll(() => place(page)).toEqual([`${all - 2}`, `${all}`])
    await page.keyboard.press('Home')
    await expect.poll(() => place(page)).toEqual(['1', `${all}`])
    // Scrolled away it keeps the focus.
    await page.mouse.move(640, 450)
    await page.mouse.wheel(0, 50_000)
    await expect(page.locator(':focus')).not.toBeInViewport()
    expect(await place(page)).toEqual(['1', `${all}`])
    await expectAccessible(page)

    // All of it is in the page's memory alone: nothing is left when the page is.
    const clinical = /hemoglobin|potassium|"Lang|Lang,|Hugo |1944-08-30/i
    expect(await page.locator('main').innerText()).toMatch(clinical)
    expect(await kept(page)).toContain('access_token')
    expect(await kept(page)).not.toMatch(clinical)
  })

  test('are selected by group as many as there are, under filter and scrolling too', async ({
    page,
    sandbox,
  }) => {
    const history = await readTenThousand(page, sandbox)
    const results = history.section('Results')
    const group = results.getByRole('checkbox', { name: /^Select all \d+ of Results/ })
    const all = Number(/\d+/.exec((await group.locator('..').innerText()) ?? '')?.[0])
    const status = (count: number) => page.getByText(new RegExp(`^${count} of 9\\d{3} selected`))
    await jumpAndPress(page, group)
    await expect(group).toBeChecked()
    await expect(status(all)).toBeVisible()
    await results.getByRole('button', { name: /^Show all/ }).click()
    await page.keyboard.press('End')
    await expect(page.locator(':focus')).toBeChecked()
    await page.keyboard.press('Space')
    await expect(status(all - 1)).toBeVisible()
    await expect(group).toHaveJSProperty('indeterminate', true)

    await page.getByLabel('Filter', { exact: true }).fill('potassium')
    await expect(page.getByText(/of them hidden by the filter/)).toBeVisible()
    await expect(status(all - 1)).toBeVisible()
    await page.getByLabel('Filter', { exact: true }).fill('')
    await expect(page.getByText(/of them hidden by the filter/)).toHaveCount(0)
    await page.mouse.wheel(0, 100_000)
    await expect(status(all - 1)).toBeVisible()

    // The review of them has no more rows in the page either.
    await page.getByRole('button', { name: `Review ${all - 1} records` }).click()
    const write = page.getByRole('button', { name: /^(Write|Prepare) \d+ records/ })
    await expect(write).toBeVisible({ timeout: 60_000 })
    expect(await page.locator('.mh-plan').count()).toBeLessThan(300)
    await page.getByRole('button', { name: /^Show all \d{4}/ }).press('Enter')
    await page.keyboard.press('End')
    await expect(page.locator(':focus')).toBeInViewport()
    await expect.poll(async () => new Set(await place(page)).size, 'the last of all').toBe(1)
    await expectAccessible(page)
    expect(await sandbox.writes()).toEqual([])
  })

  test('fit a narrow frame, and say on paper how many of them it has', async ({ page, sandbox }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    const history = await readTenThousand(page, sandbox)
    const results = history.section('Results')
    await results.getByRole('button', { name: /^Show all/ }).click()
    await page.keyboard.press('End')
    await expect(page.locator(':focus')).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    await expect(results.getByText(/^500 of \d{4} are printed\.$/)).toBeVisible()
    await expect(results.getByRole('listitem')).toHaveCount(500)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await expect(results.getByText(/are printed/)).toHaveCount(0)
    expect(await rows(page).count()).toBeLessThan(300)
  })
})
