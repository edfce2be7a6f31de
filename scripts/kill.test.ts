import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestEhr } from '../sandbox/ehr/test-app'
import { text } from '../src/domain/json'
import { runWrite, type WriteReport } from '../src/domain/pdex/write'
import { records } from '../src/domain/pdex/write-scenario.testing'
import { chartNow, Killed, Killer, launchAt, timesKept } from './chart-at-sandbox'

// The EHR of the sandbox over HTTP: another implementation than the app's own picture of a chart.
let ehr: Awaited<ReturnType<typeof startTestEhr>>
beforeAll(async () => {
  ehr = await startTestEhr()
})
afterAll(() => ehr.close())
const reset = () => fetch(`${ehr.url}/_reset`, { method: 'POST' })
beforeEach(reset)

const once = records.map(() => 1)

/** The user starts it, and again after every break, in the same session or, where nothing of it is left, in a new one. */
async function untilEnd(launch: Awaited<ReturnType<typeof launchAt>>, killer?: Killer): Promise<WriteReport> {
  for (let run = 0; run < 40; run += 1) {
    try {
      const report = await runWrite(
        await launch.plan(records),
        's',
        launch.dependencies(run === 0 ? killer : undefined),
      )
      const isOpen = report.records.some(
        (r) => ['failed', 'left', 'unknown'].includes(r.state) && r.question === undefined,
      )
      if (report.ended === 'complete' && !isOpen) return report
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
  }
  throw new Error('it does not come to an end')
}

/** Every entry has its Provenance, and no second one. */
function expectProvenance(stored: Awaited<ReturnType<typeof chartNow>>): void {
  const ours = stored.filter((r) => JSON.stringify(r.identifier ?? '').includes('payer.example'))
  const entries = ours
    .filter((r) => r.resourceType !== 'DocumentReference')
    .map((r) => `${r.resourceType}/${r.id}`)
  const targets = stored
    .filter((r) => r.resourceType === 'Provenance')
    .map((r) => text(r, 'target', 0, 'reference')?.split('/').slice(-2).join('/'))
  expect(targets.filter((target) => entries.includes(target ?? '')).sort()).toEqual([...entries].sort())
}

describe('a write that is killed before, during and after each request and each save of the journal', () => {
  it.each([
    ['full', true],
    ['one-content', true],
    ['no-bundle', false],
    ['text-only', false],
    ['dstu2', false],
  ])(
    'goes on at the EHR %s with every record kept once, with and without its journal',
    async (personality, storesProvenance) => {
      const whole = new Killer(Number.POSITIVE_INFINITY)
      await untilEnd(await launchAt(ehr, personality, { journal: { saved: undefined } }), whole)
      const steps = whole.steps
      expect(steps).toBeGreaterThan(10)
      for (let at = 0; at < steps; at += 1)
        // A session that lost its journal does what a new one does: every third step is enough.
        for (const isNewSession of at % 3 === 0 ? [false, true] : [false]) {
          await reset()
          const journal: { saved: string | undefined } = { saved: undefined }
          const launch = await launchAt(ehr, personality, { journal })
          const killed = runWrite(await launch.plan(records), 's', launch.dependencies(new Killer(at)))
          await expect(killed).rejects.toThrow(Killed)
          if (isNewSession) journal.saved = undefined
          const report = await untilEnd(isNewSession ? await launchAt(ehr, personality, { journal }) : launch)
          const stored = await chartNow(ehr)
          expect(
            timesKept(records, stored, report),
            `step ${at} of ${steps}, new session: ${isNewSession}`,
          ).toEqual(once)
          if (storesProvenance) expectProvenance(stored)
        }
    },
    240_000,
  )
})

describe('a write over a wire that breaks', () => {
  const fault = fc
    .tuple(
      fc.constantFrom(
        'http-429:1',
        'http-500',
        'http-202',
        'drop-before',
        'drop-after',
        'forgets',
        'no-create:403',
        'no-create:405',
        'refuse:400',
        'refuse:409',
        'refuse:412',
        'refuse:413',
        'refuse:415',
        'refuse:422',
        'refuse:503',
      ),
      fc.constantFrom('@Condition', '@Procedure', '@DocumentReference', '@Provenance', ''),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([name, type, times]) => `${name}${type}#${times}`)
  const switches = fc.subarray(['no-conditional-create', 'duplicates'])

  it('ends at every kind of EHR with each record kept once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'full',
          'documents',
          'no-bundle',
          'no-pdf',
          'one-content',
          'rtf',
          'stu3',
          'dstu2',
          'text-only',
        ),
        fc.array(fault, { minLength: 1, maxLength: 4 }),
        switches,
        fc.option(fc.nat(60), { nil: undefined }),
        async (personality, faults, always, killedAt) => {
          await reset()
          const launch = await launchAt(ehr, personality, {
            journal: { saved: undefined },
            fault: [...faults, ...always].join(','),
          })
          const report = await untilEnd(launch, killedAt === undefined ? undefined : new Killer(killedAt))
          timesKept(records, await chartNow(ehr), report).forEach((times, i) => {
            // Accepted for later and then lost: nobody but the user can tell, and is asked.
            const asked = report.records[i]?.question !== undefined
            expect(asked ? Math.max(times, 1) : times).toBe(1)
          })
        },
      ),
      { numRuns: 120 },
    )
  }, 240_000)
})
