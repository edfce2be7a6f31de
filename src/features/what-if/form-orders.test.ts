import { describe, expect, it } from 'vitest'
import { addOrder, editOrder, nameOf, takeOut } from './form-orders'
import { emptyForm, type FormValues, isPaidByPatient, ordersOf, readForm } from './form-values'

const counted = () => {
  let ids = 0
  return () => {
    ids += 1
    return `id-${ids}`
  }
}

const item = (label: string) => ({
  text: label,
  item: { label, coding: [{ system: 'http://x', code: label, display: label }], source: 'typed' as const },
})

/** A form with orders A, B, C; C is being described. */
function three(): FormValues {
  const newId = counted()
  const named = (values: FormValues, name: string): FormValues => ({
    ...values,
    what: { ...values.what, ServiceRequest: item(name) },
  })
  const a = named(emptyForm('2026-11-21', newId), 'A')
  const b = named(addOrder(a, newId()), 'B')
  return named(addOrder(b, newId()), 'C')
}

const names = (values: FormValues) => ordersOf(values).map(nameOf)

describe('several orders in one question', () => {
  it('stand in the order in which they were added, each with an id of its own', () => {
    const values = three()
    expect(names(values)).toEqual(['A', 'B', 'C'])
    expect(new Set(ordersOf(values).map((order) => order.id)).size).toBe(3)
    expect(nameOf(values)).toBe('C')
  })

  it('keep their places when another is described', () => {
    const values = editOrder(three(), 0)
    expect(nameOf(values)).toBe('A')
    expect(names(values)).toEqual(['A', 'B', 'C'])
    expect(names(editOrder(values, 1))).toEqual(['A', 'B', 'C'])
    expect(editOrder(values, 7)).toBe(values)
  })

  it('are taken out one by one; the last one stays', () => {
    const values = three()
    expect(names(takeOut(values, 2))).toEqual(['A', 'B'])
    expect(nameOf(takeOut(values, 2))).toBe('B')
    const first = takeOut(values, 0)
    expect([names(first), nameOf(first)]).toEqual([['B', 'C'], 'C'])
    const middle = takeOut(editOrder(values, 1), 1)
    expect([names(middle), nameOf(middle)]).toEqual([['A', 'C'], 'C'])
    const last = takeOut(takeOut(values, 0), 0)
    expect(takeOut(last, 0)).toBe(last)
    expect(names(last)).toEqual(['C'])
  })

  it('come back from storage as they were', () => {
    const values = editOrder(three(), 1)
    expect(readForm(JSON.parse(JSON.stringify(values)), '2027-01-01', counted())).toEqual(values)
    const odd = { ...values, others: 'x', position: 9 }
    expect(readForm(odd, '2027-01-01', counted()).position).toBe(0)
  })
})

describe('what the patient pays for', () => {
  it('leaves nothing to ask about only where every order is paid so', () => {
    const values = three()
    expect(isPaidByPatient({ ...values, patientPays: true })).toBe(false)
    const all = {
      ...values,
      patientPays: true,
      others: values.others.map((o) => ({ ...o, patientPays: true })),
    }
    expect(isPaidByPatient(all)).toBe(true)
    expect(isPaidByPatient({ ...all, about: 'visit', patientPays: false })).toBe(false)
    expect(isPaidByPatient({ ...all, about: 'visit' })).toBe(true)
    const dispatch = { ...all.dispatch, isNew: true, existing: ['ServiceRequest/1'] }
    expect(isPaidByPatient({ ...all, about: 'dispatch', dispatch })).toBe(false)
    expect(isPaidByPatient({ ...all, about: 'dispatch', dispatch: { ...dispatch, existing: [] } })).toBe(true)
  })
})
