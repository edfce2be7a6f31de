import { describe, expect, it } from 'vitest'
import type { EhrPort } from '../ports'
import { fail, ok } from '../result'
import { createPrefetchCache } from './prefetch-cache'
import { chart } from './samples.test-data'

describe('the cache of chart reads', () => {
  it('reads each thing once, also when asked twice at the same time', async () => {
    const ehr = chart()
    const cache = createPrefetchCache(ehr)
    await Promise.all([cache.read('Patient', 'p1'), cache.read('Patient', 'p1')])
    await cache.read('Patient', 'p1')
    expect(ehr.calls).toEqual(['Patient/p1'])
  })

  it('knows what a search found', async () => {
    const ehr = chart()
    const cache = createPrefetchCache(ehr)
    await cache.search('Patient', [['_id', 'p1']])
    await cache.read('Patient', 'p1')
    expect(ehr.calls).toEqual(['Patient?_id=p1'])
  })

  it('answers a search for ids that are all known without asking the chart', async () => {
    const ehr = chart()
    const cache = createPrefetchCache(ehr)
    cache.seed({ resourceType: 'Practitioner', id: 'a' })
    cache.seed({ resourceType: 'Practitioner', id: 'b' })
    const found = await cache.search('Practitioner', [['_id', 'a,b,a']])
    expect(found.ok && found.value.matches.map((r) => r.id)).toEqual(['a', 'b'])
    expect(ehr.calls).toEqual([])
    await cache.search('Practitioner', [['_id', 'a,c']])
    expect(ehr.calls).toEqual(['Practitioner?_id=c'])
  })

  it('asks the chart once for each id where two ask for overlapping ids at the same time', async () => {
    const ehr = chart()
    const cache = createPrefetchCache(ehr)
    await Promise.all([
      cache.search('Practitioner', [['_id', 'a,b,c']]),
      cache.search('Practitioner', [['_id', 'c,a']]),
      cache.read('Practitioner', 'b'),
      cache.search('Practitioner', [['_id', 'd,b']]),
    ])
    expect(ehr.calls).toEqual(['Practitioner?_id=a,b,c', 'Practitioner?_id=d'])
  })

  it('forgets a failure, so that it can be tried again', async () => {
    let calls = 0
    const ehr = {
      ...chart(),
      read: async () => {
        calls += 1
        return fail({ kind: 'network' as const, server: 'x' })
      },
    }
    const cache = createPrefetchCache(ehr)
    await cache.read('Patient', 'p1')
    await cache.read('Patient', 'p1')
    expect(calls).toBe(2)
  })

  const page = (id: string, next?: string) =>
    ok({
      matches: [{ resourceType: 'Patient', id }],
      includes: [],
      outcomes: [],
      unreadable: 0,
      ...(next && { next }),
    })

  it('follows pages to the end', async () => {
    const ehr: EhrPort = { ...chart(), search: async () => page('a', 'n1'), next: async () => page('b') }
    const found = await createPrefetchCache(ehr).search('Patient', [])
    expect(found.ok && found.value.matches.map((each) => each.id)).toEqual(['a', 'b'])
  })

  it.each([
    ['run in a circle', async () => page('b', 'n1')],
    [
      'never end',
      (() => {
        let count = 1
        return async () => {
          count += 1
          return page('b', `n${count}`)
        }
      })(),
    ],
  ])('does not send a part where pages %s', async (_what, next) => {
    const ehr: EhrPort = { ...chart(), search: async () => page('a', 'n1'), next }
    expect(await createPrefetchCache(ehr).search('Patient', [])).toMatchObject({
      ok: false,
      problem: { kind: 'malformed' },
    })
  })
})
