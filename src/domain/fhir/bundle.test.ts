import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPage } from './bundle'

describe('a page of a search', () => {
  it('keeps matches, includes and outcomes apart and counts what it cannot read', () => {
    const page = readPage(
      {
        resourceType: 'Bundle',
        total: 9,
        link: [
          { relation: 'next', url: 'https://p/x' },
          { relation: 'self', url: 'https://p/y' },
        ],
        entry: [
          { resource: { resourceType: 'Condition', id: '1' }, search: { mode: 'match' } },
          { resource: { resourceType: 'Condition', id: '2' } },
          { resource: { resourceType: 'Practitioner', id: '3' }, search: { mode: 'include' } },
          { resource: { resourceType: 'OperationOutcome' } },
          { resource: { id: '4' } },
          'nonsense',
        ],
      },
      'Acme',
    )
    expect(page).toMatchObject({
      ok: true,
      value: { total: 9, unreadable: 2, next: 'https://p/x', self: 'https://p/y' },
    })
    expect(page.ok && page.value.matches.map((r) => r.id)).toEqual(['1', '2'])
    expect(page.ok && page.value.includes.map((r) => r.id)).toEqual(['3'])
    expect(page.ok && page.value.outcomes).toHaveLength(1)
  })

  it('that is no Bundle is told as such', () => {
    expect(readPage({ resourceType: 'Patient' }, 'Acme')).toMatchObject({
      ok: false,
      problem: { kind: 'malformed', path: 'resourceType' },
    })
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.record({
          resourceType: fc.constant('Bundle'),
          entry: fc.anything(),
          link: fc.anything(),
          total: fc.anything(),
        }),
        (json) => {
          expect(readPage(json, 'Acme').ok).toBe(true)
        },
      ),
    )
  })
})
