import type { Browser } from 'playwright'
import { type Watched, watch } from './browser'
import { type Measure, median, repeat, type Section } from './measure'
import { isPreflight, onTheWire, sequentialDepth, type WireRequest } from './network'

interface Asked {
  readonly requests: number
  readonly before: number
  readonly preflights: number
}

const isHook = ({ method, type, url }: WireRequest): boolean =>
  method === 'POST' && type !== 'Preflight' && url.includes('/cds-services/')

const isOfOtherPayer = ({ url }: WireRequest, hook: WireRequest): boolean =>
  url.includes('/cds-services') && new URL(url).origin !== new URL(hook.url).origin

/**
 * From the click on "Ask" to the hook on the wire: the form filled without a pause and asked in
 * the moment when it is complete, and asked after a pause.
 */
export async function askToHook(browser: Browser, launch: string): Promise<Section> {
  const cold = await repeat(3, () => ask(browser, launch, 'at once'))
  // Reading ahead is done before a quick user can ask; with a slow chart it is not, and the question has to wait for it.
  const slow = await repeat(3, () => ask(browser, `${launch}&fault=slow:500`, 'at once'))
  const warm = await repeat(3, () => ask(browser, launch, 'after a pause'))
  const rows = (name: string, runs: readonly Asked[], target: string): readonly Measure[] => [
    {
      name: `${name}: round trips before the hook`,
      value: median(runs.map((run) => run.before)),
      unit: 'round trips',
      target,
    },
    {
      name: `${name}: requests that end before the hook`,
      value: median(runs.map((run) => run.requests)),
      unit: 'requests',
    },
    {
      name: `${name}: CORS preflights up to the hook’s`,
      value: median(runs.map((run) => run.preflights)),
      unit: 'requests of the browser',
    },
  ]
  return {
    title: 'From the click on Ask to the hook',
    measures: [
      ...rows('Asked at once', cold, 'at most 1'),
      ...rows('Asked at once, each chart read 0.5 s slower', slow, 'at most 1'),
      ...rows('Asked after a pause', warm, '0'),
    ],
  }
}

const ask = (browser: Browser, launch: string, when: 'at once' | 'after a pause'): Promise<Asked> =>
  watch(browser, async (watched) => {
    const { page, until } = watched
    await page.goto(launch)
    await until('what-if')
    await page.getByRole('radio', { name: 'Device or supply' }).check()
    await page.getByRole('combobox', { name: /^Service, device/ }).fill('CPAP')
    await page.getByRole('option', { name: /E0601/ }).first().waitFor()
    if (when === 'at once') await page.evaluate(chooseAndAsk)
    else {
      await page.getByRole('option', { name: /E0601/ }).first().click()
      await quiet(watched)
      await page.getByRole('button', { name: /^Ask / }).click()
    }
    const hook = await hookOf(watched)
    const { clicked } = await watched.noted()
    // What another payer is asked at the same time is not on the way to this hook.
    const own = watched.requests.filter((each) => !isOfOtherPayer(each, hook))
    // Those that the click starts, and those that were on their way and may be waited for.
    const between = onTheWire(own).filter(
      ({ start, end }) => start < hook.start && end > clicked && end <= hook.start,
    )
    return {
      requests: between.length,
      before: sequentialDepth(between),
      preflights: own.filter((each) => isPreflight(each) && each.start >= clicked).length,
    }
  })

/** In the page: chooses the first option and asks in the next frame, quicker than a hand. */
function chooseAndAsk(): Promise<void> {
  const option = document.querySelector<HTMLElement>('[role="option"]')
  if (option === null) throw new Error('No option to choose.')
  option.click()
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  return nextFrame()
    .then(nextFrame)
    .then(() => {
      const buttons = [...document.querySelectorAll('button')]
      buttons.find((button) => /^Ask /.test(button.textContent ?? ''))?.click()
    })
}

/** Until no request has begun for more than a second: reading ahead begins 0.4 s after the last change. At most 15 s. */
async function quiet({ page, requests }: Watched): Promise<void> {
  let seen = -1
  for (const end = Date.now() + 15_000; seen !== requests.length && Date.now() < end; ) {
    seen = requests.length
    await page.waitForTimeout(1200)
  }
}

async function hookOf({ page, requests }: Watched): Promise<WireRequest> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const hook = requests.find(isHook)
    if (hook !== undefined && hook.end !== Number.POSITIVE_INFINITY) return hook
    await page.waitForTimeout(50)
  }
  throw new Error('No hook was sent.')
}
