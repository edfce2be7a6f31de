import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import { createSigningKey, signIdToken } from './id-token'

it.each(['Żofia Żółć', '王伟', 'Zoë 🙂'])('carries the name %s unharmed', async (name) => {
  const claims = {
    issuer: 'http://ehr',
    audience: 'beforehand',
    subject: 's',
    name,
    issuedAt: 1,
    expiresAt: 2,
  }
  expect(decodeJwt(await signIdToken(await createSigningKey(), claims)).name).toBe(name)
})
