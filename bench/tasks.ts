import type { Browser, Page } from 'playwright'
import { type JsonObject, objects, text } from '../src/domain/json'

/** As long as a page may keep a press waiting; milliseconds. */
const LONG_MS = 50

const threadOf = ({ pid, tid }: JsonObject): string => `${pid}/${tid}`

/**
 * Main-thread tasks that took more than 50 ms of the processor while something was done; milliseconds. By the clock a busy machine
 * would count what other programs did.
 */
export async function longTasks(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  await act()
  await page.waitForTimeout(500)
  const trace: unknown = JSON.parse((await browser.stopTracing()).toString())
  const events = objects(trace, 'traceEvents')
  const mains = new Set(
    events
      .filter((event) => event.name === 'thread_name' && text(event, 'args', 'name') === 'CrRendererMain')
      .map(threadOf),
  )
  const tasks = events.filter((event) => event.name === 'RunTask' && mains.has(threadOf(event)))
  if (tasks.length === 0) throw new Error('The browser told of no task.')
  return tasks.flatMap(({ tdur }) =>
    typeof tdur === 'number' && tdur > LONG_MS * 1000 ? [Math.round(tdur / 1000)] : [],
  )
}
