import type { Browser } from 'playwright'
import { WhatIfPage } from '../e2e/pages/what-if'
import { watch } from './browser'
import { type AnswerSize, isOpen, LIST_ITEMS } from './card-payer'
import { startCardWorld } from './card-world'
import { median, ratio, repeat, type Section } from './measure'
import type { Mark } from './probe'

interface Shown {
  /** Milliseconds. */
  readonly firstRender: number
  readonly cards: number
  readonly formatted: number
  readonly longTasks: number
  readonly longest: number
}

/** An answer with many cards, from its last byte to the screen. */
export async function renderCards(browser: Browser, port: number, size: AnswerSize): Promise<Section> {
  const world = await startCardWorld(port, size)
  const { cards, assertions } = size
  const what = `${cards} cards${assertions === 0 ? '' : ` and ${assertions} assertions on coverage`}`
  try {
    const launch = `${world.ehr}/launch?patient=jane-roe&user=moreno`
    const runs = await repeat(5, () => show(browser, launch, size))
    const of = (pick: (run: Shown) => number): number => median(runs.map(pick))
    const unit = '× the app’s own first render'
    return {
      title: `An answer with ${what}`,
      measures: [
        {
          name: `From the answer to ${what} on screen`,
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
        { name: 'Longest main-thread task', value: of((run) => ratio(run.longest, run.firstRender)), unit },
      ],
    }
  } finally {
    await world.close()
  }
}

const show = (browser: Browser, launch: string, size: AnswerSize): Promise<Shown> =>
  watch(
    browser,
    async ({ page, requests, noted, until }) => {
      await page.goto(launch)
      const form = await until('what-if')
      const whatIf = new WhatIfPage(page)
      await whatIf.choose('Device or supply', 'CPAP', /E0601/)
      await whatIf.ask.click()
      const cards = Math.max(await until('cards'), size.assertions === 0 ? 0 : await until('assertions'))
      const formatted = await until('formatted')
      const hook = requests.find(({ url, type }) => url.endsWith('/many-cards') && type !== 'Preflight')
      if (hook === undefined) throw new Error('No hook was sent.')
      const { navigated, longTasks } = await noted()
      const tasks = longTasks.filter((task) => task.start >= hook.end)
      return {
        firstRender: form - navigated,
        cards: cards - hook.end,
        formatted: formatted - hook.end,
        longTasks: tasks.length,
        longest: Math.max(0, ...tasks.map(({ ms }) => ms)),
      }
    },
    marksOf(size),
  )

const ANSWERS = '[aria-label="What the payer says"]'

const marksOf = ({ cards, assertions }: AnswerSize): readonly Mark[] => [
  { name: 'cards', selector: `${ANSWERS} section article`, atLeast: cards },
  { name: 'assertions', selector: `${ANSWERS} .wi-assertion`, atLeast: assertions },
  {
    name: 'formatted',
    selector: '.wi-quoted li',
    atLeast: LIST_ITEMS * Array.from({ length: cards }, (_, i) => i).filter(isOpen).length,
  },
]
