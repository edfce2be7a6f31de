import type { Browser } from 'playwright'
import { watch } from './browser'
import { type Measure, median, repeat, type Section } from './measure'
import { isPreflight, onTheWire, sequentialDepth } from './network'

interface Opened {
  readonly script: number
  readonly style: number
  readonly requests: number
  readonly preflights: number
  readonly depth: number
}

/** From the EHR's launch link to the form: what is loaded, and how often one request waits for another. */
export async function firstScreen(
  browser: Browser,
  title: string,
  screen: 'what-if' | 'member-history',
  launch: string,
): Promise<Section> {
  const runs = await repeat(3, () => open(browser, screen, launch))
  const of = (part: keyof Opened): number => median(runs.map((run) => run[part]))
  const measures: readonly Measure[] = [
    {
      name: 'JavaScript asked for before the form shows',
      value: of('script'),
      unit: 'bytes, gzip',
      target: 'at most 150000',
    },
    { name: 'CSS asked for before the form shows', value: of('style'), unit: 'bytes, gzip' },
    { name: 'Requests from launch to form', value: of('requests'), unit: 'requests' },
    { name: 'CORS preflights among them', value: of('preflights'), unit: 'requests of the browser' },
    { name: 'Sequential round trips from launch to form', value: of('depth'), unit: 'round trips' },
  ]
  return { title, measures }
}

const open = (browser: Browser, screen: string, launch: string): Promise<Opened> =>
  watch(browser, async ({ page, requests, until }) => {
    await page.goto(launch)
    const shown = await until(screen)
    // What was asked for before and comes after counts too: which of two wins that race is chance.
    await page.waitForLoadState('networkidle')
    const before = requests.filter((request) => request.start <= shown)
    const sent = onTheWire(before)
    // The form did not wait for what was still on its way when it stood there.
    const needed = sent.filter((request) => request.end <= shown)
    const bytesOf = (type: string): number =>
      sent.filter((request) => request.type === type).reduce((sum, { bytes }) => sum + bytes, 0)
    return {
      script: bytesOf('Script'),
      style: bytesOf('Stylesheet'),
      requests: sent.length,
      preflights: before.filter(isPreflight).length,
      depth: sequentialDepth(needed),
    }
  })
