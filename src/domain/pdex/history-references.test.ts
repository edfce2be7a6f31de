import { describe, expect, it, vi } from 'vitest'
import { ok } from '../result'
import { type HistorySnapshot, historyReading } from './history'
import { base, bundle, http, member, payerWith, record } from './paged-payer.testing'

/** Reads a history, and waits until nothing changes any more. */
async function named(
  answers: Parameters<typeof payerWith>[0],
): Promise<{ readonly last: HistorySnapshot; readonly asked: readonly string[] }> {
  const { reader, asked } = payerWith(answers)
  let last: HistorySnapshot | undefined
  const reading = historyReading({ reader, member, onChange: (snapshot) => (last = snapshot) })
  await reading.read()
  let before = -1
  await vi.waitFor(() => {
    const settled = asked.length === before
    before = asked.length
    expect(settled).toBe(true)
  })
  return { last: last ?? reading.snapshot(), asked: asked.filter((each) => !each.includes('patient=')) }
}

const who = (snapshot: HistorySnapshot, id: string) =>
  snapshot.records.find((each) => each.resource.id === id)?.display.who

const asserted = (id: string, reference: string) =>
  record('Condition', id, { code: { text: 'Asthma' }, asserter: { reference } })

describe('people, places and medications that no include brought', () => {
  it('are read once, many at a time, after the rows', async () => {
    const { last, asked } = await named({
      Condition: bundle([
        asserted('1', 'Practitioner/a'),
        asserted('2', `${base}/Practitioner/a`),
        asserted('3', 'Practitioner/b'),
      ]),
      Practitioner: bundle([
        { resourceType: 'Practitioner', id: 'a', name: [{ text: 'Dr. A' }] },
        { resourceType: 'Practitioner', id: 'b', name: [{ text: 'Dr. B' }] },
      ]),
    })
    expect(asked).toEqual(['Practitioner?_id=a,b'])
    expect(['1', '2', '3'].map((id) => who(last, id))).toEqual(['Dr. A', 'Dr. A', 'Dr. B'])
  })

  it('name thousands of records without holding the page up', async () => {
    const { reader } = payerWith({
      Condition: bundle(Array.from({ length: 600 }, (_, n) => asserted(`${n}`, 'Practitioner/a'))),
      Practitioner: bundle([{ resourceType: 'Practitioner', id: 'a', name: [{ text: 'Dr. A' }] }]),
    })
    let last: HistorySnapshot | undefined
    const breathe = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
    const reading = historyReading({ reader, member, breathe, onChange: (snapshot) => (last = snapshot) })
    await reading.read()
    await vi.waitFor(() => expect(last && who(last, '599')).toBe('Dr. A'))
    expect(last?.records.filter(({ display }) => display.who === 'Dr. A')).toHaveLength(600)
    expect(breathe).toHaveBeenCalledTimes(2)
  })

  it('are read one by one where the server takes no search for them', async () => {
    const { last, asked } = await named({
      Condition: bundle([asserted('1', 'Practitioner/a')]),
      Practitioner: () => ({ ok: false, problem: http(400) }),
      'Practitioner/a': { resourceType: 'Practitioner', id: 'a', name: [{ text: 'Dr. A' }] },
    })
    expect(asked).toEqual(['Practitioner?_id=a', 'Practitioner/a'])
    expect(who(last, '1')).toBe('Dr. A')
  })

  it('are followed from a role to its practitioner, and no further', async () => {
    const { last, asked } = await named({
      Condition: bundle([asserted('1', 'PractitionerRole/r')]),
      PractitionerRole: bundle([
        { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/a' } },
      ]),
      Practitioner: bundle([{ resourceType: 'Practitioner', id: 'a', name: [{ text: 'Dr. A' }] }]),
    })
    expect(asked).toEqual(['PractitionerRole?_id=r', 'Practitioner?_id=a'])
    expect(who(last, '1')).toBe('Dr. A')
  })

  it('give a medication its name', async () => {
    const { last } = await named({
      MedicationRequest: bundle([
        record('MedicationRequest', '1', { medicationReference: { reference: 'Medication/m' } }),
      ]),
      Medication: bundle([{ resourceType: 'Medication', id: 'm', code: { text: 'Lisinopril 10 mg' } }]),
    })
    expect(last.records[0]?.display.what).toBe('Lisinopril 10 mg')
  })

  it('are asked for no more where the payer does not share them, and read as not stated', async () => {
    const many = Array.from({ length: 100 }, (_, n) => asserted(`c${n}`, `Practitioner/p${n}`))
    const { last, asked } = await named({
      Condition: bundle(many),
      Practitioner: () => ({ ok: false, problem: http(403) }),
    })
    expect(asked.length).toBeLessThanOrEqual(2)
    expect(who(last, 'c0')).toBeUndefined()
  })

  it.each([
    ['on another server', 'https://other.example/fhir/Practitioner/a'],
    ['of a clinical type', 'Observation/a'],
    ['contained and missing', '#a'],
    ['by a URN that nobody has', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'],
    ['of a strange form', 'Practitioner?name=x'],
  ])('are left alone %s', async (_, reference) => {
    const { asked, last } = await named({ Condition: bundle([asserted('1', reference)]) })
    expect(asked).toEqual([])
    expect(last.records).toHaveLength(1)
  })

  it('are not taken from an answer that nobody asked for', async () => {
    const { last } = await named({
      Condition: bundle([asserted('1', 'Practitioner/a')]),
      Practitioner: bundle([{ resourceType: 'Practitioner', id: 'z', name: [{ text: 'Dr. Z' }] }]),
    })
    expect(who(last, '1')).toBeUndefined()
  })

  it('end with a bound', async () => {
    const many = Array.from({ length: 900 }, (_, n) => asserted(`c${n}`, `Organization/o${n}`))
    const { asked } = await named({
      Condition: bundle(many),
      Organization: () =>
        ok(bundle(many.map((_, n) => ({ resourceType: 'Organization', id: `o${n}`, name: 'O' })))),
    })
    expect(asked).toHaveLength(10)
  })

  it('are not asked for after the user stopped', async () => {
    const { reader, asked } = payerWith({ Condition: bundle([asserted('1', 'Practitioner/a')]) })
    const reading = historyReading({ reader, member, onChange: () => reading.stop() })
    await reading.read()
    await Promise.resolve()
    expect(asked.filter((each) => each.startsWith('Practitioner'))).toEqual([])
  })
})

describe('what comes later', () => {
  it('names the place of a visit that came after the record', async () => {
    const { last } = await named({
      Condition: bundle([record('Condition', '1', { encounter: { reference: 'Encounter/e' } })]),
      Encounter: bundle([record('Encounter', 'e', { serviceProvider: { reference: 'Organization/o' } })]),
      Organization: bundle([{ resourceType: 'Organization', id: 'o', name: 'Northside' }]),
    })
    expect(who(last, '1')).toBe('Northside')
  })

  it('is found by the URN of its entry', async () => {
    const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'
    const { last } = await named({
      Condition: {
        resourceType: 'Bundle',
        entry: [
          { resource: asserted('1', urn) },
          { fullUrl: urn, resource: { resourceType: 'Practitioner', id: 'a', name: [{ text: 'Dr. A' }] } },
        ],
      },
    })
    expect(who(last, '1')).toBe('Dr. A')
  })
})
