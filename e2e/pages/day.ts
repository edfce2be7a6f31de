import { expect, type Locator, type Page } from '@playwright/test'
import type { Sandbox } from '../sandbox'

/** The day's list as its users see it. */
export class DayPage {
  constructor(readonly page: Page) {}

  get ask(): Locator {
    return this.page.getByRole('button', { name: /^Ask about \d+ appointments?$/ })
  }

  /** The heading that says how far asking is. */
  status(words: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 2, name: words })
  }

  group(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  row(patient: string | RegExp): Locator {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('button', { name: patient, expanded: false }) })
  }

  /** Without a patient in context, on the sandbox's busiest ordinary day: today, or Monday at a weekend. */
  async open(sandbox: Sandbox, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(sandbox.launch({ patient: '', user: 'bell', intent: 'front-desk', ...query }))
    await this.page.getByRole('link', { name: 'The day’s list' }).click()
    await expect(this.page.getByRole('heading', { level: 1, name: /^Appointments on / })).toBeVisible()
  }

  /** `YYYY-MM-DD` */
  async goTo(date: string): Promise<void> {
    await this.page.getByLabel('Day', { exact: true }).fill(date)
    await expect(this.ask).toBeVisible()
  }
}

/** The sandbox's desk day: today, or Monday at a weekend. `YYYY-MM-DD` */
export function deskDay(): string {
  const day = new Date()
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}
