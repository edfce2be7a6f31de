import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referenceSet } from '../../domain/fhir/references'
import { SECTIONS } from '../../domain/fhir/section'
import type { FhirJson } from '../../domain/json'
import { historyRecord } from '../../domain/pdex/record'
import { knownParties, recordParties } from '../../domain/pdex/record-parties'
import { filterRecords, mergeHidden } from './filter-hidden'
import { canKeep, filterOf, isPreset, notKept, presetOf } from './filter-presets'
import { filterRule } from './filter-rule'
import { type FilterWorld, isFiltering, noFilter, type RecordFilter } from './record-filter'

const references = referenceSet('https://payer.example/fhir')
const identifier = [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1' }]
references.add({ resourceType: 'Organization', id: 'lake', name: 'Lakeside Clinic', identifier })
references.add({ resourceType: 'Location', id: 'ward', name: 'Ward 7' })

const visit = (id: string, start: string | undefined, more: object = {}): FhirJson => ({
  resourceType: 'Encounter',
  id,
  ...(start && { period: { start } }),
  ...more,
})
const records = [
  visit('ours', '2026-03-03', { serviceProvider: { reference: 'Organization/lake' } }),
  visit('ours-by-name', '2025-03-03', { serviceProvider: { display: 'Lakeside clinic' } }),
  visit('ward', '2026-05-01', { location: [{ location: { reference: 'Location/ward' } }] }),
  visit('undated', undefined),
  { resourceType: 'ExplanationOfBenefit', id: 'bill', billablePeriod: { start: '2026-06-01' } },
  { resourceType: 'Condition', id: 'asthma', code: { text: 'Asthma' }, recordedDate: '2026' },
].map((resource) => historyRecord('acme', resource, references, []))

const world: FilterWorld = {
  today: '2026-11-20',
  lastVisit: '2026-04-01',
  own: [{ npi: ['1'], identifiers: [], name: 'lakeside clinic', label: 'Lakeside Clinic' }],
  partiesOf: (record) => recordParties(record, references),
  searched: new Set(['acme/Condition/asthma']),
}
const filtered = (filter: Partial<RecordFilter>, more: Partial<FilterWorld> = {}) => {
  const { shown, hidden } = filterRecords(
    records,
    filterRule({ ...noFilter, ...filter }, { ...world, ...more }),
  )
  return [shown.map(({ resource }) => resource.id), hidden.map(({ count, words }) => `${count} ${words}`)]
}
const party = (label: string) =>
  knownParties(records.map(world.partiesOf)).filter((known) => known.party.label === label)

describe('a filter of records', () => {
  it('shows the very same list where nothing is hidden', () => {
    expect(filterRecords(records, filterRule(noFilter, world)).shown).toBe(records)
  })

  it.each<[string, Partial<RecordFilter>, readonly string[], readonly string[]]>([
    ['words', { words: 'asthma' }, ['asthma'], ['5 without the words']],
    [
      'since the last visit',
      { period: 'last-visit' },
      ['ward', 'bill', 'asthma'],
      ['2 outside the period', '1 without a date'],
    ],
    [
      'days back',
      { period: { days: 240 } },
      ['ward', 'bill', 'asthma'],
      ['2 outside the period', '1 without a date'],
    ],
    [
      'dates',
      { period: { from: '2025-01-01', to: '2025-12-31' } },
      ['ours-by-name'],
      ['4 outside the period', '1 without a date'],
    ],
    ['sections', { sections: ['claims', 'problems'] }, ['bill', 'asthma'], ['4 of other sections']],
    ['sources', { origins: ['billing-derived'] }, ['bill'], ['5 of another source']],
    [
      'the own organization',
      { excludeOwnOrganization: true },
      ['ward', 'undated', 'bill', 'asthma'],
      ['1 by Lakeside Clinic (same NPI)', '1 by Lakeside Clinic (same name)'],
    ],
    [
      'a place',
      { parties: party('Ward 7') },
      ['ours', 'ours-by-name', 'undated', 'bill', 'asthma'],
      ['1 at Ward 7 (same name)'],
    ],
    [
      'one organization alone',
      { parties: party('Lakeside Clinic'), partyMode: 'only' },
      ['ours', 'ours-by-name'],
      ['4 by nobody whom you ticked'],
    ],
    ['what was searched for', { searchedOnly: true }, ['asthma'], ['5 not from your search']],
  ])('by %s, with the number hidden and why', (_, filter, shown, hidden) => {
    expect(isFiltering({ ...noFilter, ...filter })).toBe(true)
    expect(filtered(filter)).toEqual([shown, hidden])
  })

  it('hides nothing for an organization or a visit that is not known, but for the one that the user names', () => {
    expect(filtered({ excludeOwnOrganization: true }, { own: [] })[1]).toEqual([])
    const { lastVisit: _, ...unknown } = world
    expect(filterRecords(records, filterRule({ ...noFilter, period: 'last-visit' }, unknown)).hidden).toEqual(
      [],
    )
    const [own] = party('Lakeside Clinic')
    expect(filtered({ excludeOwnOrganization: true, ...(own && { own }) }, { own: [] })[1]).toHaveLength(2)
  })

  it('adds up: each record is shown, or hidden for one reason', () => {
    const some = <T>(all: readonly T[]) => fc.subarray([...all])
    fc.assert(
      fc.property(
        fc.record({
          words: fc.constantFrom('', 'asthma', 'visit'),
          sections: some(SECTIONS),
          origins: some(['clinical', 'billing-derived', 'unknown'] as const),
          excludeOwnOrganization: fc.boolean(),
          parties: some(knownParties(records.map(world.partiesOf))),
          partyMode: fc.constantFrom('hide' as const, 'only' as const),
          searchedOnly: fc.boolean(),
          days: fc.integer({ min: 1, max: 1000 }),
        }),
        ({ days, ...filter }) => {
          const { shown, hidden } = filterRecords(records, filterRule({ ...filter, period: { days } }, world))
          expect(shown.length + hidden.reduce((sum, { count }) => sum + count, 0)).toBe(records.length)
        },
      ),
    )
  })

  it('tells one reason of several sections once, the most first', () => {
    const group = (words: string, count: number) => ({ words, count })
    expect(mergeHidden([group('a', 1), group('b', 2), group('a', 4)])).toEqual([group('a', 5), group('b', 2)])
  })
})

describe('a filter under a name', () => {
  const secret = fc.stringMatching(/^[A-Z]{4,8}-[0-9]{4,8}$/)

  it('keeps nothing of a record or a patient, whatever was filtered by', () => {
    fc.assert(
      fc.property(
        secret,
        secret,
        secret,
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (words, name, npi, date) => {
          const day = date.toISOString().slice(0, 10)
          const someone = {
            kind: 'organization' as const,
            key: npi,
            count: 1,
            party: { npi: [npi], identifiers: [npi], name, label: name },
          }
          const filter: RecordFilter = {
            ...noFilter,
            words,
            period: { from: day, to: day },
            sections: ['claims'],
            excludeOwnOrganization: true,
            own: someone,
            parties: [someone],
            searchedOnly: true,
          }
          const stored = JSON.stringify(presetOf('Mine', filter))
          for (const telling of [words, name, npi, day]) expect(stored).not.toContain(telling)
          expect(JSON.parse(stored)).toEqual({
            name: 'Mine',
            sections: ['claims'],
            origins: [],
            excludeOwnOrganization: true,
          })
          expect(notKept(filter)).toHaveLength(5)
        },
      ),
    )
  })

  it('comes back as it was', () => {
    const filter: RecordFilter = {
      ...noFilter,
      period: { days: 365 },
      sections: ['results'],
      origins: ['clinical'],
      excludeOwnOrganization: true,
    }
    const preset = presetOf(' Results ', filter)
    expect(filterOf(preset, { ...noFilter, words: 'x' })).toEqual(filter)
    expect(isPreset(preset, filter)).toBe(true)
    for (const other of [
      { words: 'x' },
      { period: { days: 30 } },
      { sections: [] },
      { searchedOnly: true },
    ] as const)
      expect(isPreset(preset, { ...filter, ...other })).toBe(false)
  })

  it('is none where only words or dates are left', () => {
    expect(canKeep({ ...noFilter, words: 'apixaban', period: { from: '2026-01-01', to: '' } })).toBe(false)
    expect(canKeep({ ...noFilter, period: 'last-visit' })).toBe(true)
  })
})
