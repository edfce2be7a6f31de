import { type Browser, chromium, type Page } from 'playwright'
import { findChromium } from '../scripts/chromium'
import { recordNetwork, type WireRequest } from './network'
import { type Mark, type Noted, type NotedWindow, probe } from './probe'

/** A fresh profile with one page, watched from its first request. */
export interface Watched {
  readonly page: Page
  readonly requests: readonly WireRequest[]
  noted(): Promise<Noted>
  /** Waits until a mark has held; epoch milliseconds. */
  until(mark: string): Promise<number>
}

/** What all benchmarks may wait for. A form stays hidden while another task is shown. */
const MARKS: readonly Mark[] = [
  { name: 'what-if', selector: '.wi form' },
  { name: 'member-history', selector: '#mh-member-id' },
  { name: 'first rows', selector: '.mh-row' },
  { name: 'all rows', selector: 'h1', text: '^(?!.* has sent ).* sent [1-9]' },
]

const LIMIT_MS = 60_000

/** A Chromium for all benchmarks. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })

/** Runs in a profile without cache or storage, and closes it. `marks`: what else is waited for. */
export async function watch<T>(
  browser: Browser,
  run: (watched: Watched) => Promise<T>,
  marks: readonly Mark[] = [],
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    // tsx wraps named functions in a call of this name, also in those that are sent to the page.
    await context.addInitScript('globalThis.__name = (named) => named')
    await context.addInitScript(probe, [...MARKS, ...marks])
    const page = await context.newPage()
    page.setDefaultTimeout(LIMIT_MS)
    const requests = await recordNetwork(await context.newCDPSession(page))
    const noted = (): Promise<Noted> => page.evaluate(() => (window as unknown as NotedWindow).__noted)
    return await run({ page, requests, noted, until: (mark) => waitForMark(page, noted, mark) })
  } finally {
    await context.close()
  }
}

async function waitForMark(page: Page, noted: () => Promise<Noted>, mark: string): Promise<number> {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
    // Pages come and go during a launch: one that is just leaving cannot be asked.
    const at = await noted().then(
      ({ marks }) => marks[mark],
      () => undefined,
    )
    if (at !== undefined) return at
    await page.waitForTimeout(50)
  }
  throw new Error(`"${mark}" did not show within ${LIMIT_MS / 1000} s.`)
}
