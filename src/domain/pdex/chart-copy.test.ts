import { describe, expect, it } from 'vitest'
import type { Page } from '../fhir/bundle'
import type { FhirJson } from '../json'
import type { FhirReader } from '../ports'
import { fail, ok, type Result } from '../result'
import { findCopy } from './chart-copy'
import { isProvenanceOf } from './provenance-entry'
import { simulatedEhr } from './simulated-ehr.testing'
import { carriesIdentifier, identifierToken, sourceIdentifier } from './source-identifier'
import { runWrite } from './write'
import { able, plan, records, states } from './write-scenario.testing'

const URL_OF_OURS = 'https://payer.example/fhir/Condition/c1'
const token = identifierToken(URL_OF_OURS)
const other: FhirJson = { resourceType: 'Condition', id: 'other', subject: { reference: 'Patient/1' } }
const ours: FhirJson = { ...other, id: 'ours', identifier: [sourceIdentifier(URL_OF_OURS)] }
const isOurs = (resource: FhirJson) => carriesIdentifier(resource, token, '1')

const page = (matches: readonly FhirJson[], more: Partial<Page> = {}): Page => ({
  matches,
  includes: [],
  outcomes: [],
  unreadable: 0,
  ...more,
})

/** A chart whose search answers with these pages, one after the other; the last one again and again. */
function chart(...pages: readonly Result<Page>[]): FhirReader & { readonly asked: () => number } {
  let asked = 0
  const answer = () => {
    asked += 1
    return Promise.resolve(pages[Math.min(asked, pages.length) - 1] ?? ok(page([])))
  }
  const unused = () => Promise.reject(new Error('not expected'))
  return {
    name: 'the chart',
    base: 'https://ehr.example/fhir',
    capability: unused,
    read: unused,
    search: answer,
    next: answer,
    asked: () => asked,
  }
}
const find = (reader: FhirReader) => findCopy(reader, 'Condition', [['identifier', token]], isOurs)

describe('our copy in the chart', () => {
  it('is not any record that a chart answers with which leaves the identifier out', async () => {
    expect(await find(chart(ok(page([other]))))).toEqual(ok(undefined))
    expect(await find(chart(ok(page([other, ours]))))).toEqual(ok({ reference: 'Condition/ours' }))
  })

  it('is found on a later page', async () => {
    const reader = chart(ok(page([other], { next: 'a' })), ok(page([ours])))
    expect(await find(reader)).toEqual(ok({ reference: 'Condition/ours' }))
  })

  it('cannot be ruled out where a page has entries that cannot be read, or pages do not end', async () => {
    const endless = chart(ok(page([other], { next: 'a' })))
    for (const reader of [chart(ok(page([other], { unreadable: 1 }))), endless])
      expect(await find(reader)).toMatchObject({ ok: false, problem: { kind: 'malformed' } })
    expect(endless.asked()).toBe(50)
  })

  it('is not looked for any further after a failure', async () => {
    const broken = fail({ kind: 'network', server: 'the chart' })
    expect(await find(chart(broken))).toEqual(broken)
  })

  it('is not one in the chart of another patient', () => {
    expect(carriesIdentifier(ours, token, '1')).toBe(true)
    expect(carriesIdentifier(ours, token, '2')).toBe(false)
  })

  it('is, of Provenance, the one about this entry by this app’s transmitter', () => {
    const type = {
      coding: [
        {
          system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type',
          code: 'transmitter',
        },
      ],
    }
    const provenance = (reference: string, agent: readonly object[]): FhirJson => ({
      resourceType: 'Provenance',
      target: [{ reference }],
      agent,
    })
    expect(isProvenanceOf(provenance('Condition/1/_history/2', [{ type }]), 'Condition/1')).toBe(true)
    expect(isProvenanceOf(provenance('Condition/2', [{ type }]), 'Condition/1')).toBe(false)
    expect(isProvenanceOf(provenance('Condition/1', [{}]), 'Condition/1')).toBe(false)
  })
})

describe('a chart that refuses the search for our copy', () => {
  it('is written to once, without waiting', async () => {
    const ehr = simulatedEhr({ ...able, conditional: false })
    const refusing = {
      ...ehr.dependencies,
      chart: {
        ...ehr.dependencies.chart,
        search: () => Promise.resolve(fail({ kind: 'http', server: 'the chart', status: 400 })),
      },
    }
    const report = await runWrite(plan(ehr), 's1', refusing)
    expect(states(report)).toEqual(['written', 'in-document', 'written', 'in-document', 'written'])
    expect(ehr.waits).toEqual([])
  })
})

describe('a chart that leaves out what it does not know of a search', () => {
  it('gets every record that can be told apart, and is not believed about the others', async () => {
    const searched = simulatedEhr({ ...able, conditional: false, lenient: true })
    const written = await runWrite(plan(searched), 's1', searched.dependencies)
    expect(states(written)).toEqual(['written', 'in-document', 'written', 'in-document', 'written'])
    const conditional = simulatedEhr({ ...able, lenient: true })
    const report = await runWrite(plan(conditional), 's1', conditional.dependencies)
    // The chart took the second Condition for the first: it goes into the document instead of nowhere.
    expect(states(report)[records.length - 1]).not.toBe('existed')
    expect(states(report)).not.toContain('existed')
  })
})
