import { expect, type Locator, type Page } from '@playwright/test'

/** The comparison as its users see it. */
export class ComparePage {
  constructor(readonly page: Page) {}

  get ways(): Locator {
    return this.page.getByRole('list', { name: 'Ways that are compared' }).locator('> li')
  }

  /** A way by what it is called. */
  way(label: string): Locator {
    return this.ways.filter({ has: this.page.getByRole('heading', { name: label, exact: true }) })
  }

  get askAll(): Locator {
    return this.page.getByRole('button', { name: 'Ask all', exact: true })
  }

  /** A payer's answers side by side. */
  table(payer: string): Locator {
    return this.page.getByRole('table', { name: payer })
  }

  row(payer: string, name: string): Locator {
    return this.table(payer)
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name }) })
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Compare' }).click()
    await expect(this.page.getByRole('heading', { level: 1 })).toBeFocused()
  }

  /** Adds a way and says which thing is different; the control for it. */
  private async add(what: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Add an alternative' }).click()
    const way = this.ways.last()
    const select = way.getByLabel('What is different')
    await expect(select).toBeFocused()
    await select.selectOption(what)
    return way
  }

  /** What is different by a choice from a list. */
  async withChoice(what: string, choice: string): Promise<void> {
    await (await this.add(what)).getByLabel(what).selectOption(choice)
  }

  /** What is different by words, a number or a day. */
  async withText(what: string, text: string): Promise<void> {
    await (await this.add(what)).getByLabel(what).fill(text)
  }

  /** What is different by a search. */
  async withFound(what: string, label: string, words: string, choice: RegExp): Promise<void> {
    const way = await this.add(what)
    await way.getByRole('combobox', { name: label }).fill(words)
    await way.getByRole('option', { name: choice }).first().click()
  }
}
