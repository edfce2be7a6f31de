import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPayer, startPayer } from '../payer/server'
import { startTestEhr, TestApp } from './test-app'

/** The EHR with all five payers of the sandbox, in the order of its directory. */
const NAMES = ['acme', 'borealis', 'cedar', 'delta', 'oddity'] as const

let ehr: Awaited<ReturnType<typeof startTestEhr>>
let payers: readonly RunningPayer[]

beforeAll(async () => {
  payers = await Promise.all(NAMES.map((name) => startPayer({ name, port: 0, app: 'http://app.example' })))
  ehr = await startTestEhr(payers.map(({ url }) => url))
})

afterAll(() => Promise.all([ehr, ...payers].map((server) => server.close())))

const book = async (patient: string): Promise<string> => {
  const form = {
    patient,
    service: 'mri-lumbar',
    practitioner: 'moreno',
    location: 'northside-outpatient',
    date: '2026-12-01',
    time: '09:30',
  }
  const init = { method: 'POST', body: new URLSearchParams(form) }
  return (await fetch(`${ehr.url}/appointments/proposal`, init)).text()
}

describe('booking an appointment', () => {
  it.each([
    ['grace-whitfield', 'Acme Health'],
    ['idris-bello', 'Borealis Mutual'],
    ['nora-lindqvist', 'Cedar Care'],
    ['petra-novak', 'Cedar Care'],
    ['tomas-herrera', 'Delta Plan'],
    ['alma-reyes', 'Oddity Insurance'],
  ])('for %s is answered by %s, which knows the member', async (patient, payer) => {
    const page = await book(patient)
    expect(page).toContain(`${payer} holds history for this member`)
    expect(page).not.toContain('it answered with status')
  })
})

it('a Coverage that names a well-known location leads to its payer of this sandbox', async () => {
  const app = new TestApp(ehr.url)
  const { body } = await app.connect({ patient: 'petra-novak' })
  const coverage = (await (await app.fhir('Coverage/petra-novak-card', body.access_token)).json()) as {
    readonly extension: readonly { readonly valueUri: string }[]
  }
  const location = coverage.extension[0]?.valueUri ?? ''
  expect(location).toBe(`${payers[2]?.url}/.well-known/davinci-configuration`)
  expect(await (await fetch(location)).json()).toMatchObject({ identifier: { value: '71044' } })
})
