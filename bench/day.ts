import type { Browser } from 'playwright'
import type { Stack } from '../scripts/stack'
import { watch } from './browser'
import { median, ratio, type Section } from './measure'
import { isPreflight, onTheWire, type WireRequest } from './network'

const COUNT = 200
const PAYERS = ['acme', 'borealis'] as const
/** What a payer takes to answer: long beside what this machine takes to send, so that the ratio is of waiting. */
const ANSWER_MS = 400
/** As the app allows it. */
const AT_ONCE = 6

/** The day's list of two hundred appointments at two payers: read, and each asked on one press. */
export const askDay = (browser: Browser, stack: Stack): Promise<Section> =>
  watch(browser, async ({ page, requests, noted }) => {
    const { date } = await post(`${stack.ehr}/_busy`, { count: COUNT, payers: PAYERS.join() })
    for (const payer of PAYERS) await post(`${stack[payer]}/_faults`, { fault: `slow:${ANSWER_MS}` })
    await page.goto(`${stack.ehr}/launch?user=bell&intent=front-desk`)
    await page.getByRole('link', { name: 'The day’s list' }).click()
    await page.getByRole('heading', { level: 1, name: /^Appointments on/ }).waitFor()
    await page.waitForTimeout(1_000)
    const opened = requests.length
    await page.getByLabel('Day', { exact: true }).fill(date)
    await page.getByRole('button', { name: `Ask about ${COUNT} appointments` }).click()
    const { clicked } = await noted()
    await page.getByRole('heading', { name: `All ${COUNT} appointments asked about` }).waitFor()
    const done = Date.now()
    for (const payer of PAYERS) await post(`${stack[payer]}/_faults`, { fault: 'none' })

    const all = requests.slice(opened)
    const own = onTheWire(all)
    const chart = own.filter(({ url }) => url.startsWith(stack.ehr))
    const toPayers = own.filter(({ url }) => PAYERS.some((payer) => url.startsWith(stack[payer])))
    const hooks = toPayers.filter(({ method }) => method === 'POST')
    const asking = (await noted()).longTasks.filter(({ start }) => start >= clicked && start <= done)
    const scrolled = Date.now()
    for (let i = 0; i < 100; i += 1) {
      await page.mouse.wheel(0, 700)
      await page.waitForTimeout(16)
    }
    const scrolling = (await noted()).longTasks.filter(({ start }) => start >= scrolled)
    const wall = Math.max(...hooks.map(({ end }) => end)) - clicked
    const ideal = (COUNT / AT_ONCE) * median(hooks.map(({ start, end }) => end - start))
    return {
      title: `A day of ${COUNT} appointments at two payers, asked on one press`,
      measures: [
        { name: 'Requests to the EHR, for the whole list', value: chart.length, unit: 'requests' },
        {
          name: 'Requests to the EHR, for each appointment',
          value: ratio(chart.length, COUNT),
          unit: 'requests',
          target: 'below 0.2',
        },
        {
          name: 'Of them for what had been read before',
          value: chart.length - new Set(chart.map(({ url }) => url)).size,
          unit: 'requests',
          target: '0',
        },
        {
          name: 'Of them sent while payers were asked',
          value: chart.filter(({ start }) => start >= clicked).length,
          unit: 'requests',
        },
        {
          name: 'Questions to a payer, for each appointment',
          value: ratio(hooks.length, COUNT),
          unit: 'requests',
          target: '1',
        },
        {
          name: 'Other requests to both payers',
          value: toPayers.length - hooks.length,
          unit: 'requests',
        },
        {
          name: 'CORS preflights for each question',
          value: ratio(all.filter(isPreflight).length, hooks.length),
          unit: 'requests of the browser',
        },
        {
          name: 'Questions on their way at once, at most',
          value: atOnce(hooks),
          unit: 'questions',
          target: '6',
        },
        {
          name: 'Of them to one payer, at most',
          value: Math.max(
            ...PAYERS.map((payer) => atOnce(hooks.filter(({ url }) => url.startsWith(stack[payer])))),
          ),
          unit: 'questions',
          target: '3',
        },
        {
          name: 'Time from the press to the last answer',
          value: ratio(wall, ideal),
          unit: '× the payers’ answer times, six at once',
          target: 'below 1.25',
        },
        { name: 'Main-thread tasks over 50 ms while it is asked', value: asking.length, unit: 'tasks' },
        {
          name: 'Main-thread tasks over 50 ms while the list is scrolled',
          value: scrolling.length,
          unit: 'tasks',
          target: '0',
        },
      ],
    }
  })

/** The most of them that were on their way at any moment. */
const atOnce = (requests: readonly WireRequest[]): number =>
  Math.max(
    0,
    ...requests.map(({ start: at }) => requests.filter(({ start, end }) => start <= at && at < end).length),
  )

async function post(url: string, body: object): Promise<{ readonly date: string }> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return { date: '', ...((await answer.json().catch(() => ({}))) as object) }
}
