import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appointmentOf, readVisit } from './booked-visit'

const fhirBase = 'https://ehr.example/fhir'
const launch = { patientId: 'p1', fhirBase }
const actor = (reference: string, display?: string) => ({ actor: { reference, display } })
const appointment = {
  resourceType: 'Appointment',
  status: 'booked',
  serviceType: [{ text: 'Nutrition counselling' }],
  start: '2026-11-27T23:30:00-06:00',
  participant: [
    actor('Patient/p1'),
    actor(`${fhirBase}/Practitioner/osei`, 'Kofi Osei, RD'),
    actor('Location/4', 'Suite 4'),
  ],
  basedOn: [{ reference: 'ServiceRequest/o1' }],
}

describe('the appointment of a launch', () => {
  it('is the first one that fhirContext names in this chart', () => {
    const named = (...references: string[]) =>
      appointmentOf(
        references.map((reference) => ({ reference })),
        fhirBase,
      )
    expect(named('Task/1', 'Appointment/a1', 'Appointment/a2')).toBe('a1')
    expect(named(`${fhirBase}/Appointment/a1`)).toBe('a1')
    expect(
      named('https://other.example/Appointment/a1', 'Appointment/../Patient', 'Appointment/'),
    ).toBeUndefined()
    expect(appointmentOf([{}], fhirBase)).toBeUndefined()
  })

  it('is read in words, its day as it is written', () => {
    expect(readVisit(appointment, launch)).toEqual({
      service: 'Nutrition counselling',
      day: '2026-11-27',
      performer: { text: 'Kofi Osei, RD', reference: 'Practitioner/osei' },
      place: 'Suite 4',
      orderId: 'o1',
    })
  })

  it.each([
    ['somebody else is the patient', { participant: [actor('Patient/p2')] }],
    ['nobody is', { participant: undefined }],
    ['it was cancelled', { status: 'cancelled' }],
    ['it is no appointment', { resourceType: 'Patient' }],
  ])('is left alone where %s', (_, change) => {
    expect(readVisit({ ...appointment, ...change } as typeof appointment, launch)).toBeUndefined()
  })

  it('never crashes', () => {
    const keys = fc.constantFrom('status', 'serviceType', 'start', 'basedOn', 'description')
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), (content) => {
        expect(
          readVisit(
            { ...content, ...{ resourceType: 'Appointment', participant: appointment.participant } },
            launch,
          ),
        ).not.toBeNull()
      }),
    )
  })
})
