import { describe, expect, it } from 'vitest'
import { mri, scenario } from './samples.test-data'
import { applies, type DraftOrder, isCalendarDate, type OrderField, sharedOrders } from './scenario'
import { validate } from './scenario-check'

const fieldsOf = (over: Partial<DraftOrder>): readonly string[] =>
  validate({ ...scenario, orders: [{ ...mri, ...over }] }).map((error) => error.field)

const code = (system: string, value: string) => ({ system, code: value, display: '' })

describe('a scenario', () => {
  it('may be asked when each order says what and by whom', () => {
    expect(validate(scenario)).toEqual([])
  })

  const wrong: readonly (readonly [string, Partial<DraftOrder>, OrderField | 'orders'])[] = [
    ['nothing is ordered', { coding: [] }, 'coding'],
    ['a code has no system', { coding: [code('', 'x')] }, 'coding'],
    ['a code system is no URL', { coding: [code('CPT', 'x')] }, 'coding'],
    ['a code is blank', { coding: [code('http://x', ' ')] }, 'coding'],
    ['a billing code has no system', { billing: [code('', 'x')] }, 'billing'],
    ['a date does not exist', { occurrence: '2026-02-30' }, 'occurrence'],
    ['a date is a moment', { occurrence: '2026-02-03T10:00:00Z' }, 'occurrence'],
    ['a quantity is zero', { quantity: { value: 0 } }, 'quantity'],
    ['a quantity is no number', { quantity: { value: Number.NaN } }, 'quantity'],
    ['a reason is empty', { reasons: [{ coding: [] }] }, 'reasons'],
    ['the requester is only a name', { requester: { display: 'Dr. X' } }, 'requester'],
    ['the requester is a patient', { requester: { reference: 'Patient/1', display: 'X' } }, 'requester'],
    ['the performer has no name', { performer: { display: ' ' } }, 'performer'],
    ['the place is no reference', { location: { reference: 'here', display: 'x' } }, 'location'],
    ['the place of service is no code', { placeOfService: code('x', 'home') }, 'placeOfService'],
    ['an id is not a FHIR id', { id: 'a b' }, 'orders'],
  ]
  it.each(wrong)('may not be asked where %s', (_what, over, field) => {
    expect(fieldsOf(over)).toEqual([field])
  })

  it('asks for the requester, which CRD requires', () => {
    const { requester: _, ...order } = mri
    expect(validate({ ...scenario, orders: [order] })).toEqual([
      { orderId: 'draft-1', field: 'requester', message: 'Choose who would order this.' },
    ])
  })

  it('takes an order in words alone', () => {
    expect(fieldsOf({ coding: [], text: 'Nutrition counselling' })).toEqual([])
  })

  it('does not mind what an order of this kind has no place for', () => {
    expect(fieldsOf({ kind: 'DeviceRequest', placeOfService: code('x', 'home') })).toEqual([])
    expect(applies('DeviceRequest', 'placeOfService')).toBe(false)
  })

  it('needs an order that the payer may hear of', () => {
    expect(validate({ ...scenario, orders: [] })[0]?.field).toBe('orders')
    expect(validate({ ...scenario, orders: [{ ...mri, patientPays: true }] })[0]?.message).toContain(
      'nothing to ask',
    )
  })

  it('neither shares nor checks what the patient pays for', () => {
    const own = { ...mri, id: 'own', coding: [], patientPays: true }
    const both = { ...scenario, orders: [mri, own] }
    expect(validate(both)).toEqual([])
    expect(sharedOrders(both)).toEqual([mri])
  })

  it('needs an id of its own for each order', () => {
    expect(validate({ ...scenario, orders: [mri, mri] })[0]?.field).toBe('orders')
  })

  it.each([
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['26-01-01', false],
  ])('knows whether %s exists', (date, exists) => {
    expect(isCalendarDate(date)).toBe(exists)
  })
})
