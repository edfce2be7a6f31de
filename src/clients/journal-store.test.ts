import { describe, expect, it } from 'vitest'
import { createJournalStore } from './journal-store'

function storage(limit = Number.POSITIVE_INFINITY): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
  }
}

describe('createJournalStore', () => {
  it('gives back what was saved, to another instance in the same window too', async () => {
    const window = storage()
    await createJournalStore(() => window).save('s1', { steps: 1 })
    expect(await createJournalStore(() => window).load('s1')).toEqual({ steps: 1 })
    expect(await createJournalStore(() => window).load('s2')).toBeUndefined()
  })

  it('goes on in memory where storage is denied', async () => {
    const store = createJournalStore(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    await store.save('s1', { steps: 1 })
    expect(await store.load('s1')).toEqual({ steps: 1 })
  })

  it('goes on in memory where storage is full, and never gives back the older one', async () => {
    const window = storage(20)
    const store = createJournalStore(() => window)
    await store.save('s1', { n: 1 })
    await store.save('s1', { n: 'much longer than the storage takes' })
    expect(await store.load('s1')).toEqual({ n: 'much longer than the storage takes' })
    await store.save('s1', { n: 3 })
    expect(await createJournalStore(() => window).load('s1')).toEqual({ n: 3 })
  })

  it('takes what is no JSON for nothing', async () => {
    const window = storage()
    const store = createJournalStore(() => window)
    await store.save('s1', 1)
    window.setItem(window.key(0) ?? '', '{')
    expect(await store.load('s1')).toBeUndefined()
  })
})
