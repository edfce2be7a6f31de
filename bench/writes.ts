import type { Browser } from 'playwright'
import { watch } from './browser'
import { REPORT, REVIEW, writeSection } from './hugo'
import { ratio, type Section } from './measure'
import { onTheWire } from './network'

const ANSWER_MS = 50
/** As the generic profile has it. */
const AT_ONCE = 3

/** Hundreds of entries, each with its Provenance and read back, at an EHR that takes its time for each answer. */
export const writeEntries = (browser: Browser, ehr: string): Promise<Section> =>
  watch(
    browser,
    async (watched) => {
      const query = { fault: `slow:${ANSWER_MS}` }
      const run = await writeSection(watched, { ehr, query }, 'Procedures')
      const sent = onTheWire(watched.requests).filter(
        ({ url, start, type }) =>
          /\/fhir\//.test(url) && type !== 'Preflight' && start >= run.clicked && start <= run.reported,
      )
      const ideal = (sent.length / AT_ONCE) * ANSWER_MS
      return {
        title: `Entries at an EHR that takes ${ANSWER_MS} ms for each answer`,
        measures: [
          { name: 'Records', value: run.records, unit: 'records' },
          {
            name: 'Requests for each: it, its Provenance, and a look at it afterwards',
            value: ratio(sent.length, run.records),
            unit: 'requests',
            target: '3',
          },
          {
            name: `From the click to the report, ${AT_ONCE} at a time`,
            value: ratio(run.reported - run.clicked, ideal),
            unit: '× the ideal',
          },
          { name: 'Main-thread tasks over 50 ms', value: run.write.longTasks, unit: 'tasks', target: '0' },
        ],
      }
    },
    [REPORT, REVIEW],
  )
