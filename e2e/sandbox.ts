import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type Stack, startStack } from '../scripts/stack'

/** Each worker takes the next ten ports; another run beside this one begins elsewhere. */
const FIRST_PORT = Number(process.env.E2E_PORT ?? 6100)

/** One request as a sandbox server received it. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
}

const PAYERS = ['acme', 'borealis', 'cedar', 'delta', 'oddity'] as const
const SERVERS = ['ehr', 'terminology', ...PAYERS] as const

export type PayerName = (typeof PAYERS)[number]
type ServerName = (typeof SERVERS)[number]

/** The sandbox of this worker: its addresses, and what its servers received. */
export class Sandbox {
  constructor(readonly url: Stack) {}

  /** A launch link at the EHR. */
  launch(query: Readonly<Record<string, string>>): string {
    return `${this.url.ehr}/launch?${new URLSearchParams({ patient: 'jane-roe', user: 'moreno', ...query })}`
  }

  async received(server: ServerName): Promise<readonly Received[]> {
    const answer = await fetch(`${this.url[server]}/_log`)
    return (await answer.json()) as readonly Received[]
  }

  /** Hook calls that a payer received, without discovery and feedback. */
  async hooks(payer: PayerName): Promise<readonly Received[]> {
    return (await this.posted(payer)).filter((r) => !r.path.endsWith('/feedback'))
  }

  /** CDS Hooks feedback that a payer received. */
  async feedback(payer: PayerName): Promise<readonly Received[]> {
    return (await this.posted(payer)).filter((r) => r.path.endsWith('/feedback'))
  }

  private async posted(payer: PayerName): Promise<readonly Received[]> {
    return (await this.received(payer)).filter(
      (r) => r.method === 'POST' && r.path.startsWith('/cds-services/'),
    )
  }

  /** Requests to the EHR's FHIR API that could change the chart. */
  async writes(): Promise<readonly Received[]> {
    return (await this.received('ehr')).filter(
      (r) =>
        /^\/[^/]+\/fhir\//.test(r.path) &&
        !['GET', 'OPTIONS', 'HEAD'].includes(r.method) &&
        !r.path.includes('/_search'),
    )
  }

  /** Makes a payer or the terminology service fail from now on, on the wire. */
  async fault(server: Exclude<ServerName, 'ehr'>, fault: string, patient?: string): Promise<void> {
    await this.post(`${this.url[server]}/_faults`, { fault, ...(patient !== undefined && { patient }) })
  }

  async reset(): Promise<void> {
    await Promise.all(SERVERS.map((server) => this.post(`${this.url[server]}/_reset`, {})))
  }

  private async post(url: string, body: object): Promise<void> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  }
}

interface Watched {
  /** Console messages and page errors: PHI must not be there, and a screen in order has none. */
  readonly console: string[]
}

export const test = base.extend<{ sandbox: Sandbox; watched: Watched }, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know which fixtures are wanted
    async ({}, use, info) => {
      const stack = await startStack({ port: FIRST_PORT + info.parallelIndex * 10, app: 'built' })
      await use(stack)
      await stack.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  sandbox: async ({ stack }, use) => {
    const sandbox = new Sandbox(stack)
    await sandbox.reset()
    await use(sandbox)
  },
  watched: [
    async ({ page }, use) => {
      const watched: Watched = { console: [] }
      page.on('console', (message) => watched.console.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => watched.console.push(`pageerror: ${error.message}`))
      await use(watched)
      // A failed or forbidden request is the browser's own line, without content; anything else is the app's.
      const ours = watched.console.filter(
        (line) => !/Failed to load resource|net::ERR|Content Security Policy|CORS policy/.test(line),
      )
      expect(ours, 'the app writes nothing to the console').toEqual([])
    },
    { auto: true },
  ],
})

/** No violation of WCAG 2.2 A and AA that axe can find, in a page that stands: each has a heading of its own. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(
    violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`),
  ).toEqual([])
}

/** Nothing scrolls sideways (U18). */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, window } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }))
  expect(wide).toBeLessThanOrEqual(window)
}

export { expect }
