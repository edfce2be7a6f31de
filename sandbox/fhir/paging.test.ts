import { describe, expect, it } from 'vitest'
import type { FhirStore } from './store'
import { base, bundleIn, condition, keysIn, serve, smallStore } from './test-server'

const withConditions = (count: number): FhirStore => {
  const store = smallStore()
  store.loadTransaction({
    resourceType: 'Bundle',
    type: 'collection',
    entry: Array.from({ length: count }, (_, i) => ({ resource: { ...condition('jane'), id: `c${i}` } })),
  })
  return store
}

const next = (answer: Awaited<ReturnType<ReturnType<typeof serve>>>): string | undefined =>
  bundleIn(answer).link?.find((link) => link.relation === 'next')?.url

describe('paging', () => {
  it('gives 50 in a page, the total on each, and no next link on the last', async () => {
    const call = serve({ store: withConditions(120) })
    const first = await call('GET /Condition?patient=jane')
    const second = await call(`GET ${next(first)}`)
    const third = await call(`GET ${next(second)}`)
    expect([first, second, third].map((page) => keysIn(page).length)).toEqual([50, 50, 20])
    expect([first, second, third].map((page) => bundleIn(page).total)).toEqual([120, 120, 120])
    expect(next(third)).toBeUndefined()
  })

  it('neither repeats nor skips when records come, go and change between the pages', async () => {
    const store = withConditions(9)
    const call = serve({ store })
    const first = await call('GET /Condition?patient=jane&_count=4&_sort=-_lastUpdated')
    await call('DELETE /Condition/c0')
    await call('POST /Condition', condition('jane'))
    await call('PUT /Condition/c5', condition('jane', { id: 'c5', recordedDate: '2026-01-01' }))
    const second = await call(`GET ${next(first)}`)
    const third = await call(`GET ${next(second)}`)
    const keys = [first, second, third].flatMap((page) => keysIn(page))
    expect(keys).toEqual(Array.from({ length: 9 }, (_, i) => `Condition/c${i}`))
  })

  it('the same page can be read twice', async () => {
    const call = serve({ store: withConditions(5) })
    const link = next(await call('GET /Condition?_count=2'))
    expect(keysIn(await call(`GET ${link}`))).toEqual(keysIn(await call(`GET ${link}`)))
  })

  it('next links say nothing about the search or the patient', async () => {
    const link = next(await serve({ store: withConditions(5) })('GET /Condition?patient=jane&_count=2'))
    expect(link).toMatch(new RegExp(`^${base}/Condition\\?_page=[0-9a-f]{32}$`))
  })

  it('a page is gone after a reset, and for another patient’s session', async () => {
    const store = withConditions(5)
    let patient = 'jane'
    const call = serve({ store, authorize: () => ({ scopes: ['patient/*.rs'], patient }) })
    const link = next(await call('GET /Condition?_count=2'))
    patient = 'ben'
    expect((await call(`GET ${link}`)).status).toBe(410)
    patient = 'jane'
    expect((await call(`GET ${link}`)).status).toBe(200)
    store.reset()
    expect((await call(`GET ${link}`)).status).toBe(410)
    expect((await call('GET /Condition?_page=invented')).status).toBe(410)
  })

  it('$everything is paged, and holds the people and places that records name', async () => {
    const store = withConditions(3)
    store.loadTransaction({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { resource: condition('jane', { id: 'named', asserter: { reference: 'Practitioner/moreno' } }) },
        { resource: condition('ben', { id: 'bens' }) },
      ],
    })
    const call = serve({ store })
    const first = await call('GET /Patient/jane/$everything?_count=4')
    const second = await call(`GET ${next(first)}`)
    expect([...keysIn(first), ...keysIn(second)]).toEqual([
      'Patient/jane',
      'Condition/c0',
      'Condition/c1',
      'Condition/c2',
      'Condition/named',
      'Practitioner/moreno',
    ])
    expect(keysIn(await call('GET /Patient/jane/$everything?_type=Practitioner'))).toEqual([
      'Practitioner/moreno',
    ])
    expect(keysIn(await call('GET /Patient/jane/$everything?_since=2026-11-21'))).toEqual([])
    expect((await call('GET /Patient/nobody/$everything')).status).toBe(404)
  })
})
