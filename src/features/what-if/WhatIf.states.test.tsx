// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result'
import { coverageInformation, responseWith } from '../asking/fake-answer'
import { ACME_ORGANIZATION, COVERAGE, PATIENT, PROBLEM, USER } from '../asking/fake-chart'
import { ask, askAboutMri, open, payerColumn } from './fake-stage'

afterEach(cleanup)

const covered = coverageInformation(
  { url: 'covered', valueCode: 'covered' },
  { url: 'pa-needed', valueCode: 'auth-needed' },
)

describe('the six states', () => {
  it('answered: verdict first, then the facts in one order, then the reference', async () => {
    const stage = open()
    await askAboutMri(stage)
    const request = stage.sent[0]
    if (request === undefined) throw new Error('nothing was sent')
    await stage.answer(0, ok(responseWith(request, [covered])))
    await within(payerColumn()).findByText('Covered, if prior authorization is granted first.')
    const terms = within(payerColumn())
      .getAllByRole('term')
      .map((term) => term.textContent)
    expect(terms.slice(0, 4)).toEqual([
      'Covered?',
      'Prior authorization?',
      'Documents needed?',
      'Information needed?',
    ])
    expect(payerColumn().textContent).toContain('AH-7F31-0092')
    expect(payerColumn().textContent).toContain('Not a guarantee of payment')
    expect(payerColumn().textContent).toContain('Answered 10:32')
  })

  it('silent: no guidance is not consent, and nothing looks like a tick', async () => {
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, ok({ cards: [] }))
    await screen.findByText('Acme Health returned no guidance. This does not mean the service is covered.')
    expect(document.querySelector('[data-tone="yes"]')).toBeNull()
  })

  it('could not decide: the payer said so', async () => {
    const stage = open()
    await askAboutMri(stage)
    const request = stage.sent[0]
    if (request === undefined) throw new Error('nothing was sent')
    const undecided = coverageInformation(
      { url: 'covered', valueCode: 'indeterminate' },
      { url: 'reason', valueCodeableConcept: { text: 'Technical trouble' } },
    )
    await stage.answer(0, ok(responseWith(request, [undecided])))
    await screen.findByText('Could not decide')
    expect(payerColumn().textContent).toContain('Technical trouble')
  })

  it('not asked: no coverage on file is said before and after asking, and nothing is sent', async () => {
    const stage = open({ chart: [PATIENT, USER, PROBLEM] })
    await screen.findByText('No payer can be asked: no coverage on file.')
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    await screen.findByText('Not asked')
    expect(payerColumn().textContent).toContain('The chart has no coverage for this patient.')
    expect(stage.sent).toHaveLength(0)
  })

  it('not asked: a payer that is not set up here is named', async () => {
    const other = { ...ACME_ORGANIZATION, name: 'Unlisted Plan', identifier: [] }
    const stage = open({ chart: [PATIENT, USER, { ...COVERAGE, class: [] }, other] })
    await screen.findByText('Unlisted Plan is not set up here')
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    await screen.findByText('Not asked')
    expect(stage.sent).toHaveLength(0)
  })

  it('not asked: a payer without a service for orders', async () => {
    const stage = open({ discover: async () => ok({ services: [], unreadable: 0 }) })
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(ask())
    await screen.findByText('Not asked')
    expect(payerColumn().textContent).toContain(
      'Acme Health offers no service that can be asked about orders.',
    )
    expect(stage.sent).toHaveLength(0)
  })

  it('failed: what happened, what was not done, what to do, whom to call, and a reference', async () => {
    const stage = open()
    await askAboutMri(stage)
    await stage.answer(0, fail({ kind: 'http', server: 'Acme Health', status: 500 }))
    await screen.findByText('Failed')
    const said = payerColumn().textContent
    expect(said).toContain('Acme Health has a fault of its own.')
    expect(said).toContain('Nothing was ordered and nothing was written.')
    expect(said).toContain('800 555 0142')
    expect(within(payerColumn()).getByRole('button', { name: /^Copy reference/ })).toBeTruthy()
  })
})
