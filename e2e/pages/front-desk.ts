import { expect, type Locator, type Page } from '@playwright/test'
import type { Sandbox } from '../sandbox'

/** The front desk's screen as its users see it. */
export class FrontDeskPage {
  constructor(readonly page: Page) {}

  get service(): Locator {
    return this.page.getByRole('combobox', { name: 'Is this service' })
  }

  get ask(): Locator {
    return this.page.getByRole('button', { name: /^Ask [A-Z](?!.*about this too)/ })
  }

  /** The answer of a payer to the question of the form; `nth`: beside it, to another one. */
  answer(payer: string, nth = 0): Locator {
    return this.page
      .getByRole('article')
      .filter({ has: this.page.getByRole('heading', { level: 2, name: new RegExp(`^${payer}`) }) })
      .nth(nth)
  }

  /** Opened for an appointment of the sandbox's desk: `luis-ortega-mri` is of the patient `luis-ortega`. */
  async open(
    sandbox: Sandbox,
    appointment: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const patient = appointment.split('-').slice(0, 2).join('-')
    await this.page.goto(
      sandbox.launch({ patient, appointment, intent: 'front-desk', user: 'bell', ...query }),
    )
    await expect(this.page.getByText('from the appointment')).toBeVisible()
  }

  /** Asks and waits until the payer has answered, or has been given up. */
  async answered(payer: string): Promise<Locator> {
    await this.ask.click()
    const answer = this.answer(payer)
    await expect(answer.getByText('Who to call')).toBeVisible({ timeout: 20_000 })
    return answer
  }
}
