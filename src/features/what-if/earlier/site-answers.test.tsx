// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AuditList, AuditPort, InvocationRecord } from '../../../domain/audit'
import { fakeClock } from '../../asking/fake-clock'
import { fakeAudit } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import EarlierAnswers from './EarlierAnswers'
import { as, asked, covered } from './kept.test-data'

let own: InvocationRecord
let others: InvocationRecord

beforeAll(async () => {
  const { record } = await asked(covered)
  own = as(record, { id: 'own', title: 'My own', user: 'https://ehr.example/fhir/Practitioner/dr1' })
  others = as(record, {
    id: 'others',
    title: 'Of others',
    user: 'https://ehr.example/fhir/Practitioner/dr11',
  })
})
afterEach(cleanup)

function open(of: NonNullable<AuditList['asked']>, over: Partial<AuditPort> = {}) {
  const kept = fakeAudit([own, others])
  const audit: AuditPort = {
    ...kept,
    isSites: true,
    list: async (patientId) => ({ ...(await kept.list(patientId)), asked: of }),
    ...over,
  }
  render(
    <Shell work={fakeWork(fakeWorld(fakeClock(0), { audit }))}>
      <EarlierAnswers isShown />
    </Shell>,
  )
}

describe('earlier answers from the site’s log', () => {
  it('say whose they are and where they are kept, and which a colleague asked for', async () => {
    open('all')
    expect(await screen.findByText(/everybody’s questions about this patient.*this site’s log/)).toBeTruthy()
    const rows = screen.getAllByRole('listitem').map((row) => row.textContent ?? '')
    expect(rows.find((row) => row.includes('My own'))).not.toContain('colleague')
    expect(rows.find((row) => row.includes('Of others'))).toContain('Asked by a colleague')
  })

  it('are the user’s own where the site shares none', async () => {
    open('own')
    expect(
      await screen.findByText(/^They are your questions about this patient, kept in this site’s log/),
    ).toBeTruthy()
  })

  it('cannot be deleted', async () => {
    open('all')
    await screen.findByText('My own')
    expect(screen.queryByRole('button', { name: /^Delete/ })).toBeNull()
  })

  it('say so where the log cannot be read', async () => {
    open('all', { list: () => Promise.reject(new Error('no')) })
    expect((await screen.findByRole('alert')).textContent).toContain(
      'What this site’s log has could not be read.',
    )
  })
})
