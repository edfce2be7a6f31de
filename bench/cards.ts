import type { Browser } from 'playwright'
import { WhatIfPage } from '../e2e/pages/what-if'
import { watch } from './browser'
import { startCardWorld } from './card-world'
import { median, ratio, repeat, type Section } from './measure'

interface Shown {
  /** Milliseconds. */
  readonly firstRender: number
  readonly cards: number
  readonly formatted: number
  readonly longTasks: number
}

/** An answer with twenty cards, from its last byte to the screen. */
export async function renderCards(browser: Browser, port: number): Promise<Section> {
  const world = await startCardWorld(port)
  try {
    const runs = await repeat(5, () => show(browser, `${world.ehr}/launch?patient=jane-roe&user=moreno`))
    const of = (pick: (run: Shown) => number): number => median(runs.map(pick))
    const unit = '× the app’s own first render'
    return {
      title: 'An answer with 20 cards',
      measures: [
        {
          name: 'From the answer to 20 cards on screen',
          value: of((run) => ratio(run.cards, run.firstRender)),
          unit,
        },
        {
          name: 'From the answer to formatted text in all that are open',
          value: of((run) => ratio(run.formatted, run.firstRender)),
          unit,
        },
        {
          name: 'Main-thread tasks over 50 ms',
          value: of((run) => run.longTasks),
          unit: 'tasks',
          target: '0',
        },
      ],
    }
  } finally {
    await world.close()
  }
}

const show = (browser: Browser, launch: string): Promise<Shown> =>
  watch(browser, async ({ page, requests, noted, until }) => {
    await page.goto(launch)
    const form = await until('what-if')
    const whatIf = new WhatIfPage(page)
    await whatIf.choose('Device or supply', 'CPAP', /E0601/)
    await whatIf.ask.click()
    const [cards, formatted] = [await until('cards'), await until('formatted')]
    const hook = requests.find(({ url, type }) => url.endsWith('/twenty-cards') && type !== 'Preflight')
    if (hook === undefined) throw new Error('No hook was sent.')
    const { navigated, longTasks } = await noted()
    return {
      firstRender: form - navigated,
      cards: cards - hook.end,
      formatted: formatted - hook.end,
      longTasks: longTasks.filter((task) => task.start >= hook.end).length,
    }
  })
