import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSession } from './launch-response'

const token = (claims: object) =>
  `${btoa('{"alg":"none"}')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`.replace(/=/g, '')
const state = (tokenResponse: object) => ({
  key: 'k1',
  serverUrl: 'https://ehr.example/fhir/',
  scope: 'asked',
  tokenResponse: { access_token: 'secret', patient: '1', ...tokenResponse },
})
const read = (tokenResponse: object) => {
  const session = readSession(state(tokenResponse), 'EHR')
  if (!session.ok) throw new Error('not read')
  return session.value
}

describe('a token response', () => {
  it('becomes a session without the token in it', () => {
    const session = read({
      scope: 'patient/*.rs launch',
      encounter: 'e1',
      intent: 'what-if',
      need_patient_banner: false,
      appContext: '{}',
    })
    expect(session).toEqual({
      key: 'k1',
      ehrName: 'EHR',
      fhirBase: 'https://ehr.example/fhir',
      patientId: '1',
      encounterId: 'e1',
      intent: 'what-if',
      appContext: '{}',
      scopes: ['patient/*.rs', 'launch'],
      fhirContext: [],
      needPatientBanner: false,
    })
  })

  it('without scope means as asked, without need_patient_banner means yes, without patient means none', () => {
    expect(read({ patient: undefined })).toMatchObject({
      scopes: ['asked'],
      needPatientBanner: true,
      patientId: '',
    })
  })

  it.each([
    [{ fhirUser: 'https://ehr.example/fhir/Practitioner/7', name: 'Żółć' }, 'Practitioner/7'],
    [{ profile: 'Practitioner/7' }, 'Practitioner/7'],
    [{ fhirUser: 'https://other.example/fhir/Practitioner/7' }, undefined],
    [{ fhirUser: 'Practitioner/../Patient' }, undefined],
    [{ fhirUser: 7 }, undefined],
    [{}, undefined],
  ])('names the user by %j as %s', (claims, user) => {
    expect(read({ id_token: token(claims) }).fhirUser).toBe(user)
  })

  it('survives an id_token that is none', () => {
    expect(read({ id_token: 'nonsense' }).fhirUser).toBeUndefined()
  })

  it('reads fhirContext item by item', () => {
    expect(
      read({ fhirContext: [{ reference: 'Appointment/1', role: 'x' }, 'nonsense', { reference: 7 }] })
        .fhirContext,
    ).toEqual([{ reference: 'Appointment/1', role: 'x' }, {}])
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('patient', 'scope', 'id_token', 'fhirContext', 'intent', 'need_patient_banner'),
          fc.anything(),
        ),
        (tokenResponse) => {
          expect(() => readSession(state(tokenResponse), 'EHR')).not.toThrow()
        },
      ),
    )
  })
})

describe('a user named by a whole URL', () => {
  const shared = 'https://launcher.example/v/r4'
  const user = (fhirUser: string, sharedBase?: string) => {
    const session = readSession(
      { ...state({ fhirUser }), serverUrl: `${shared}/sim/abc/fhir` },
      'EHR',
      sharedBase,
    )
    return session.ok ? session.value.fhirUser : 'unread'
  }

  it('is the launch’s own below the path that all launches of a test launcher share', () => {
    expect(user(`${shared}/fhir/Practitioner/7`, shared)).toBe('Practitioner/7')
    expect(user(`${shared}/sim/abc/fhir/Practitioner/7`, shared)).toBe('Practitioner/7')
  })

  it('is nobody of this chart elsewhere', () => {
    expect(user(`${shared}/fhir/Practitioner/7`)).toBeUndefined()
    expect(user('https://other.example/v/r4/fhir/Practitioner/7', shared)).toBeUndefined()
    expect(user(`${shared}.other.example/fhir/Practitioner/7`, shared)).toBeUndefined()
  })
})
