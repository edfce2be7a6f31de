import { describe, expect, it } from 'vitest'
import { referenceSet } from '../fhir/references'
import type { FhirJson } from '../json'
import { historyEvents } from './events'
import { newestFirst, timeline } from './events-timeline'
import { whose } from './events-whose'
import { historyRecord } from './record'

const npi = 'http://hl7.org/fhir/sid/us-npi'
const references = referenceSet('https://payer.example/fhir')
for (const [id, value] of [
  ['here', '1'],
  ['there', '2'],
] as const)
  references.add({ resourceType: 'Organization', id, name: 'Clinic', identifier: [{ system: npi, value }] })

const visit = (id: string, start?: string, end = start, more: object = {}): FhirJson => ({
  resourceType: 'Encounter',
  id,
  ...(start !== undefined && { period: { start, end } }),
  ...more,
})
const eventsOf = (...resources: readonly FhirJson[]) =>
  newestFirst(
    historyEvents(
      resources.map((resource) => historyRecord('acme', resource, references, [])),
      references,
    ),
  )
const all = (events: ReturnType<typeof eventsOf>) =>
  new Set(events.flatMap(({ members }) => members.map(({ record }) => record.key)))
const line = (lastVisit: string | undefined, ...resources: readonly FhirJson[]) => {
  const events = eventsOf(...resources)
  return timeline(events, all(events), lastVisit)
}

describe('timeline', () => {
  it('is newest first, has a heading where a year and a month begin, and ends with what has no date', () => {
    const { entries, undated } = line(
      undefined,
      visit('a', '2025-12-30'),
      visit('b'),
      visit('c', '2026-05-06T10:00:00Z'),
      visit('d', '2026-05-01'),
      visit('e', '2026'),
    )
    expect(entries.map(({ event, year, month }) => [event.lead.resource.id, year, month])).toEqual([
      ['c', '2026', '2026-05'],
      ['d', undefined, undefined],
      ['e', undefined, '2026'],
      ['a', '2025', '2025-12'],
      ['b', 'undated', undefined],
    ])
    expect(undated).toBe(1)
  })

  it('marks the last visit after all that is newer, also where nothing or everything is', () => {
    const dates = [visit('a', '2026-06-01'), visit('b', '2026-05-03'), visit('c', '2026-05-04T01:00:00Z')]
    expect(line('2026-05-03', ...dates)).toMatchObject({
      visitAt: 2,
      entries: [{ isSince: true }, { isSince: true }, { isSince: false }],
    })
    expect(line('2026-07-01', ...dates).visitAt).toBe(0)
    expect(line('2020-01-01', ...dates).visitAt).toBe(3)
    expect(line('2020-01-01', ...dates, visit('d')).visitAt).toBe(3)
    expect(line(undefined, ...dates).visitAt).toBeUndefined()
  })

  it('tells a gap of half a year and more, from the end of all that is older', () => {
    const gaps = (...resources: readonly FhirJson[]) =>
      line(undefined, ...resources).entries.map(({ gap }) => gap)
    expect(gaps(visit('a', '2026-05-06'), visit('b', '2025-03-05'))).toEqual([undefined, 14])
    expect(gaps(visit('a', '2026-05-06'), visit('b', '2025-03-07'))).toEqual([undefined, 13])
    expect(gaps(visit('a', '2026-05-06'), visit('b', '2025-12-01'))).toEqual([undefined, undefined])
    // A stay that began before, and ended after, the one below it.
    const stay = visit('c', '2024-01-01', '2026-04-30')
    expect(gaps(visit('a', '2026-05-06'), visit('b', '2024-02-01'), stay)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(gaps(visit('a', '2026'), visit('b', '2020'))).toEqual([undefined, undefined])
  })

  it('shows of an event what passes the filter, and says how much it hides', () => {
    const about = { encounter: { reference: 'Encounter/a' } }
    const events = eventsOf(
      visit('a', '2026-05-06'),
      { resourceType: 'Condition', id: 'c', ...about },
      visit('b'),
    )
    const { entries } = timeline(events, new Set(['acme/Condition/c']), undefined)
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({ hidden: 1, members: [{ reason: 'Recorded at this visit.' }] })
    expect(entries[0]?.event.lead.resource.id).toBe('a')
  })
})

describe('whose', () => {
  const at = (organization: object) =>
    eventsOf(visit('a', '2026', '2026', { serviceProvider: organization }))[0]
  const mine = { npi: ['1'], identifiers: [], name: 'clinic' }
  const named = { npi: [], identifiers: [], name: 'clinic' }
  const here = { reference: 'Organization/here' }
  const there = { reference: 'Organization/there' }

  it.each([
    ['own by NPI', here, mine, 'own'],
    ['outside by NPI, though the name is the same', there, mine, 'outside'],
    ['own by exact name, where one has no NPI', there, named, 'own'],
    ['not known of another name', { display: 'Klinik' }, mine, undefined],
    ['not known where nobody is named', {}, mine, undefined],
  ])('is %s', (_, organization, own, expected) => {
    const event = at(organization)
    expect(event && whose(event, [own], references)).toBe(expected)
  })

  it('is not known where the own organization is not', () => {
    const event = at(here)
    expect(event && whose(event, [], references)).toBeUndefined()
  })
})
