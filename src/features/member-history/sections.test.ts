import { describe, expect, it } from 'vitest'
import { noReferences } from '../../domain/fhir/references'
import { historyRecord } from '../../domain/pdex/record'
import { bySection, sectionGrouper } from './sections'

const record = (resourceType: string, id: string, day: string) =>
  historyRecord('acme', { resourceType, id, recordedDate: day, performedDateTime: day }, noReferences, [])

const first = record('Condition', '1', '2020-01-01')
const newer = record('Condition', '2', '2021-01-01')
const procedure = record('Procedure', '3', '2020-06-01')

describe('sections', () => {
  it('are newest first, and the empty ones are there too', () => {
    const sections = bySection(sectionGrouper()([first, procedure, newer]), () => undefined)
    const filled = sections.filter(({ all }) => all > 0)
    expect(filled.map(({ shown }) => shown)).toEqual([[newer, first], [procedure]])
    expect(sections.length).toBeGreaterThan(filled.length)
  })

  it('stay the same list when a page brings records of other sections, and only then', () => {
    const group = sectionGrouper()
    const [before] = [...group([first, procedure]).values()]
    const [same, other] = [...group([first, procedure, record('Procedure', '4', '2022-01-01')]).values()]
    expect(same).toBe(before)
    expect(other).toHaveLength(2)
    const [grown] = [...group([first, procedure, newer]).values()]
    expect(grown).toEqual([newer, first])
    const [renewed] = [...group([{ ...first }, procedure, newer]).values()]
    expect(renewed).not.toBe(grown)
  })
})
