import type { Browser, Locator, Page } from 'playwright'
import { type Watched, watch } from './browser'
import { median, ratio, repeat, type Section } from './measure'
import { onTheWire } from './network'
import type { Mark } from './probe'
import { longTasks } from './tasks'

interface Read {
  readonly records: number
  readonly payerRequests: number
  /** Milliseconds, as are the next three. */
  readonly payerTime: number
  readonly firstRows: number
  readonly allRows: number
  readonly compared: number
  readonly nodes: number
  /** Bytes that stay in use. */
  readonly memory: number
}

/** Long tasks while it is read, and while the list is used. */
interface Busy {
  readonly reading: number
  readonly typing: number
  readonly selecting: number
  readonly scrolling: number
  readonly reviewing: number
  /** Milliseconds. */
  readonly longest: number
}

/** A member with a title for the report. */
export interface HistoryCase {
  readonly title: string
  readonly patientId: string
}

const LARGEST = 'The largest Synthea patient as a member’s history'

export const historySkipped: Section = {
  title: LARGEST,
  measures: [],
  skipped: 'The Synthea bundles (../shared/data/synthea) are not there.',
}

export const largestHistory = (patientId: string): HistoryCase => ({ title: LARGEST, patientId })

/** The sandbox's member with so many records (sandbox/README.md). */
export const tenThousand: HistoryCase = {
  title: 'Ten thousand records as a member’s history',
  patientId: 'hugo-lang',
}

const COMPARED: Mark = { name: 'compared', selector: 'main p', text: '^Compared with the chart' }

/**
 * From the click on "Read history" to the first rows, to all of them and to the chart's side. Then, in a reading of its own, for to
 * look that closely costs time, what keeps the page busy, also while the list is used.
 */
export async function readHistory(
  browser: Browser,
  stack: { readonly ehr: string; readonly acme: string },
  { title, patientId }: HistoryCase,
): Promise<Section> {
  const launch = `${stack.ehr}/launch?patient=${patientId}&user=moreno&intent=member-history`
  const runs = await repeat(3, () =>
    watch(browser, (watched) => read(watched, launch, stack.acme), [COMPARED]),
  )
  const busy = await repeat(3, () => watch(browser, (watched) => use(browser, watched, launch), [COMPARED]))
  const of = (pick: (run: Read) => number): number => median(runs.map(pick))
  const unit = '× the sum of the payer’s answer times'
  const tasks = (name: string, pick: (run: Busy) => number) => ({
    name: `Main-thread tasks over 50 ms of the processor ${name}`,
    value: median(busy.map(pick)),
    unit: 'tasks',
    target: '0',
  })
  return {
    title,
    measures: [
      { name: 'Records', value: of((run) => run.records), unit: 'records' },
      { name: 'Requests to the payer', value: of((run) => run.payerRequests), unit: 'requests' },
      { name: 'Time to the first rows', value: of((run) => ratio(run.firstRows, run.payerTime)), unit },
      { name: 'Time to all records', value: of((run) => ratio(run.allRows, run.payerTime)), unit },
      {
        name: 'Time until all are compared with the chart',
        value: of((run) => ratio(run.compared, run.payerTime)),
        unit,
      },
      tasks('while it reads and compares', (run) => run.reading),
      tasks('while a filter is typed', (run) => run.typing),
      tasks('while a section is selected and unfolded', (run) => run.selecting),
      tasks('while the list is scrolled', (run) => run.scrolling),
      tasks('while the section is reviewed', (run) => run.reviewing),
      {
        name: 'The longest of them',
        value: ratio(
          median(busy.map((run) => run.longest)),
          of((run) => run.compared),
        ),
        unit: '× the time until all are compared',
      },
      { name: 'DOM nodes with all records read', value: of((run) => run.nodes), unit: 'elements' },
      {
        name: 'Memory in use for each record',
        value: of((run) => Math.round(run.memory / run.records)),
        unit: 'bytes',
      },
    ],
  }
}

/** As far as the button that reads. */
async function find({ page, until }: Watched, launch: string): Promise<Locator> {
  await page.goto(launch)
  await until('member-history')
  await page.getByRole('button', { name: /^Find at/ }).click()
  const button = page.getByRole('button', { name: 'Read history' })
  await button.waitFor()
  return button
}

async function read(watched: Watched, launch: string, payer: string): Promise<Read> {
  const { page, requests, noted, until } = watched
  const heap = await heapOf(watched)
  const button = await find(watched, launch)
  const before = await heap()
  await button.click()
  const [first, all, compared] = [await until('first rows'), await until('all rows'), await until('compared')]
  const { clicked } = await noted()
  const answers = onTheWire(requests).filter(
    ({ url, start }) => url.startsWith(`${payer}/fhir`) && start >= clicked && start <= all,
  )
  const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  await page.waitForTimeout(500)
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
  const memory = (await heap()) - before
  return {
    records: Number(/ sent ([\d,]+) /.exec(heading)?.[1]?.replace(/,/g, '')),
    payerRequests: answers.length,
    payerTime: answers.reduce((sum, { start, end }) => sum + (end - start), 0),
    firstRows: first - clicked,
    allRows: all - clicked,
    compared: compared - clicked,
    nodes,
    memory,
  }
}

/** What a user does with a long list. */
async function use(browser: Browser, watched: Watched, launch: string): Promise<Busy> {
  const { page, until } = watched
  const button = await find(watched, launch)
  const all: number[] = []
  const during = async (act: () => Promise<unknown>): Promise<number> => {
    const found = await longTasks(browser, page, act)
    all.push(...found)
    return found.length
  }
  const reading = await during(async () => {
    await button.click()
    await until('compared')
  })
  const words = page.getByLabel('Filter', { exact: true })
  const typing = await during(async () => {
    await words.pressSequentially('potassium 2024', { delay: 60 })
    await words.fill('')
  })
  // Looked for before it is watched: to look is work for the page too.
  const group = await largest(page, 'checkbox', /^Select all (\d+) of /)
  const rest = await largest(page, 'button', /^Show all (\d+)/)
  const selecting = await during(async () => {
    await group.check()
    await rest.click()
  })
  const scrolling = await during(async () => {
    for (let i = 0; i < 100; i += 1) {
      await page.mouse.wheel(0, 700)
      await page.waitForTimeout(16)
    }
  })
  const reviewing = await during(async () => {
    await page.getByRole('button', { name: /^Review \d/ }).click()
    await page.getByRole('button', { name: /^(Write|Prepare) \d/ }).waitFor()
  })
  return { reading, typing, selecting, scrolling, reviewing, longest: Math.max(0, ...all) }
}

/** Of the sections' own elements the one with the largest number in its name. */
async function largest(page: Page, role: 'button' | 'checkbox', name: RegExp): Promise<Locator> {
  const found = page.locator('main').getByRole(role, { name })
  const names = await found.evaluateAll((elements) =>
    elements.map(
      (element) =>
        element.getAttribute('aria-label') ??
        (element.textContent || element.parentElement?.textContent || ''),
    ),
  )
  const sizes = names.map((text) => Number(/\d+/.exec(text)?.[0] ?? 0))
  return found.nth(Math.max(0, sizes.indexOf(Math.max(...sizes))))
}

/** Asks how much of the page's memory is in use, in bytes, after what is no longer needed was given up. */
async function heapOf({ page }: Watched): Promise<() => Promise<number>> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  return async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    const { metrics } = await cdp.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  }
}
