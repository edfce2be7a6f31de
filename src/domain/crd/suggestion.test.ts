/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { type Action, readResponse } from './cds-response'
import { coverageInformation } from './samples.test-data'
import { applySuggestions, type SuggestionOutcome, type SuggestionWorld } from './suggestion'

const knee: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'mri',
  status: 'draft',
  intent: 'order',
  code: { coding: [{ system: 'cpt', code: '73721', display: 'MRI of the knee' }] },
  subject: { reference: 'Patient/p1' },
  occurrenceDateTime: '2026-12-01',
}
const brace: FhirJson = {
  resourceType: 'DeviceRequest',
  id: 'brace',
  status: 'draft',
  intent: 'order',
  codeCodeableConcept: { text: 'Knee brace' },
  subject: { reference: 'Patient/p1' },
  basedOn: [{ reference: 'ServiceRequest/mri' }],
}
const xray: FhirJson = {
  resourceType: 'ServiceRequest',
  id: 'AAA',
  status: 'draft',
  intent: 'order',
  code: { coding: [{ system: 'cpt', code: '73560', display: 'X-ray of the knee' }] },
  subject: { reference: 'https://elsewhere.example/fhir/Patient/p1' },
  occurrenceDateTime: '2026-12-01',
}

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

const create = (resource: FhirJson, over: object = {}): Action => ({ type: 'create', resource, ...over })
const update = (resource: FhirJson): Action => ({ type: 'update', resource })
const remove = (...targets: readonly string[]): Action => ({ type: 'delete', targets })

function worldOf(resources: readonly FhirJson[] = [knee, brace]): SuggestionWorld {
  let count = 0
  return {
    resources,
    patientId: 'p1',
    fhirBase: 'https://ehr.example/fhir',
    newId: () => `new-${++count}`,
  }
}

const suggestion = (key: string, actions: readonly Action[]) => ({
  key,
  label: key,
  isRecommended: false,
  actions,
})

function apply(actions: readonly Action[], world = worldOf()): SuggestionOutcome {
  return applySuggestions({ suggestions: [suggestion('s', actions)] }, ['s'], world)
}

function applied(outcome: SuggestionOutcome): SuggestionOutcome & { readonly kind: 'applied' } {
  if (outcome.kind !== 'applied') throw new Error(`not applied: ${JSON.stringify(outcome)}`)
  return outcome
}

const byId = (resources: readonly FhirJson[], id: string): FhirJson | undefined =>
  resources.find((each) => each.id === id)

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

describe('choosing suggestions', () => {
  const two = [
    suggestion('a', [remove('ServiceRequest/mri'), create(xray)]),
    suggestion('b', [remove('ServiceRequest/mri'), create({ ...xray, id: 'CCC' })]),
    suggestion('c', [update({ ...knee, occurrenceDateTime: '2027-01-01' })]),
    suggestion('d', [update({ ...knee, occurrenceDateTime: '2027-02-01' })]),
  ]
  const choose = (keys: readonly string[], selectionBehavior?: 'any' | 'at-most-one') =>
    applySuggestions({ suggestions: two, ...(selectionBehavior && { selectionBehavior }) }, keys, worldOf())

  it('takes one only where the card allows one, or does not say', () => {
    expect(choose(['a', 'b'], 'at-most-one').kind).toBe('refused')
    expect(choose(['a', 'b']).kind).toBe('refused')
    expect(choose(['a'], 'at-most-one').kind).toBe('applied')
  })

  it('takes several where any may be chosen: two that replace the same order give both', () => {
    const { resources } = applied(choose(['b', 'a'], 'any'))
    expect(resources.map((each) => each.id).sort()).toEqual(['brace', 'new-1', 'new-2'])
  })

  it.each([[['c', 'd']], [['a', 'c']]])('refuses %j, which contradict each other', (keys) => {
    expect(choose(keys, 'any').kind).toBe('refused')
  })

  it('refuses a key that is not of this card; none chosen changes nothing', () => {
    expect(choose(['z'], 'any').kind).toBe('refused')
    expect(choose([], 'any')).toEqual({ kind: 'unchanged', notApplied: [] })
  })

  it('leaves the list that it was given as it was, so that it can be undone', () => {
    const world = worldOf()
    const before = structuredClone(world.resources)
    applySuggestions({ suggestions: two, selectionBehavior: 'any' }, ['a', 'b'], world)
    expect(world.resources).toEqual(before)
  })
})

