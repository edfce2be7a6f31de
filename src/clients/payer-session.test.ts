import { describe, expect, it, vi } from 'vitest'
import { open, pass, payer, payerSays, read, seen, signedIn, there } from './payer-sign-in.test-data'

describe('a session at a payer', () => {
  it('without a refresh token ends in time by itself, and nothing is sent after', async () => {
    const opened = open()
    await signedIn(opened)
    pass(300_000)
    expect(opened.signIns.state(payer())).toEqual({ kind: 'ended' })
    const before = seen.length
    expect(await read(opened)).toMatchObject({ problem: { kind: 'expired' } })
    expect(seen).toHaveLength(before)
  })

  it('is renewed once for many requests, with rotation', async () => {
    let n = 1
    payerSays.tokens = () => {
      n += 1
      return [200, { access_token: `access-${n}`, refresh_token: `refresh-${n}`, expires_in: 300 }]
    }
    const opened = open()
    await signedIn(opened)
    expect(opened.signIns.state(payer())).toEqual({ kind: 'in' })
    pass(280_000)
    await Promise.all([read(opened), read(opened), read(opened)])
    const renewals = () => seen.filter(({ form }) => form.get('grant_type') === 'refresh_token')
    expect(renewals().map(({ form }) => form.get('refresh_token'))).toEqual(['refresh-2'])
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer access-3')
    pass(280_000)
    await read(opened)
    expect(renewals().at(-1)?.form.get('refresh_token')).toBe('refresh-3')
  })

  it('whose renewal is refused has ended; one that could not be asked has not', async () => {
    payerSays.tokens = () => [200, { access_token: 'a', refresh_token: 'r', expires_in: 10 }]
    const opened = open()
    await signedIn(opened)
    payerSays.tokens = () => [503, {}]
    expect(await read(opened)).toMatchObject({ problem: { kind: 'http', status: 503 } })
    expect(opened.signIns.state(payer()).kind).toBe('in')
    payerSays.tokens = () => [400, { error: 'invalid_grant' }]
    expect(await read(opened)).toMatchObject({ problem: { kind: 'expired', byUser: true } })
    expect(opened.signIns.state(payer()).kind).toBe('ended')
  })

  it('is renewed once at a 401, and has ended at the second', async () => {
    payerSays.tokens = () => [200, { access_token: 'a', refresh_token: 'r', expires_in: 900 }]
    const opened = open()
    await signedIn(opened)
    const answers = [401, 200]
    payerSays.records = () => answers.shift() ?? 200
    expect(await read(opened)).toMatchObject({ ok: true })
    payerSays.records = () => 401
    expect(await read(opened)).toMatchObject({ problem: { kind: 'expired' } })
    expect(opened.signIns.state(payer())).toEqual({ kind: 'ended' })
  })

  it('is forgotten and revoked when the user signs out', async () => {
    payerSays.tokens = () => [200, { access_token: 'a', refresh_token: 'r', expires_in: 900 }]
    const opened = open()
    await signedIn(opened)
    opened.signIns.signOut(payer())
    expect(opened.signIns.state(payer())).toEqual({ kind: 'out' })
    expect(await read(opened)).toMatchObject({ problem: { kind: 'expired' } })
    await vi.waitFor(() => expect(seen.find(({ path }) => path === '/revoke')?.form.get('token')).toBe('r'))
  })

  it('lasts while another sign-in is tried and given up', async () => {
    const opened = open()
    await signedIn(opened)
    await there(opened)
    expect(await read(opened)).toMatchObject({ ok: true })
    opened.signIns.cancel(payer())
    expect(opened.signIns.state(payer()).kind).toBe('in')
  })
})
