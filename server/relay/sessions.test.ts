import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from './database'
import { sessions } from './sessions'
import { newSiteKey, readSiteKey } from './site-key'
import { databases } from './test-databases'

const MINUTE = 60_000
const open: Database[] = []
afterEach(async () => {
  for (const database of open.splice(0)) await database.close()
})

describe.each(await databases())('sessions on $name', ({ fresh }) => {
  /** Somebody who signed in; the clock is moved by hand. */
  async function signedIn() {
    const database = await fresh()
    open.push(database)
    const clock = { now: Date.UTC(2026, 10, 21, 9) }
    const all = sessions(database, readSiteKey(newSiteKey()), 60, () => clock.now)
    const { nonce, cookie } = all.newNonce()
    const identity = {
      fhirBase: 'https://ehr.example/fhir',
      issuer: 'https://ehr.example/fhir',
      subject: 'user-1',
      audits: false,
      nonce,
      expires: 0,
    }
    const begun = await all.begin(identity, 'id token', (name) => (name === cookie.name ? cookie.value : ''))
    return { all, clock, find: () => all.find(begun.label, begun.cookie.value) }
  }

  it('goes on while it is used, and ends an hour after its last use', async () => {
    const { clock, find } = await signedIn()
    for (let n = 0; n < 4; n += 1) {
      clock.now += 40 * MINUTE
      expect(await find()).toMatchObject({ user: 'https://ehr.example/fhir user-1', audits: false })
    }
    clock.now += 61 * MINUTE
    expect(await find()).toBeUndefined()
  })

  it('ends after twelve hours, however much it is used', async () => {
    const { clock, find } = await signedIn()
    let used = 0
    while ((await find()) !== undefined) {
      clock.now += 20 * MINUTE
      used += 1
    }
    expect(used).toBe(36)
  })

  it('is not found by another secret, or by none', async () => {
    const { all, find } = await signedIn()
    const label = (await find())?.label ?? ''
    expect(await all.find(label, 'another secret')).toBeUndefined()
    expect(await all.find(label, undefined)).toBeUndefined()
  })
})
