import { MemberHistoryPage } from '../e2e/pages/member-history'
import type { Watched } from './browser'
import type { Mark } from './probe'

/** The member with ten thousand records (sandbox/README.md). */
const PATIENT = 'hugo-lang'

/** The report stands, good or bad: nothing is on its way. */
export const REPORT: Mark = {
  name: 'report',
  selector: 'h1',
  text: 'in the chart|not certain|ready to save|^Stopped',
}
export const REVIEW: Mark = { name: 'plan', selector: '.mh-plan' }

/** What one write of a section took, from its click; times in milliseconds. */
export interface Written {
  readonly records: number
  readonly clicked: number
  readonly reported: number
  readonly review: { readonly longest: number; readonly longTasks: number }
  readonly write: { readonly longest: number; readonly longTasks: number }
}

/** Reads all of a large member, chooses one section, and writes it. `profile`: what the site knows of the EHR, where not what it ships. */
export async function writeSection(
  { page, noted, until }: Watched,
  world: {
    readonly ehr: string
    readonly query: Readonly<Record<string, string>>
    readonly profile?: object
  },
  section: string,
): Promise<Written> {
  const { ehr, query, profile } = world
  if (profile !== undefined)
    await page.route('**/config.json', async (route) => {
      const answer = await route.fetch()
      const config = (await answer.json()) as { issuers: { ehrProfile?: unknown }[] }
      for (const issuer of config.issuers) issuer.ehrProfile = profile
      await route.fulfill({ response: answer, json: config })
    })
  const history = new MemberHistoryPage(page)
  const launch = new URLSearchParams({ patient: PATIENT, user: 'moreno', intent: 'member-history', ...query })
  await page.goto(`${ehr}/launch?${launch}`)
  await until('member-history')
  await history.find.click()
  await history.read.click()
  await until('all rows')
  await history.selectAllOf(section)
  await history.review.click()
  const planned = await until('plan')
  const reviewed = (await noted()).clicked
  // The plan's long list is still being painted when its first row stands.
  await page.waitForTimeout(1_000)
  const label = (await history.write.textContent()) ?? ''
  await history.write.click()
  const reported = await until('report')
  await page.waitForTimeout(500)
  const { clicked, longTasks } = await noted()
  const between = (from: number, to: number) => {
    const tasks = longTasks.filter(({ start }) => start >= from && start <= to)
    return { longest: Math.max(0, ...tasks.map(({ ms }) => ms)), longTasks: tasks.length }
  }
  return {
    records: Number(/\d+/.exec(label)?.[0]),
    clicked,
    reported,
    review: between(reviewed, planned + 1_000),
    write: between(clicked, reported),
  }
}
