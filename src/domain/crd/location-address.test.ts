import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { fail, ok, type Result } from '../result'
import { withAddress } from './location-address'

const BASE = 'https://ehr.example/fhir'
const address = { line: ['1 Main St'], city: 'Springfield' }

const place = (id: string, above?: string, more: object = {}): FhirJson => ({
  resourceType: 'Location',
  id,
  ...(above !== undefined && { partOf: { reference: above } }),
  ...more,
})

function chart(...places: readonly FhirJson[]) {
  const reads: string[] = []
  const read = async (type: string, id: string): Promise<Result<FhirJson | undefined>> => {
    reads.push(`${type}/${id}`)
    if (id === 'secret') return fail({ kind: 'http', server: 'x', status: 403 })
    return ok(places.find((each) => each.id === id))
  }
  return { reads, read }
}

describe('a place as it goes to the payer', () => {
  it('takes the address of the building that its room is in, however many levels up', async () => {
    const room = place('room', 'Location/wing', { name: 'Room 4' })
    const wing = place('wing', `${BASE}/Location/building`)
    const { read } = chart(wing, place('building', undefined, { address }))
    expect(await withAddress(room, read, BASE)).toEqual({ ...room, address })
  })

  it('stays as it is with an address of its own, and nothing is read', async () => {
    const own = place('clinic', 'Location/building', { address: { city: 'Elsewhere' } })
    const { read, reads } = chart(place('building', undefined, { address }))
    expect(await withAddress(own, read, BASE)).toBe(own)
    expect(reads).toEqual([])
  })

  it.each([
    ['part of nothing', place('room'), 0],
    ['in a circle', place('room', 'Location/circle'), 6],
    ['in a place that the chart does not show', place('room', 'Location/secret'), 1],
    ['in a place that is not there', place('room', 'Location/gone'), 1],
    ['in a place of another server', place('room', 'https://other.example/Location/1'), 0],
  ])('is sent without one where it is %s', async (_, room, count) => {
    const { read, reads } = chart(place('circle', 'Location/circle'))
    expect(await withAddress(room, read, BASE)).toBe(room)
    expect(reads).toHaveLength(count)
  })

  it('is nothing that other resources have', async () => {
    const patient: FhirJson = { resourceType: 'Patient', id: 'p1' }
    expect(await withAddress(patient, chart().read, BASE)).toBe(patient)
  })
})
