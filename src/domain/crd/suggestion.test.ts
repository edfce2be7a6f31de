import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import type { Action } from './cds-response'
import { coverageInformation } from './samples.test-data'
import {
  applied,
  apply,
  brace,
  byId,
  create,
  knee,
  nested,
  remove,
  update,
  worldOf,
  xray,
} from './suggestion.test-data'

describe('applying a suggestion to the hypothetical question', () => {
  it('changes an order in place and says so in words, before and after', () => {
    const outcome = applied(apply([update({ ...knee, occurrenceDateTime: '2027-01-05' })]))
    expect(outcome.resources.map((each) => each.id)).toEqual(['mri', 'brace'])
    expect(outcome.changes).toEqual([
      {
        kind: 'changed',
        name: 'MRI of the knee (73721)',
        before: 'ServiceRequest/mri',
        after: 'ServiceRequest/mri',
        rows: [{ label: 'When', before: '01-Dec-2026', after: '05-Jan-2027' }],
        notes: [],
      },
    ])
  })

  it('reads one out and one of its type in as one change, in its place, with a new id', () => {
    const outcome = applied(apply([create(xray), remove('ServiceRequest/mri')], worldOf([knee])))
    expect(outcome.resources.map((each) => each.id)).toEqual(['new-1'])
    expect(outcome.changes).toMatchObject([
      {
        kind: 'replaced',
        before: 'ServiceRequest/mri',
        after: 'ServiceRequest/new-1',
        rows: [{ label: 'What', before: 'MRI of the knee (73721)', after: 'X-ray of the knee (73560)' }],
      },
    ])
  })

  it('leads references between created resources to their new ids, however they are written', () => {
    const based = (reference: string): FhirJson => ({ ...brace, id: 'BBB', basedOn: [{ reference }] })
    for (const reference of [
      'ServiceRequest/AAA',
      'http://example.org/ServiceRequest/AAA',
      'ServiceRequest/AAA/_history/1',
      'urn:uuid:AAA',
    ]) {
      const { resources } = applied(apply([create(based(reference)), create(xray)]))
      expect(byId(resources, 'new-1')?.basedOn, reference).toEqual([{ reference: 'ServiceRequest/new-2' }])
      // What is referred to stands first (dev-23).
      expect(resources.map((each) => each.id)).toEqual(['mri', 'brace', 'new-2', 'new-1'])
    }
  })

  it('rewrites references in what it changes as well, and leaves those to older resources alone', () => {
    const changed = {
      ...brace,
      basedOn: [{ reference: 'ServiceRequest/AAA' }],
      encounter: { reference: 'Encounter/1' },
    }
    const { resources } = applied(apply([update(changed), create(xray)]))
    expect(byId(resources, 'brace')).toMatchObject({
      basedOn: [{ reference: 'ServiceRequest/new-1' }],
      encounter: { reference: 'Encounter/1' },
    })
  })

  it('ends a reference to something that is not created here, so that it never leads to a record of that id', () => {
    const task: FhirJson = { resourceType: 'Task', id: '1' }
    const withTask = { ...xray, supportingInfo: [{ reference: 'Task/1' }] }
    const outcome = applied(apply([create(task), create(withTask)]))
    expect(outcome.resources.at(-1)?.supportingInfo).toEqual([{ display: 'Not part of this question' }])
    expect(outcome.notApplied).toHaveLength(1)
  })

  it('keeps what is proposed hypothetical: a draft, for this patient, without an earlier answer or narrative', () => {
    const proposed = {
      ...xray,
      status: 'active',
      text: { div: '<div>x</div>' },
      meta: { versionId: '4' },
      extension: [coverageInformation(['covered', { valueCode: 'covered' }]), { url: 'x', valueString: 'y' }],
    }
    const outcome = applied(apply([create(proposed)]))
    const made = outcome.resources.at(-1)
    expect(made).toMatchObject({ status: 'draft', subject: { reference: 'Patient/p1' } })
    expect(made?.extension).toEqual([{ url: 'x', valueString: 'y' }])
    expect(made).not.toHaveProperty('text')
    expect(made).not.toHaveProperty('meta')
    expect(outcome.changes[0]?.notes).toEqual(['The payer proposes it as “active”. Here it stays a draft.'])
  })

  it('makes an appointment a proposed one, and fills in whom an order is for where nobody is named', () => {
    const { subject: _subject, ...anonymous } = xray
    const appointment: FhirJson = {
      resourceType: 'Appointment',
      id: 'a',
      status: 'booked',
      start: '2026-12-01T10:30:00Z',
    }
    const { resources } = applied(apply([create(anonymous as FhirJson), create(appointment)]))
    expect(resources.at(-2)?.subject).toEqual({ reference: 'Patient/p1' })
    expect(resources.at(-1)?.status).toBe('proposed')
  })

  it('notes a conditional create', () => {
    const outcome = applied(apply([create(xray, { ifNoneExist: 'code=73560' })]))
    expect(outcome.changes[0]?.notes[0]).toContain('code=73560')
  })

  it('tells changes that no line has words for', () => {
    const outcome = applied(apply([update({ ...knee, priority: 'urgent' })]))
    expect(outcome.changes[0]?.rows).toEqual([
      { label: 'Other parts', before: 'As asked', after: 'Changed: priority' },
    ])
  })

  it('repeats no name that is none', () => {
    const changed = applied(apply([update({ ...knee, '<b>x</b>': 1 })]))
    expect(changed.changes[0]?.rows[0]?.after).toBe('Changed: others')
    const odd = apply([create({ resourceType: '<b>x</b>' })])
    expect(odd.kind === 'unchanged' && odd.notApplied[0]?.sentence).toMatch(
      /^Would add a record in the chart/,
    )
  })

  it('tells of an order that still refers to one that is taken out', () => {
    const outcome = applied(apply([remove('https://ehr.example/fhir/ServiceRequest/mri')]))
    expect(outcome.changes.map((each) => [each.kind, each.notes.length])).toEqual([
      ['removed', 0],
      ['changed', 1],
    ])
  })

  it.each(['Coverage', 'Task', 'Questionnaire', 'Encounter', 'Patient', 'constructor'])(
    'shows what it would do to a %s and applies nothing',
    (resourceType) => {
      const resource = { resourceType, id: '1' }
      for (const action of [create(resource), update(resource), remove(`${resourceType}/1`)]) {
        if (resourceType === 'constructor' && action.type === 'delete') continue
        const outcome = apply([action])
        expect(outcome).toMatchObject({ kind: 'unchanged', notApplied: [{}] })
      }
    },
  )

  const refusals: readonly (readonly [string, readonly Action[]])[] = [
    ['an order that was not asked about', [update({ ...knee, id: 'other' })]],
    ['a change without an id', [update({ ...knee, id: undefined } as unknown as FhirJson)]],
    ['the removal of an unknown order', [remove('ServiceRequest/other')]],
    ['the removal of something without a type', [remove('nothing')]],
    ['another patient', [create({ ...xray, subject: { reference: 'Patient/p2' } })]],
    [
      'another patient at a foreign server',
      [create({ ...xray, subject: { reference: 'https://x.example/Patient/p2' } })],
    ],
    ['another patient deep inside', [create({ ...xray, supportingInfo: [{ reference: 'Patient/p2' }] })]],
    ['what is nested beyond any order', [create({ ...xray, contained: nested(20_000) })]],
    ['a patient that cannot be checked', [create({ ...xray, subject: { display: 'Jane' } })]],
    ['a change and a removal of the same', [update(knee), remove('ServiceRequest/mri')]],
    ['the same changed twice', [update(knee), update(knee)]],
    [
      'an ambiguous reference',
      [create(xray), create(xray), create({ ...brace, basedOn: [{ reference: 'ServiceRequest/AAA' }] })],
    ],
  ]
  it.each(refusals)('refuses %s, wholly and with a reason', (_what, actions) => {
    const outcome = apply([create({ ...xray, id: 'fine' }), ...actions])
    if (outcome.kind !== 'refused') throw new Error(JSON.stringify(outcome))
    expect(outcome.reasons.every((reason) => reason.length > 10)).toBe(true)
  })
})
