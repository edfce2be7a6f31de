import { describe, expect, it } from 'vitest'
import { type About, emptyForm, type FormValues } from '../form-values'
import { labelOf } from './alternatives'
import { applyChange, type Change, changesNothing, sameAs } from './change'
import { changeWords } from './change-words'
import { aspectLabel, offeredAspects } from './offered-aspects'

const empty = emptyForm('2026-11-20', () => 'id')
const about = (which: About): FormValues => ({
  ...empty,
  about: which,
  appointment: { ...empty.appointment, basedOn: 'described' },
})
const forms: readonly (readonly [string, FormValues, readonly string[]])[] = [
  ['a service', about('order'), ['Ordered', 'Place of service', 'Performed by', 'Where', 'When', 'How many']],
  [
    'a medicine',
    { ...about('order'), kind: 'MedicationRequest' },
    ['Ordered', 'Brand or generic', 'Performed by', 'When', 'How many', 'Dosage'],
  ],
  [
    'an appointment without an order',
    { ...empty, about: 'appointment' },
    ['Day', 'Time', 'With', 'At', 'Appointment for'],
  ],
  ['a visit', about('visit'), ['Kind of visit', 'Where the patient is seen', 'Begins', 'With', 'At']],
  ['a visit of the chart', { ...empty, about: 'visit', visit: { ...empty.visit, real: 'v1' } }, []],
  [
    'sending an order out',
    { ...empty, about: 'dispatch', dispatch: { ...empty.dispatch, isNew: false } },
    ['Sent to'],
  ],
]

describe('what can be different', () => {
  it.each(forms)('in %s is what the form asks for, and the coverage', (_, form, labels) => {
    expect(offeredAspects(form).map(aspectLabel)).toEqual([...labels, 'Coverage'])
  })

  it.each(forms)('in %s is put into the form and read from it again, and nothing else changes', (_, form) => {
    for (const aspect of offeredAspects(form)) {
      const same = sameAs(form, aspect)
      expect(applyChange(form, same)).toEqual(form)
      expect(changesNothing(form, same)).toBe(true)
      const change = other(same)
      const changed = applyChange(form, change)
      expect(sameAs(changed, aspect)).toEqual(change)
      expect(changesNothing(form, change)).toBe(false)
      for (const untouched of offeredAspects(form).filter((each) => each !== aspect))
        expect(sameAs(changed, untouched)).toEqual(sameAs(form, untouched))
    }
  })

  it('keeps days in their order', () => {
    const [booked, begun] = [
      applyChange(empty, { aspect: 'appointment-day', text: '2026-12-24' }),
      applyChange(
        { ...empty, visit: { ...empty.visit, end: '2026-11-22' } },
        { aspect: 'visit-start', text: '2026-12-24' },
      ),
    ]
    expect(booked.appointment).toMatchObject({ day: '2026-12-24', until: '2026-12-24' })
    expect(begun.visit).toMatchObject({ start: '2026-12-24', end: '' })
  })
})

describe('the name of an alternative', () => {
  const name = (id: string) => (id === '' ? 'the likely primary one' : `Plan ${id}`)
  it.each<readonly [Change, string]>([
    [{ aspect: 'place', text: '11' }, 'Place of service: Office'],
    [{ aspect: 'place', text: '' }, 'Place of service: Not stated'],
    [{ aspect: 'when', text: '2026-12-24' }, 'When: 24-Dec-2026'],
    [{ aspect: 'generic', text: 'true' }, 'Brand or generic: As written: no generic in its place'],
    [{ aspect: 'coverage', text: 'c2' }, 'Coverage: Plan c2'],
    [{ aspect: 'performer', party: { text: ' Dr. Wu ', reference: null } }, 'Performed by: Dr. Wu'],
    [
      {
        aspect: 'what',
        kind: 'DeviceRequest',
        entry: { text: 'CPAP', item: { label: 'CPAP device', coding: [], source: 'preset' } },
      },
      'Ordered: CPAP device',
    ],
  ])('is what is different in words', (change, words) => {
    expect(changeWords(change, name)).toBe(words)
  })

  it('is a number as long as nothing is different', () => {
    expect(labelOf(empty, { id: 'a', changes: [sameAs(empty, 'when')] }, 3, name)).toBe('Alternative 3')
  })
})

function other(change: Change): Change {
  if ('entry' in change) return { ...change, entry: { text: 'Something else', item: null } }
  if ('party' in change) return { ...change, party: { text: 'Somebody else', reference: null } }
  return { ...change, text: change.aspect === 'generic' ? 'true' : '2031-01-01' }
}
