import { describe, expect, it } from 'vitest'
import { noReferences } from '../fhir/references'
import { lastVisit } from './last-visit'
import { historyRecord } from './record'

const visit = (status: string, start: string) =>
  historyRecord(
    'chart',
    { resourceType: 'Encounter', id: start, status, period: { start } },
    noReferences,
    [],
  )

describe('lastVisit', () => {
  it('is the latest that took place before today', () => {
    const visits = [
      visit('finished', '2025-11-18T10:00:00-06:00'),
      visit('finished', '2026-03-03T09:00:00-06:00'),
      visit('cancelled', '2026-05-01'),
      visit('in-progress', '2026-11-19T14:00:00-06:00'),
      visit('finished', '2026-11-20T08:00:00-06:00'),
      visit('planned', '2026-12-11'),
    ]
    expect(lastVisit(visits, '2026-11-20')).toBe('2026-03-03')
  })

  it('is not guessed from a year alone, nor from anything else', () => {
    const procedure = historyRecord(
      'chart',
      { resourceType: 'Procedure', status: 'completed', performedDateTime: '2026-01-01' },
      noReferences,
      [],
    )
    expect(lastVisit([visit('finished', '2025'), procedure], '2026-11-20')).toBeUndefined()
  })
})
