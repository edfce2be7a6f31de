import { expect, type Locator, type Page } from '@playwright/test'
import { WhatIfPage } from './what-if'

/** The Member history screens as their users see them. */
export class MemberHistoryPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Member history' }).click()
    await expect(this.page.getByRole('heading', { name: 'Find this patient at the payer' })).toBeVisible()
  }

  /** A launch, then this task. */
  async start(launchLink: string): Promise<void> {
    await this.page.goto(launchLink)
    await new WhatIfPage(this.page).opened()
    await this.open()
  }

  get find(): Locator {
    return this.page.getByRole('button', { name: /^Find at / })
  }

  get read(): Locator {
    return this.page.getByRole('button', { name: /^Read / })
  }

  get review(): Locator {
    return this.page.getByRole('button', { name: /^Review \d+ record/ })
  }

  get write(): Locator {
    return this.page.getByRole('button', { name: /^(Write|Prepare) \d+ record/ })
  }

  /** The section of the list, e.g. "Problems". */
  section(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  /** Finds the member, reads everything the payer shares. */
  async readAll(records: number): Promise<void> {
    await this.find.click()
    await this.read.click()
    await expect(this.page.getByRole('heading', { name: new RegExp(`${records} records`) })).toBeVisible()
  }

  async selectAllOf(section: string): Promise<void> {
    await this.section(section)
      .getByRole('checkbox', { name: /^Select all/ })
      .check()
  }

  /** From the list to the report, for all records of some sections. */
  async writeAllOf(...sections: readonly string[]): Promise<void> {
    for (const section of sections) await this.selectAllOf(section)
    await this.review.click()
    await this.write.click()
  }

  /** The report stands: nothing is on its way any more. */
  get done(): Locator {
    return this.page.getByRole('button', { name: 'Back to history' })
  }
}
