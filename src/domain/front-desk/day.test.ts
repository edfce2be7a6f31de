import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { fail } from '../result'
import { ACME, appointment, BASE, coverage, dayEhr, patient, QUERY } from './day.testing'
import { type PlannedVisit, planDay } from './day-plan'
import { type Day, readDay } from './day-read'
import { rowsOf } from './day-rows'
import { wallTime } from './day-visit'
import { notAskedWords } from './day-words'

const PLACE: FhirJson = { resourceType: 'Location', id: 'suite', name: 'Suite 4' }
const cds = { wellKnown: async () => fail({ kind: 'network', server: 'Nobody' } as const) }

async function read(...given: Parameters<typeof dayEhr>): Promise<{ day: Day; asked: readonly string[] }> {
  const { ehr, asked } = dayEhr(...given)
  const day = await readDay(ehr, QUERY, BASE)
  if (!day.ok) throw new Error(JSON.stringify(day.problem))
  return { day: day.value, asked }
}

const plan = (day: Day): Promise<readonly PlannedVisit[]> =>
  planDay(day, { fhirBase: BASE, payers: [ACME], cds })

/** What one appointment of p1 comes to, with these coverages. */
async function outcome(
  coverages: readonly FhirJson[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { day } = await read([patient('p1'), PLACE, appointment('a1', 'p1', more), ...coverages])
  const [planned] = await plan(day)
  if (planned === undefined) return 'nothing'
  return planned.kind === 'askable' ? planned.payer.name : notAskedWords(planned.reason)
}

describe('reading the appointments of a day', () => {
  it('reads a hundred patients in few requests, each resource once', async () => {
    const ids = Array.from({ length: 100 }, (_, i) => `p${i}`)
    const { day, asked } = await read([
      PLACE,
      ...ids.flatMap((id) => [patient(id), coverage(id), appointment(`a-${id}`, id)]),
    ])
    expect(day.visits).toHaveLength(100)
    // One search of appointments, three groups each of patients and coverages, one of places.
    expect(asked).toHaveLength(8)
    const before = asked.length
    const rows = rowsOf(day, await plan(day))
    expect(asked).toHaveLength(before)
    expect(rows[0]).toMatchObject({
      time: '09:00',
      patient: 'Roe, Jane',
      born: '1965-07-14',
      service: 'Nutrition',
      who: ['Dr. Moreno'],
      where: ['Suite 4'],
      payer: { id: 'acme' },
    })
  })

  it('reads all pages, and an appointment that two of them have once', async () => {
    const { day } = await read(
      [patient('p1'), ...Array.from({ length: 25 }, (_, i) => appointment(`a${i % 24}`, 'p1'))],
      { pageSize: 5 },
    )
    expect(day.visits).toHaveLength(24)
  })

  it('leaves out what a server sends of another day', async () => {
    const start = '2026-11-24T09:00:00-06:00'
    const { day } = await read([appointment('a1', 'p1'), appointment('a2', 'p1', { start })])
    expect(day.visits.map(({ id }) => id)).toEqual(['a1'])
  })

  it('does without what the server refuses to include', async () => {
    const refuses = (type: string, params: readonly (readonly [string, string])[]) =>
      type === 'Appointment' && params.some(([name]) => name === '_include') ? 400 : undefined
    const { day } = await read([patient('p1'), appointment('a1', 'p1')], { refuses })
    expect(day.visits).toHaveLength(1)
  })

  it('fails where appointments may not be searched', async () => {
    const { ehr } = dayEhr([], { refuses: () => 403 })
    expect(await readDay(ehr, QUERY, BASE)).toMatchObject({ ok: false, problem: { status: 403 } })
  })

  it('looks up alone who comes out of a list without coverage: not every server knows lists', async () => {
    const all = [patient('p1'), patient('p2'), coverage('p1'), coverage('p2')]
    const { day } = await read([...all, appointment('a1', 'p1'), appointment('a2', 'p2')], {
      noPatientLists: true,
    })
    expect((await plan(day)).map(({ kind }) => kind)).toEqual(['askable', 'askable'])
  })

  it('never takes a coverage that could not be read for none', async () => {
    const { day } = await read([patient('p1'), appointment('a1', 'p1')], {
      refuses: (type) => (type === 'Coverage' ? 500 : undefined),
    })
    const [planned] = await plan(day)
    expect(planned).toMatchObject({ kind: 'not-asked', reason: { kind: 'not-read' } })
  })
})

describe('who is asked', () => {
  it('is the payer of the active coverage, with a new id for each question', async () => {
    const { day } = await read([patient('p1'), coverage('p1'), appointment('a1', 'p1')])
    const [planned] = await plan(day)
    if (planned?.kind !== 'askable') throw new Error('not askable')
    const ids = ['id-1', 'id-2']
    const newId = () => ids.shift() ?? ''
    const [one, two] = [planned.scenario(newId), planned.scenario(newId)]
    expect(one.question).toMatchObject({
      hook: 'appointment-book',
      appointments: [{ id: 'id-1', patientPays: false, time: { kind: 'exact' } }],
    })
    expect(JSON.stringify(two)).toContain('id-2')
    expect(JSON.stringify(one)).not.toContain('"a1"')
  })

  const ended = { period: { end: '2024-12-31' } }
  const selfPay = (system: string) => ({ type: { coding: [{ system, code: 'pay' }] } })
  const SELF = 'http://terminology.hl7.org/CodeSystem/coverage-selfpay'
  const patientPays = { ...selfPay(SELF), payor: [{ reference: 'Patient/p1' }] }
  it.each([
    ['no coverage', [], {}, 'No coverage on file.'],
    [
      'an ended one',
      [coverage('p1', ended)],
      {},
      'No active coverage. Acme Health: its end date is 31-Dec-2024.',
    ],
    [
      'a payer without an address',
      [coverage('p1', { payor: [{ display: 'Elm Mutual' }] })],
      {},
      'Elm Mutual: this app is not set up to ask this payer.',
    ],
    ['the patient as payer', [coverage('p1', patientPays)], {}, 'Marked as paid by the patient.'],
    [
      'self-pay beside an insurance of no other rank',
      [coverage('p1'), coverage('p1', { ...selfPay(SELF), id: 'c2' })],
      {},
      'Marked as paid by the patient.',
    ],
    [
      'an insurance that the chart puts before self-pay',
      [coverage('p1', { order: 1 }), coverage('p1', { ...patientPays, id: 'c2', order: 2 })],
      {},
      'Acme Health',
    ],
    ['a cancelled appointment', [coverage('p1')], { status: 'cancelled' }, 'Cancelled.'],
    [
      'one that is over',
      [coverage('p1')],
      { status: 'fulfilled' },
      'Over: it took place, or the patient did not come.',
    ],
    ['no times', [coverage('p1')], { start: undefined }, 'It has no time, or ends at none.'],
    ['no patient', [coverage('p1')], { participant: [] }, 'The patient could not be read.'],
    [
      'no service',
      [coverage('p1')],
      { serviceType: [] },
      'The appointment could not be asked about: it does not say what it is for.',
    ],
  ] as const)('%s', async (_, coverages, more, words) => {
    expect(await outcome(coverages, more)).toBe(words)
  })

  it('is nobody where an appointment names two patients', async () => {
    const participant = ['p1', 'p2'].map((id) => ({ actor: { reference: `Patient/${id}` } }))
    expect(await outcome([coverage('p1')], { participant })).toBe('The patient could not be read.')
  })
})

describe('the clock of an appointment', () => {
  it('is the clinic’s where the server wrote its offset', () => {
    expect(wallTime('2026-11-23T23:30:00-06:00')).toEqual({ day: '2026-11-23', time: '23:30' })
  })

  it('is the user’s own where the server writes UTC', () => {
    const instant = '2026-11-23T12:00:00Z'
    const here = new Date(instant)
    const two = (n: number) => String(n).padStart(2, '0')
    expect(wallTime(instant)?.time).toBe(`${two(here.getHours())}:${two(here.getMinutes())}`)
    expect(wallTime('tomorrow')).toBeUndefined()
  })
})
