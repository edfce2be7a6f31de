// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { createPreferences } from './preferences'

beforeEach(() => localStorage.clear())

const denied = (): Storage => {
  throw new DOMException('denied', 'SecurityError')
}

describe('preferences', () => {
  it('outlive the page, below one prefix', () => {
    createPreferences().save('options.acme', { 'max-cards': 5 })
    expect(createPreferences().load('options.acme')).toEqual({ 'max-cards': 5 })
    expect(createPreferences().isDurable()).toBe(true)
    expect(Object.keys(localStorage)).toEqual(['beforehand.preference.options.acme'])
  })

  it('that were never chosen, or taken back, are undefined', () => {
    const preferences = createPreferences()
    expect(preferences.load('a')).toBeUndefined()
    preferences.save('a', 1)
    preferences.save('a', undefined)
    expect(preferences.load('a')).toBeUndefined()
    expect(localStorage).toHaveLength(0)
  })

  it('read as never chosen where somebody wrote nonsense', () => {
    localStorage.setItem('beforehand.preference.a', '{not json')
    expect(createPreferences().load('a')).toBeUndefined()
  })

  it('live as long as the page where storage is denied', () => {
    const preferences = createPreferences(denied)
    expect(preferences.isDurable()).toBe(false)
    expect(preferences.load('a')).toBeUndefined()
    preferences.save('a', true)
    expect(preferences.load('a')).toBe(true)
    expect(createPreferences(denied).load('a')).toBeUndefined()
  })

  it('are the newest ones where storage has become full', () => {
    let isFull = false
    const preferences = createPreferences(() => (isFull ? denied() : localStorage))
    preferences.save('a', 1)
    isFull = true
    preferences.save('a', 2)
    isFull = false
    expect(preferences.isDurable()).toBe(false)
    expect(preferences.load('a')).toBe(2)
    preferences.save('a', 3)
    expect(preferences.load('a')).toBe(3)
  })
})
