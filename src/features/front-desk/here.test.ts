import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../../domain/json'
import type { EhrPort, SearchParams } from '../../domain/ports'
import { fail, ok } from '../../domain/result'
import { findHere, hereAmong } from './here'

const TODAY = '2026-11-20'
const WANTED = { patientId: 'p1', appointmentId: 'a1', fhirBase: 'https://ehr.example/fhir', today: TODAY }
const encounter = (id: string, more: object = {}): FhirJson => ({
  resourceType: 'Encounter',
  id,
  status: 'arrived',
  subject: { reference: 'Patient/p1' },
  period: { start: `${TODAY}T09:05:00` },
  ...more,
})
const ofAppointment = (id: string) => ({ appointment: [{ reference: `Appointment/${id}` }] })

/** A chart that refuses what `refuses` says. */
function chart(encounters: readonly FhirJson[], refuses: (params: SearchParams) => number | undefined) {
  const searches: SearchParams[] = []
  const ehr: Pick<EhrPort, 'search'> = {
    search: async (_, params) => {
      searches.push(params)
      const status = refuses(params)
      return status === undefined
        ? ok({ matches: encounters, includes: [], outcomes: [], unreadable: 0 })
        : fail({ kind: 'http', server: 'The chart', status })
    },
  }
  return { searches, find: () => findHere(ehr as EhrPort, WANTED) }
}

describe('the visit that the patient has come for', () => {
  it('is the begun one of the appointment, whenever it began and however it is named', () => {
    const long = encounter('e1', {
      appointment: [{ reference: 'https://ehr.example/fhir/Appointment/a1' }],
      period: { start: '2026-11-19T09:05:00' },
    })
    expect(hereAmong([encounter('e0'), long], WANTED)).toEqual({
      kind: 'found',
      id: 'e1',
      isOfAppointment: true,
    })
  })

  it('is else one that began today and is of no other appointment', () => {
    expect(hereAmong([encounter('e2', ofAppointment('a2')), encounter('e0')], WANTED)).toEqual({
      kind: 'found',
      id: 'e0',
      isOfAppointment: false,
    })
  })

  it.each([
    ['planned', { status: 'planned', ...ofAppointment('a1') }],
    ['over', { status: 'finished', ...ofAppointment('a1') }],
    ['of another patient', { subject: { reference: 'Patient/p2' }, ...ofAppointment('a1') }],
    ['of another day', { period: { start: '2026-11-19T09:05:00' } }],
    ['of another appointment', ofAppointment('a2')],
    ['without a time', { period: undefined }],
  ])('is none that is %s', (_, more) => {
    expect(hereAmong([encounter('e1', more)], WANTED)).toEqual({ kind: 'none' })
  })

  it('is searched for without a date where the server refuses one, and once only where it does not', async () => {
    const strict = chart([encounter('e1', ofAppointment('a1'))], (params) =>
      params.some(([name]) => name === 'date') ? 400 : undefined,
    )
    expect(await strict.find()).toMatchObject({ kind: 'found', id: 'e1' })
    expect(strict.searches).toHaveLength(2)
    const kind = chart([], () => undefined)
    expect(await kind.find()).toEqual({ kind: 'none' })
    expect(kind.searches).toHaveLength(1)
  })

  it('is not known where the chart’s visits may not be read', async () => {
    const closed = chart([], () => 403)
    expect(await closed.find()).toEqual({ kind: 'failed' })
    expect(closed.searches).toHaveLength(1)
  })
})
