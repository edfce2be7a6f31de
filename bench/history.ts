import type { Browser } from 'playwright'
import { type Watched, watch } from './browser'
import { median, ratio, repeat, type Section } from './measure'
import { onTheWire } from './network'

interface Read {
  readonly records: number
  readonly payerRequests: number
  /** Milliseconds, as are the next two. */
  readonly payerTime: number
  readonly firstRows: number
  readonly allRows: number
  readonly longest: number
  readonly longTasks: number
  readonly nodes: number
}

const TITLE = 'The largest Synthea patient as a member’s history'

export const historySkipped: Section = {
  title: TITLE,
  measures: [],
  skipped: 'The Synthea bundles (../shared/data/synthea) are not there.',
}

/** From the click on "Read history" to the first rows and to all of them. */
export async function readHistory(
  browser: Browser,
  stack: { readonly ehr: string; readonly acme: string },
  patientId: string,
): Promise<Section> {
  const launch = `${stack.ehr}/launch?patient=${patientId}&user=moreno&intent=member-history`
  const runs = await repeat(3, () => watch(browser, (watched) => read(watched, launch, stack.acme)))
  const of = (pick: (run: Read) => number): number => median(runs.map(pick))
  const unit = '× the sum of the payer’s answer times'
  return {
    title: TITLE,
    measures: [
      { name: 'Records', value: of((run) => run.records), unit: 'records' },
      { name: 'Requests to the payer', value: of((run) => run.payerRequests), unit: 'requests' },
      { name: 'Time to the first rows', value: of((run) => ratio(run.firstRows, run.payerTime)), unit },
      { name: 'Time to all records', value: of((run) => ratio(run.allRows, run.payerTime)), unit },
      { name: 'Main-thread tasks over 50 ms', value: of((run) => run.longTasks), unit: 'tasks' },
      {
        name: 'Longest main-thread task',
        value: of((run) => ratio(run.longest, run.allRows)),
        unit: '× the time to all records',
      },
      { name: 'DOM nodes with all records read', value: of((run) => run.nodes), unit: 'elements' },
    ],
  }
}

async function read({ page, requests, noted, until }: Watched, launch: string, payer: string): Promise<Read> {
  await page.goto(launch)
  await until('member-history')
  await page.getByRole('button', { name: /^Find at/ }).click()
  await page.getByRole('button', { name: 'Read history' }).click()
  const [first, all] = [await until('first rows'), await until('all rows')]
  const { clicked, longTasks } = await noted()
  const answers = onTheWire(requests).filter(
    ({ url, start }) => url.startsWith(`${payer}/fhir`) && start >= clicked,
  )
  const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  const tasks = longTasks.filter(({ start }) => start >= clicked && start <= all)
  return {
    records: Number(/ sent ([\d,]+) /.exec(heading)?.[1]?.replace(/,/g, '')),
    payerRequests: answers.length,
    payerTime: answers.reduce((sum, { start, end }) => sum + (end - start), 0),
    firstRows: first - clicked,
    allRows: all - clicked,
    longest: Math.max(0, ...tasks.map(({ ms }) => ms)),
    longTasks: tasks.length,
    nodes: await page.evaluate(() => document.querySelectorAll('*').length),
  }
}
