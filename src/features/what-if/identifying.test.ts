import { describe, expect, it } from 'vitest'
import { markIdentifying } from './identifying'

const marked = (value: unknown): string =>
  markIdentifying(JSON.stringify(value, null, 2))
    .filter((part) => part.isIdentifying)
    .map((part) => part.text)
    .join('')

describe('what tells who the patient is', () => {
  const request = {
    hook: 'order-sign',
    context: { userId: 'Practitioner/1', patientId: 'p1' },
    prefetch: {
      patient: { resourceType: 'Patient', name: [{ family: 'Roe' }], birthDate: '1965-07-14' },
      coverage: { entry: [{ resource: { status: 'active', subscriberId: 'W1', order: 1 } }] },
    },
    after: 'order',
  }

  it('is marked, with all that is inside of it', () => {
    for (const secret of ['p1', 'Roe', '1965-07-14', 'W1']) expect(marked(request)).toContain(secret)
  })

  it('nothing else is', () => {
    for (const plain of ['order-sign', 'Practitioner/1', 'active', 'after'])
      expect(marked(request)).not.toContain(plain)
  })

  it('the text stays as it is', () => {
    const json = JSON.stringify(request, null, 2)
    expect(
      markIdentifying(json)
        .map((part) => part.text)
        .join(''),
    ).toBe(json)
  })
})
