// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { createDrafts } from './drafts'

let time = 0
const now = () => time
beforeEach(() => {
  time = 1_000
  sessionStorage.clear()
})

describe('drafts', () => {
  it('stay in memory until a new sign-in is due', () => {
    createDrafts('ehr 1', now).save('what-if', { code: 'E0601' })
    expect(sessionStorage).toHaveLength(0)
    expect(localStorage).toHaveLength(0)
  })

  it('come back once to the same chart, and leave the storage', () => {
    const before = createDrafts('ehr 1', now)
    before.save('what-if', { code: 'E0601' })
    before.keepForRelaunch()
    expect(createDrafts('ehr 1', now).load('what-if')).toEqual({ code: 'E0601' })
    expect(sessionStorage).toHaveLength(0)
  })

  it.each([
    ['another patient', 'ehr 2', 0],
    ['half an hour later', 'ehr 1', 31 * 60_000],
  ])('are dropped for %s', (_, chart, later) => {
    const before = createDrafts('ehr 1', now)
    before.save('what-if', 1)
    before.keepForRelaunch()
    time += later
    expect(createDrafts(chart, now).load('what-if')).toBeUndefined()
    expect(sessionStorage).toHaveLength(0)
  })

  it.each([['nonsense'], ['7'], ['{"chart":"ehr 1","until":9999999,"drafts":[1,["a"],[2,3]]}']])(
    'survive what stands in storage: %s',
    (kept) => {
      sessionStorage.setItem('beforehand.drafts', kept)
      expect(() => createDrafts('ehr 1', now).load('a')).not.toThrow()
    },
  )
})
