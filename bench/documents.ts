import type { Browser } from 'playwright'
import { watch } from './browser'
import { REPORT, REVIEW, type Written, writeSection } from './hugo'
import type { Measure, Section } from './measure'

/** Each form by an EHR that takes all of them, and of which the site knows that it takes this one. */
const FORMS = [
  ['FHIR document and PDF', { attachments: ['bundle', 'pdf'] }],
  ['PDF', { attachments: ['pdf'] }],
  ['HTML', { attachments: ['html'] }],
  ['RTF', { attachments: ['rtf'] }],
  ['ASCII text', { attachments: ['text'] }],
] as const

/** A thousand records as one document in each form: made, sent, read back and reported, while the page stays usable. */
export async function writeDocuments(browser: Browser, ehr: string): Promise<Section> {
  const measures: Measure[] = []
  for (const [form, profile] of FORMS) {
    // What the form before left in the chart would not be written again.
    await fetch(`${ehr}/_reset`, { method: 'POST', body: '{}' })
    const run = await watch(
      browser,
      (watched) => writeSection(watched, { ehr, query: { personality: 'documents' }, profile }, 'Claims'),
      [REPORT, REVIEW],
    )
    measures.push(...formMeasures(form, run))
  }
  return { title: 'A thousand records as one document', measures }
}

const formMeasures = (form: string, { records, review, write }: Written): readonly Measure[] => [
  { name: `${form}: records`, value: records, unit: 'records' },
  {
    name: `${form}: main-thread tasks over 50 ms while it is made and sent`,
    value: write.longTasks,
    unit: 'tasks',
    target: '0',
  },
  { name: `${form}: main-thread tasks over 50 ms in the review`, value: review.longTasks, unit: 'tasks' },
]
