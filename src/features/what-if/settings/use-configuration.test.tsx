// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { digest } from '../../../clients/system'
import type { CdsService } from '../../../domain/crd/discovery'
import { DISCOVERY } from '../../asking/fake-chart'
import { fakeClock } from '../../asking/fake-clock'
import { fakePreferences } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import { useConfiguration } from './use-configuration'

afterEach(cleanup)

const service: CdsService = {
  ...(DISCOVERY.services[0] as CdsService),
  configurationOptions: [
    { code: 'guideline', type: 'boolean', name: 'Guidelines', default: true },
    { code: 'claim', type: 'boolean', name: 'Claim help', default: true },
  ],
}

function use(intent?: string, kept: Readonly<Record<string, unknown>> = {}) {
  const preferences = fakePreferences(kept)
  const work = fakeWork(fakeWorld(fakeClock(0), { preferences }))
  const payer = work.site.payers[0]
  if (payer === undefined) throw new Error('no payer')
  const whole = {
    ...work,
    session: { ...work.session, ...(intent !== undefined && { intent }) },
    ports: { ...work.ports, digest },
  }
  const hook = renderHook(() => useConfiguration(), {
    wrapper: ({ children }) => <Shell work={whole}>{children}</Shell>,
  })
  return { current: () => hook.result.current, of: () => hook.result.current.of(payer, service), preferences }
}

/** SHA-256 of "https://ehr.example/fhir Practitioner/dr1" for URLs. */
const KEY = async () => {
  const base64 = await digest(
    'SHA-256',
    new TextEncoder().encode('https://ehr.example/fhir Practitioner/dr1'),
  )
  return `crd-configuration ${Buffer.from(base64, 'base64').toString('base64url')} acme order-sign`
}

describe('what the user wants in answers', () => {
  it('is what the payer does by itself for a clinician, and the preset at the front desk', async () => {
    expect(await use().of()).toEqual({})
    expect(await use('front-desk').of()).toEqual({ guideline: false, claim: true })
  })

  it('is what this user chose, once it is known who that is; what was prepared until then is made anew', async () => {
    const hook = use('front-desk', { [await KEY()]: { claim: false } })
    const first = hook.current()
    await waitFor(() => expect(hook.current().version).toBe(1))
    expect(await hook.of()).toEqual({ claim: false })
    expect(hook.current().of).toBe(first.of)
  })

  it('is looked up when asked for, and counts changes', async () => {
    const hook = use()
    await waitFor(() => expect(hook.current().version).toBe(1))
    hook.preferences.save(await KEY(), { guideline: false })
    act(() => hook.current().changed())
    expect(hook.current().version).toBe(2)
    expect(await hook.of()).toEqual({ guideline: false })
  })
})
