import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysLeft, lastDayToAsk, leadTime } from './lead-time'

const found = (text: string) => {
  const lead = leadTime([text])
  return lead && `${lead.days} ${lead.unit}`
}

describe('the time that authorization takes', () => {
  it.each([
    ['Prior authorization takes up to 5 working days.', '5 working'],
    ['Allow 3-5 business days for approval.', '5 working'],
    ['Authorisation is decided in 14 calendar days.', '14 calendar'],
    ['We approve within two weeks.', '14 calendar'],
    ['Authorization takes three days; urgent authorization one day.', '3 calendar'],
    ['Allow 10 working days for authorization. Plan ahead.', '10 working'],
  ])('is read from %j', (text, expected) => {
    expect(found(text)).toBe(expected)
  })

  it.each([
    'Authorization is needed.',
    'An authorization is valid for 60 days.',
    'The copay is due within 5 days.',
    'Appeal within 30 days of a refused authorization.',
    'Authorization is needed. The stay is two days.',
    'Authorization takes 0 days.',
  ])('is not guessed from %j', (text) => {
    expect(found(text)).toBeUndefined()
  })

  it('leaves exactly its days between the last day to ask and the day of the service', () => {
    const day = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const weekday = day.filter((each) => ![0, 6].includes(new Date(each).getUTCDay()))
    fc.assert(
      fc.property(
        weekday,
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('working', 'calendar'),
        (date, days, unit) => {
          expect(daysLeft(lastDayToAsk(date, { days, unit }), date, unit)).toBe(days)
        },
      ),
    )
  })
})
