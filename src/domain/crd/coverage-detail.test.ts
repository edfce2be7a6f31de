import { describe, expect, it } from 'vitest'
import { type CoverageAnswer, coverageAnswers } from './coverage-answer'
import { detailWords } from './coverage-codes'
import { coverageInformation } from './samples.test-data'

type Part = readonly [string, Readonly<Record<string, unknown>>]

function answerTo(...parts: readonly Part[]): CoverageAnswer {
  const resource = { resourceType: 'ServiceRequest', id: '1', extension: [coverageInformation(...parts)] }
  const [answer] = coverageAnswers([{ type: 'update', resource }], { orders: [], coverage: 'Coverage/c1' })
  if (answer === undefined) throw new Error('no answer')
  return answer
}

const code = (name: string, value: string): Part => [name, { valueCode: value }]
const line = (answer: CoverageAnswer, id: string) => answer.lines.find((each) => each.id === id)?.words

describe('details and contacts of coverage-information', () => {
  const values: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['boolean', { valueBoolean: true }, 'Yes'],
    ['string', { valueString: 'ask first' }, 'ask first'],
    ['Quantity', { valueQuantity: { value: 20, unit: '%', comparator: '<' } }, '< 20 %'],
    ['Period', { valuePeriod: { start: '2026-01-01', end: '2026-06-30' } }, '2026-01-01 to 2026-06-30'],
    ['url', { valueUrl: 'https://acme.example/p' }, 'https://acme.example/p'],
    ['Money', { valueMoney: { value: 30, currency: 'USD' } }, '30 USD'],
    ['Range', { valueRange: { low: { value: 1 }, high: { value: 3, unit: 'd' } } }, '1 to 3 d'],
    ['CodeableConcept', { valueCodeableConcept: { text: 'Tier 2' } }, 'Tier 2'],
    ['integer', { valueInteger: 3 }, '3'],
    ['something unknown', { valueSampledData: { origin: {} } }, 'Given in a form that cannot be shown'],
  ]
  it.each(values)('puts a detail of type %s into words', (_type, value, words) => {
    const detail = {
      extension: [
        { url: 'category', valueCode: 'cat-limitation' },
        { url: 'code', valueCodeableConcept: { coding: [{ code: 'allowed-quantity' }] } },
        { url: 'value', ...value },
        { url: 'qualification', valueString: 'a year' },
      ],
    }
    const answer = answerTo(code('covered', 'covered'), ['detail', detail])
    expect(answer.details[0]).toMatchObject({ value: words, category: 'limitation', qualification: 'a year' })
    expect(line(answer, 'applies-if')).toEqual([`Largest quantity: ${words} (a year)`])
  })

  it.each(Object.entries(detailWords))('has words for the detail %s', (value, words) => {
    const extension = [
      { url: 'code', valueCodeableConcept: { coding: [{ code: value }] } },
      { url: 'value', valueBoolean: true },
    ]
    expect(answerTo(['detail', { extension }]).details[0]?.label).toEqual({ code: value, words, known: true })
  })

  it('links a policy only where the address is safe', () => {
    const detail = (valueUrl: string): Part => [
      'detail',
      {
        extension: [
          { url: 'code', valueCodeableConcept: { coding: [{ code: 'policy-link' }] } },
          { url: 'value', valueUrl },
        ],
      },
    ]
    expect(answerTo(detail('https://acme.example/p')).details[0]?.href).toBe('https://acme.example/p')
    expect(answerTo(detail('http://acme.example/p')).details[0]?.href).toBeUndefined()
  })

  it('reads contacts of all versions', () => {
    const point = { system: 'phone', value: '800 555 0142' }
    const answer = answerTo(
      ['contact', { valueContactPoint: point }],
      [
        'contact',
        {
          valueContactDetail: {
            name: 'Provider line',
            telecom: [point, { system: 'email', value: 'a@b.example' }],
          },
        },
      ],
    )
    expect(answer.contacts).toEqual([
      { system: 'phone', value: '800 555 0142', href: 'tel:8005550142' },
      { name: 'Provider line', system: 'phone', value: '800 555 0142', href: 'tel:8005550142' },
      { name: 'Provider line', system: 'email', value: 'a@b.example', href: 'mailto:a@b.example' },
    ])
  })
})
