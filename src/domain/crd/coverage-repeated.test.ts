import { describe, expect, it } from 'vitest'
import { coverageAnswers } from './coverage-answer'
import { coverageInformation } from './samples.test-data'

const order = {
  resourceType: 'ServiceRequest',
  id: '1',
  code: { coding: [{ code: '77067', display: 'Mammography' }] },
}
type Part = readonly [string, Readonly<Record<string, unknown>>]

function answerTo(...parts: readonly Part[]) {
  const resource = { ...order, extension: [coverageInformation(...parts)] }
  const [answer] = coverageAnswers([{ type: 'update', resource }], {
    orders: [order],
    coverage: 'Coverage/1',
  })
  if (answer === undefined) throw new Error('no answer')
  return answer
}

describe('nothing of coverage-information is lost', () => {
  it.each(['date', 'expiry-date', 'coverage-assertion-id', 'satisfied-pa-id'])(
    'not a second %s, where one is allowed',
    (name) => {
      const answer = answerTo([name, { valueString: 'first' }], [name, { valueString: 'second' }])
      expect(answer.notStandard).toEqual([{ name: `${name}, again`, value: 'second' }])
      expect(answer.notices).toContain(
        'Part of the answer is not in the standard’s form and was not interpreted.',
      )
    },
  )

  it('nor a code in a form that cannot be read, which says nothing on the first lines', () => {
    const answer = answerTo(['covered', { valueCode: { deep: ['covered'] } }])
    expect(answer.verdict).toEqual({ kind: 'not-stated' })
    expect(answer.notStandard).toEqual([{ name: 'covered', value: 'Given in a form that cannot be shown' }])
  })

  it('nor how many parts there were beyond those that are read', () => {
    const parts = Array.from({ length: 510 }, (): Part => ['reason', { valueString: 'x' }])
    expect(answerTo(...parts).notStandard).toEqual([{ name: 'parts left out', value: '10' }])
  })

  it('and an order that it depends on is named, whether it was asked about or not', () => {
    const answer = answerTo(
      ['dependency', { valueReference: { reference: 'https://ehr.example/fhir/ServiceRequest/1' } }],
      ['dependency', { valueReference: { reference: 'ServiceRequest/other' } }],
    )
    expect(answer.lines.find((line) => line.id === 'applies-if')?.words).toEqual([
      'Only if this order goes ahead too: Mammography (77067)',
      'Only if this order goes ahead too: ServiceRequest/other, which is not part of this question',
    ])
  })
})
