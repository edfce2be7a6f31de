import { expect, it } from 'vitest'
import { clinicTime, deskDay, freeDay, minutesOf, twoWeeks, workdaysAfter, workdaysBetween } from './calendar'

it('works today from Monday to Friday, and on the Monday after at a weekend', () => {
  expect(deskDay(new Date('2026-11-20T23:00:00Z'))).toBe('2026-11-20')
  expect(deskDay(new Date('2026-11-21T12:00:00Z'))).toBe('2026-11-23')
  expect(deskDay(new Date('2026-11-22T00:00:00Z'))).toBe('2026-11-23')
})

it('has two whole weeks of working days around the desk day, and then a free one', () => {
  const weeks = twoWeeks('2026-11-25')
  expect([weeks.length, weeks[0], weeks[4], weeks[5], weeks[9]]).toEqual([
    10,
    '2026-11-23',
    '2026-11-27',
    '2026-11-30',
    '2026-12-04',
  ])
  expect(freeDay('2026-11-25')).toBe('2026-12-07')
})

it('counts working days over a weekend, there and back', () => {
  expect(workdaysAfter('2026-11-20', 1)).toBe('2026-11-23')
  expect(workdaysAfter('2026-11-20', 5)).toBe('2026-11-27')
  expect(workdaysBetween('2026-11-20', '2026-11-27')).toBe(5)
  expect(workdaysBetween('2026-11-21', '2026-11-23')).toBe(1)
  expect(workdaysBetween('2026-11-20', '2026-11-20')).toBe(0)
})

it('writes the clinic’s wall time with the offset of the season', () => {
  expect(clinicTime('2026-11-23', minutesOf('09:30'))).toBe('2026-11-23T09:30:00-06:00')
  expect(clinicTime('2026-07-01', minutesOf('16:05'))).toBe('2026-07-01T16:05:00-05:00')
})
