import { describe, expect, it } from 'vitest'
import { NO_DETAILS, readDetails } from './detail-values'
import { detailsAsTyped, detailsOf } from './details-as-order'

describe('details of an order as typed', () => {
  it('say only what this kind of order has a place for', () => {
    const typed = {
      ...NO_DETAILS,
      times: '3',
      every: '1',
      unit: 'wk' as const,
      refills: '2',
      asWritten: true,
    }
    expect(detailsOf(typed, 'MedicationRequest')).toEqual({
      frequency: { times: 3, period: 1, unit: 'wk' },
      refills: 2,
      substitution: false,
    })
    expect(detailsOf(typed, 'DeviceRequest')).toEqual({ frequency: { times: 3, period: 1, unit: 'wk' } })
    expect(detailsOf(typed, 'CommunicationRequest')).toEqual({})
  })

  it('state nothing where nothing was typed, and both eyes for glasses', () => {
    expect(detailsOf(NO_DETAILS, 'ServiceRequest')).toEqual({})
    expect(detailsOf(NO_DETAILS, 'VisionPrescription')).toEqual({
      lenses: [{ eye: 'right' }, { eye: 'left' }],
    })
  })

  it('let what is no number reach validation, and take a typographic minus', () => {
    expect(detailsOf({ ...NO_DETAILS, daysSupply: 'ten' }, 'MedicationRequest').daysSupply).toBeNaN()
    const right = { ...NO_DETAILS.right, sphere: '−1.25', axis: '90' }
    expect(detailsOf({ ...NO_DETAILS, right }, 'VisionPrescription').lenses?.[0]).toEqual({
      eye: 'right',
      sphere: -1.25,
      axis: 90,
    })
  })

  it('go into the form and come out as they were', () => {
    const details = {
      lenses: [{ eye: 'left' as const, sphere: -2, cylinder: 0.5, axis: 10, add: 1 }],
    }
    expect(detailsOf(detailsAsTyped(details, []), 'VisionPrescription')).toEqual(details)
    const supply = { daysSupply: 30, refills: 0, frequency: { times: 1, period: 1, unit: 'd' as const } }
    expect(detailsOf(detailsAsTyped(supply, []), 'MedicationRequest')).toEqual(supply)
    const communication = {
      basedOn: { reference: 'ServiceRequest/1', display: 'MRI' },
      sender: { display: 'Lakeside' },
    }
    expect(detailsOf(detailsAsTyped(communication, []), 'CommunicationRequest')).toEqual(communication)
  })

  it('come back from storage as they were, and empty where it is garbage', () => {
    const typed = { ...NO_DETAILS, times: '2', left: { ...NO_DETAILS.left, isWanted: false, add: '1' } }
    expect(readDetails(JSON.parse(JSON.stringify(typed)))).toEqual(typed)
    for (const garbage of [null, 7, [], { unit: 'x', right: 3, category: [{}] }])
      expect(readDetails(garbage)).toEqual(NO_DETAILS)
  })
})
