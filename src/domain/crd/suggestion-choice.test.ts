/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readResponse } from './cds-response'
import { applySuggestions } from './suggestion'
import { applied, create, knee, remove, suggestion, update, worldOf, xray } from './suggestion.test-data'

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