const folder = '../shared/fixtures/crd-2.1.0'
const isAbsent = !existsSync(folder)
const cardsOf = (name: string) => {
  const response = readResponse(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')), 'x')
  if (!response.ok) throw new Error('not readable')
  return response.value.cards
}

describe('suggestions of the CRD guide', () => {
  const world = worldOf([
    { ...knee, id: '2468', subject: { reference: 'Patient/123' } },
    { resourceType: 'MedicationRequest', id: '2222', subject: { reference: 'Patient/123' } },
  ])

  it.skipIf(isAbsent)('rental to purchase: one order out, two in, the device built on the new order', () => {
    const card = cardsOf('CRDServiceResponse').find((each) => each.suggestions.length > 0)
    if (card === undefined) throw new Error('no card')
    const outcome = applied(
      applySuggestions(card, [card.suggestions[0]?.key ?? ''], { ...world, patientId: '123' }),
    )
    const device = outcome.resources.find((each) => each.resourceType === 'DeviceRequest')
    const order = outcome.resources.find((each) => each.resourceType === 'ServiceRequest')
    expect(device?.basedOn).toEqual([{ reference: `ServiceRequest/${order?.id}` }])
    expect(outcome.changes.map((each) => each.kind)).toEqual(['replaced', 'added'])
  })

  it.skipIf(isAbsent)('medicines: each suggestion is either applied, or shown and not applied', () => {
    const kinds = cardsOf('CRDServiceResponse2').flatMap((card) =>
      card.suggestions.map((each) => applySuggestions(card, [each.key], { ...world, patientId: '123' }).kind),
    )
    expect(kinds).toEqual(['applied', 'applied', 'unchanged', 'unchanged'])
  })

  it.skipIf(isAbsent)(
    'never throw, touch another order unseen, or leave the hypothetical, whatever is put in them',
    () => {
      const cards = [...cardsOf('CRDServiceResponse'), ...cardsOf('CRDServiceResponse2')].filter(
        (card) => card.suggestions.length > 0,
      )
      fc.assert(
        fc.property(
          fc.constantFrom(...cards),
          fc.dictionary(
            fc.constantFrom(
              'id',
              'status',
              'subject',
              'basedOn',
              'code',
              'extension',
              '__proto__',
              'dispenseRequest',
            ),
            fc.anything(),
          ),
          (card, over) => {
            const suggestions = card.suggestions.map((each) => ({
              ...each,
              actions: each.actions.map((action) =>
                action.type === 'delete'
                  ? action
                  : {
                      ...action,
                      resource: {
                        ...action.resource,
                        ...over,
                        id: typeof over.id === 'string' ? over.id : 'x',
                      },
                    },
              ),
            }))
            const outcome = applySuggestions(
              { suggestions, selectionBehavior: 'any' },
              suggestions.map((each) => each.key),
              { ...world, patientId: '123' },
            )
            if (outcome.kind !== 'applied') return
            for (const each of outcome.resources.slice(0)) expect(['draft', undefined]).toContain(each.status)
            const told = new Set(outcome.changes.flatMap((each) => [each.before, each.after]))
            for (const each of outcome.resources)
              if (!world.resources.includes(each)) expect(told).toContain(`${each.resourceType}/${each.id}`)
          },
        ),
        { numRuns: 300 },
      )
    },
  )
})
