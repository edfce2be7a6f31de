import { expect, type Locator, type Page } from '@playwright/test'

type Kind = 'Service, test or referral' | 'Device or supply' | 'Medicine or vaccine'

/** The What-if screen as its users see it. */
export class WhatIfPage {
  constructor(readonly page: Page) {}

  get form(): Locator {
    return this.page.getByRole('heading', { name: 'If I ordered…' })
  }

  get ask(): Locator {
    return this.page.getByRole('button', { name: /^Ask / })
  }

  /** The answer block of a payer. */
  answer(payer: string): Locator {
    return this.page.getByRole('article').filter({ has: this.page.getByRole('heading', { name: payer }) })
  }

  /** A payer's messages. */
  messages(payer: string): Locator {
    return this.page.getByRole('region', { name: `Messages from ${payer}` })
  }

  /** A payer's message by its summary. */
  card(payer: string, summary: string): Locator {
    return this.messages(payer)
      .getByRole('article')
      .filter({ has: this.page.getByRole('heading', { level: 3, name: summary }) })
  }

  async opened(): Promise<void> {
    await expect(this.form).toBeVisible()
  }

  /** Leaves the payers of other coverages out, so that one payer is asked. */
  async onlyPrimary(): Promise<void> {
    const read = this.page.getByText(/coverage: /i).or(this.page.getByText(/coverages .* were not read/))
    await expect(read.first()).toBeVisible()
    const others = this.page.getByRole('checkbox', { name: /^Ask .* too/ })
    if (await others.isVisible()) await others.uncheck()
  }

  /** Types words, waits for the list, and takes the first choice that shows the text. One payer will be asked. */
  async choose(kind: Kind, words: string, choice: RegExp): Promise<void> {
    await this.onlyPrimary()
    await this.page.getByRole('radio', { name: kind }).check()
    await this.page.getByRole('combobox', { name: /^Service, device/ }).fill(words)
    await this.page.getByRole('option', { name: choice }).first().click()
  }
}
