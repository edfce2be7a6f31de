import type { Locator, Page } from '@playwright/test'
import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './sandbox'

/** The history as a timeline: events, newest first. */
class TimelinePage {
  constructor(readonly page: Page) {}

  get switch(): Locator {
    return this.page.getByRole('radio', { name: 'Timeline' })
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Timeline' })
  }

  /** An event with several records, by its name. */
  event(name: string): Locator {
    return this.list.locator(':scope > li').filter({ has: this.page.getByRole('heading', { name }) })
  }

  async open(sandboxLink: string): Promise<void> {
    const history = new MemberHistoryPage(this.page)
    await history.start(sandboxLink)
    await history.readAll(61)
    await this.switch.check({ force: true })
    await expect(this.list).toBeVisible()
  }
}

test.describe('The timeline of a history', () => {
  test('says where it did not load, keeps what was selected, and opens at another try', async ({
    page,
    sandbox,
  }) => {
    let isGone = true
    await page.route(/\/assets\/(Timeline|events)-[^/]*\.js(\?|$)/, (route) =>
      isGone ? route.abort() : route.continue(),
    )
    const history = new MemberHistoryPage(page)
    const timeline = new TimelinePage(page)
    await history.start(sandbox.launch({ patient: 'rosalind-marsh' }))
    await history.readAll(61)
    await history.selectAllOf('Problems')
    const status = page.getByText(/^[1-9]\d* of 61 selected/)
    await expect(status).toBeVisible()
    await timeline.switch.check({ force: true })
    const notice = page.getByRole('alert').filter({ hasText: 'The timeline could not be opened' })
    await expect(notice).toBeVisible()
    await expect(status).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('radio', { name: 'By section' }).check({ force: true })
    await expect(history.section('Problems')).toBeVisible()
    await timeline.switch.check({ force: true })
    await expect(notice).toBeVisible()
    isGone = false
    await notice.getByRole('button', { name: 'Try again' }).click()
    await expect(timeline.list).toBeVisible()
    await expect(status).toBeVisible()
  })

  test('tells a claim and what it describes as one event, chosen at once, and marks the last visit', async ({
    page,
    sandbox,
  }) => {
    const timeline = new TimelinePage(page)
    await timeline.open(sandbox.launch({ patient: 'rosalind-marsh' }))
    const stay = timeline.event('Hospital stay for a pacemaker')
    await expect(stay.getByText('10-Feb-2025 to 14-Feb-2025')).toBeVisible()
    await expect(stay.getByText('The claim names this visit.')).toBeVisible()
    await expect(stay.getByText('Recorded at this visit.')).toHaveCount(3)
    await expect(page.getByText('0 of 61 selected')).toBeVisible()
    await stay.getByRole('checkbox', { name: /^Select all 5/ }).check()
    await expect(page.getByText('5 of 61 selected')).toBeVisible()
    const marker = page.getByText('Since last visit · 11-Mar-2026')
    await expect(marker).toBeVisible()
    const [above, line, below] = await Promise.all(
      [timeline.event('Emergency visit, cough and fever'), marker, stay].map((each) => each.boundingBox()),
    )
    expect(above?.y).toBeLessThan(line?.y ?? 0)
    expect(line?.y).toBeLessThan(below?.y ?? 0)
    // What was chosen here is chosen there.
    await page.getByRole('radio', { name: 'By section' }).check({ force: true })
    await expect(page.getByRole('checkbox', { name: /^Insertion of a dual chamber pacemaker/ })).toBeChecked()
    await expect(page.getByText('5 of 61 selected')).toBeVisible()
  })

  test('says whose an event is, tells gaps, and leads from a record to its event', async ({
    page,
    sandbox,
  }) => {
    const timeline = new TimelinePage(page)
    await timeline.open(sandbox.launch({ patient: 'rosalind-marsh' }))
    await expect(timeline.list.getByText('Own organization').first()).toBeVisible()
    await expect(timeline.event('Hospital stay for a pacemaker').getByText('Outside')).toBeVisible()
    await expect(timeline.list.getByText(/ with no record from Acme Health$/).first()).toBeVisible()
    await page.getByRole('radio', { name: 'By section' }).check({ force: true })
    const row = page.getByRole('listitem').filter({ hasText: 'Insertion of a dual chamber pacemaker' })
    await row.getByText('Details').click()
    await expect(
      row.getByText(/One event with Hospital stay for a pacemaker, .*, and 3 others/),
    ).toBeVisible()
    await row.getByRole('button', { name: 'Show in the timeline' }).click()
    await expect(
      timeline.event('Hospital stay for a pacemaker').getByRole('checkbox', { name: /^Select all/ }),
    ).toBeFocused()
  })

  test('is filtered, worked by keyboard, accessible, and whole at 320 px', async ({ page, sandbox }) => {
    const timeline = new TimelinePage(page)
    await timeline.open(sandbox.launch({ patient: 'rosalind-marsh' }))
    await expectAccessible(page)
    const first = timeline.list.getByRole('checkbox').first()
    await timeline.switch.focus()
    await page.keyboard.press('Tab')
    await expect(first).toBeFocused()
    await page.keyboard.press('Space')
    await expect(page.getByText(/^[1-9]\d* of 61 selected/)).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await expect(first).not.toBeFocused()
    await page.getByLabel('Filter', { exact: true }).fill('pacemaker')
    await expect(
      timeline.event('Hospital stay for a pacemaker').getByText(/hidden by the filter/),
    ).toBeVisible()
    await expect(timeline.event('Emergency visit, cough and fever')).toHaveCount(0)
    await expect(page.getByText(/of them hidden by the filter/).first()).toBeVisible()
    await page.setViewportSize({ width: 320, height: 700 })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })
})
