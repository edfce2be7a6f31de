import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askToHook } from '../bench/ask'
import { openBrowser } from '../bench/browser'
import { renderCards } from '../bench/cards'
import { askDay } from '../bench/day'
import { writeDocuments } from '../bench/documents'
import { firstScreen } from '../bench/first-screen'
import { historySkipped, largestHistory, readHistory, tenThousand } from '../bench/history'
import { buildHookRequest } from '../bench/hook-request'
import { reconcileLarge } from '../bench/large-reconcile'
import type { Section } from '../bench/measure'
import { fullPrefetch } from '../bench/prefetch'
import { relayEmbedded, relayOnServer } from '../bench/relay'
import { table } from '../bench/report'
import { largestPatient } from '../bench/synthea'
import { compareVariants } from '../bench/variants'
import { writeEntries } from '../bench/writes'
import { buildApp } from './build'
import { root, startStack } from './stack'

const PORT = 6400
const CARDS_PORT = 6410
const RELAY_PORT = 6420

const sections: Section[] = []

async function section(run: () => Promise<Section>): Promise<void> {
  const done = await run()
  sections.push(done)
  console.log(`\n${table([done])}`)
}

console.log('Building the app …')
await buildApp()
await section(buildHookRequest)
await section(fullPrefetch)
await section(compareVariants)
await section(reconcileLarge)
await section(() => relayEmbedded(RELAY_PORT))
await section(() => relayOnServer(RELAY_PORT + 2))
const closers: (() => unknown)[] = []
try {
  const patient = largestPatient()
  closers.push(() => patient?.forget())
  const stack = await startStack({ port: PORT, app: 'built', data: patient?.folders ?? [] })
  closers.push(() => stack.close())
  const browser = await openBrowser()
  closers.push(() => browser.close())
  const launch = `${stack.ehr}/launch?patient=jane-roe&user=moreno`
  const toHistory = `${launch}&intent=member-history`
  await section(() => firstScreen(browser, 'What-if, launched by the EHR', 'what-if', launch))
  await section(() =>
    firstScreen(browser, 'Member history, launched by the EHR', 'member-history', toHistory),
  )
  await section(() => askToHook(browser, launch))
  await section(() => renderCards(browser, CARDS_PORT, { cards: 20, assertions: 0 }))
  await section(() => renderCards(browser, CARDS_PORT + 3, { cards: 50, assertions: 20 }))
  await section(async () =>
    patient ? readHistory(browser, stack, largestHistory(patient.patientId)) : historySkipped,
  )
  await section(() => readHistory(browser, stack, tenThousand))
  await section(() => askDay(browser, stack))
  await section(() => writeEntries(browser, stack.ehr))
  await section(() => writeDocuments(browser, stack.ehr))
} finally {
  for (const close of closers.reverse()) await close()
}
writeFileSync(join(root, 'bench/results.json'), `${JSON.stringify(sections, null, 2)}\n`)
console.log('\nWritten to bench/results.json')
process.exit(0)
