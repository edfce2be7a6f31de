import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { examples, guides, isThere } from './crd/guide-profiles.test-data'
import { redact } from './redact'

/** What R4 finds wrong, but for a primitive that is masked, which this validator takes for missing. */
const faults = (resource: unknown): readonly string[] =>
  new Fhir()
    .validate(JSON.parse(JSON.stringify(resource)), { errorOnUnexpected: true })
    .messages.filter((each) => each.severity === 'error' || each.severity === 'fatal')
    .map((each) => `${each.location} ${each.message}`)
    .filter((each) => !/^CommunicationRequest\.payload.*content\[x\]/.test(each))

/** Where words are left: who gives care, who pays, what a device is. */
const mayHaveWords =
  /^(Practitioner|Organization|Location|Endpoint|Questionnaire|Device|HealthcareService)\.|^Coverage\.class\.name$|\.unit$|^MedicationRequest\.extension\.extension\.valueContactDetail\.name$/

/** Elements whose text has blanks in it. */
function worded(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') return /\s/.test(value) ? [path] : []
  if (Array.isArray(value)) return value.flatMap((each) => worded(each, path))
  if (typeof value !== 'object' || value === null) return []
  const type = (value as { readonly resourceType?: unknown }).resourceType
  const here = typeof type === 'string' ? type : path
  return Object.entries(value).flatMap(([name, child]) => worded(child, `${here}.${name}`))
}

describe.each([...guides, '../shared/ig/us-core-6.1.0.tgz'])('the examples of %s', (guide) => {
  it.skipIf(!isThere(guide))('stay valid when they are de-identified, and keep no words', () => {
    const all = examples(guide)
    expect(all.length).toBeGreaterThan(10)
    for (const resource of all) {
      const { value } = redact(resource)
      const before = faults(resource)
      expect(faults(value).filter((each) => !before.includes(each))).toEqual([])
      expect(worded(value, '').filter((path) => !mayHaveWords.test(path))).toEqual([])
    }
  })
})
