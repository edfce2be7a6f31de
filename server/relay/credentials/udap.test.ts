import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { JWT_BEARER, tokenWorlds } from './credentials.test-data'

/** As openssl makes them: a client's certificate and key. */
function certificate(): { readonly pem: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-udap-'))
  const [pem, key] = [join(folder, 'client.pem'), join(folder, 'client.key')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', pem, '-days', '2'].concat([
      '-subj',
      '/CN=Clinic',
      '-addext',
      'subjectAltName=URI:https://clinic.example',
    ]),
    { stdio: 'ignore' },
  )
  return { pem: readFileSync(pem, 'utf8'), key: readFileSync(key, 'utf8') }
}

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe.skipIf(!hasOpenssl)('a payer that wants UDAP', () => {
  const world = tokenWorlds()

  const udap = (url: string) => ({
    credential: {
      kind: 'udap',
      clientId: 'https://clinic.example',
      scope: 'system/*.rs',
      tokenUrl: `${url}/token`,
      certificate: 'client.pem',
      key: 'client.key',
      organizationId: 'https://clinic.example/org',
      organizationName: 'Clinic',
    },
  })

  it('is a token for an assertion with a certificate and the B2B extension (UDAP)', async () => {
    const { pem, key } = certificate()
    const files = { 'client.pem': pem, 'client.key': key }
    const { payer, ask, tokens, services } = await world(udap, { files })
    expect((await ask()).status).toBe(200)
    expect(services().map(({ authorization }) => authorization)).toEqual(['Bearer access-1'])
    const [form] = tokens()
    expect(form).toMatchObject({
      grant_type: 'client_credentials',
      client_assertion_type: JWT_BEARER,
      udap: '1',
    })
    const { x5c = [], alg } = decodeProtectedHeader(form?.client_assertion ?? '')
    const leaf = new X509Certificate(Buffer.from(x5c[0] ?? '', 'base64'))
    expect([alg, leaf.subjectAltName]).toEqual(['RS256', 'URI:https://clinic.example'])
    const { payload } = await jwtVerify(form?.client_assertion ?? '', leaf.publicKey, {
      issuer: 'https://clinic.example',
      subject: 'https://clinic.example',
      audience: `${payer.url}/token`,
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    expect(payload.extensions).toEqual({
      'hl7-b2b': {
        version: '1',
        organization_id: 'https://clinic.example/org',
        organization_name: 'Clinic',
        purpose_of_use: ['urn:oid:2.16.840.1.113883.5.8#TREAT'],
      },
    })
  })

  it.each([
    ['the key of another certificate', () => ({ key: certificate().key }), /is not the key of/],
    ['no key', () => ({ key: 'x' }), /client\.key holds no private key/],
    ['no certificate', () => ({ pem: 'x' }), /client\.pem holds no certificate/],
  ])('stops the start where there is %s', async (_, broken, words) => {
    const { pem, key } = { ...certificate(), ...broken() }
    const files = { 'client.pem': pem, 'client.key': key }
    await expect(world(udap, { files })).rejects.toThrow(words)
    await expect(world(udap, { files })).rejects.toThrow(/^payers\.acme, services: /)
  })

  it('is told for which provider it is asked, whom the site vouches for, and keeps providers apart', async () => {
    const { pem, key } = certificate()
    const files = { 'client.pem': pem, 'client.key': key }
    const npi = { users: { 'Practitioner/dora': '1234567893' } }
    const { ask, signIn, tokens, services } = await world(udap, { files, more: { npi } })
    const dora = await signIn('https://ehr.example/fhir/Practitioner/dora')
    for (const session of [undefined, dora, dora]) expect((await ask(session)).status).toBe(200)
    const named = tokens().map(({ client_assertion = '' }) => decodeJwt(client_assertion).extensions)
    expect(named).toEqual([
      { 'hl7-b2b': expect.not.objectContaining({ subject_id: expect.anything() }) },
      { 'hl7-b2b': expect.objectContaining({ subject_id: 'urn:oid:2.16.840.1.113883.4.6#1234567893' }) },
    ])
    expect(services().map(({ authorization }) => authorization)).toEqual([
      'Bearer access-1',
      'Bearer access-2',
      'Bearer access-2',
    ])
  })

  it('stops the start where an NPI is none', async () => {
    const more = { npi: { users: { 'Practitioner/dora': '123' } } }
    await expect(world(() => ({}), { more })).rejects.toThrow(/npi\.users\..*National Provider Identifier/)
  })
})
