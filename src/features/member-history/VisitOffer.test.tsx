// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { CdsPort } from '../../domain/ports'
import { fail, ok, type Result } from '../../domain/result'
import { button, card, open, press } from './on-screen.test-data'
import { acme, memberJane } from './world.test-data'

afterEach(cleanup)

const withHooks = { ...acme, cdsBase: 'https://payer.example/cds' }

function payer(answer: () => Result<unknown>) {
  const sent: string[] = []
  const service = { id: 'visits', hook: 'appointment-book', prefetch: {}, versions: ['2.2'] } as const
  const cds: CdsPort = {
    discover: async () => ok({ services: [{ ...service, configurationOptions: [] }], unreadable: 0 }),
    wellKnown: async () => fail({ kind: 'network', server: 'Acme Health' }),
    feedback: async () => ok(undefined),
    invoke: async (request) => {
      sent.push(request.body)
      return answer()
    },
  }
  return { cds, sent }
}

const link = (changes: object = {}) => ({
  cards: [
    {
      summary: 'Acme Health holds history for this member',
      links: [{ label: 'Review', type: 'smart', appContext: JSON.stringify(card(changes)) }],
    },
  ],
})

async function show(): Promise<void> {
  const summary = await screen.findByText('Another way: ask about a visit')
  const details = summary.closest('details')
  if (details === null) throw new Error('no details')
  details.open = true
  fireEvent(details, new Event('toggle'))
  await press('Show what would be sent')
}

describe('the way over the payer’s scheduling', () => {
  it('shows what would be sent, sends it by a press of its own, keeps it and finds the member of the card', async () => {
    const { cds, sent } = payer(() => ok(link()))
    const { payerCalls, kept } = open({ payers: [withHooks], cds })
    await show()
    await screen.findByText(/receives 1 hypothetical appointment for Jane Roe/)
    expect(screen.getByText('Member id: M-1')).toBeTruthy()
    expect(sent).toEqual([])
    await press('Ask Acme Health about this visit')
    await screen.findByText('Acme Health found one member: Jane Roe')
    expect(sent).toHaveLength(1)
    expect(JSON.parse(sent[0] ?? '').extension).toMatchObject({ memberId: 'M-1', coverage: 'Coverage/c1' })
    expect(payerCalls).toEqual(['Patient/m1'])
    expect(kept.map(({ entry }) => [entry.hook, entry.payerId])).toEqual([['appointment-book', 'acme']])
    await button('Read history')
  })

  it('has to be put together anew once the member id is corrected', async () => {
    const { cds, sent } = payer(() => ok(link()))
    open({ payers: [withHooks], cds })
    await show()
    await button('Ask Acme Health about this visit')
    fireEvent.change(screen.getByLabelText(/Member id at/), { target: { value: 'M-2' } })
    await waitFor(() => expect(screen.queryByRole('button', { name: /about this visit$/ })).toBeNull())
    await press('Show what would be sent')
    await screen.findByText('Member id: M-2')
    expect(sent).toEqual([])
  })

  it.each<[string, Result<unknown>, RegExp]>([
    [
      'there is no link',
      ok({ cards: [{ summary: 'Unable to match individual' }] }),
      /does not lead to records/,
    ],
    ['the link is for another patient', ok(link({ ehrPatient: 'p2' })), /about another patient/],
    ['the payer has a fault', fail({ kind: 'http', server: 'Acme Health', status: 503 }), /fault of its own/],
  ])('reads nothing where %s', async (_, answer, words) => {
    const { cds } = payer(() => answer)
    const { payerCalls, kept } = open({ payers: [withHooks], cds })
    await show()
    await press('Ask Acme Health about this visit')
    await screen.findByText(words)
    expect(screen.getByText(/No record was read/)).toBeTruthy()
    expect(payerCalls).toEqual([])
    expect(kept).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
  })

  it('stops at a member who is another person', async () => {
    const { cds } = payer(() => ok(link()))
    open({ payers: [withHooks], cds, member: { ...memberJane, birthDate: '1980-01-01' } })
    await show()
    await press('Ask Acme Health about this visit')
    await screen.findByText(/is not the same person as in this chart/)
  })

  it('says why where the payer has no such service, and sends nothing', async () => {
    const { cds, sent } = payer(() => ok(link()))
    open({ payers: [withHooks], cds: { ...cds, discover: async () => ok({ services: [], unreadable: 0 }) } })
    await show()
    await screen.findByText(/offers no service that can be asked about appointments/)
    expect(screen.getByText(/Nothing about this patient was sent to Acme Health/)).toBeTruthy()
    expect(sent).toEqual([])
  })

  it.each([
    ['without hooks', acme],
    ['that is told no identities', { ...withHooks, deIdentified: true }],
  ])('is not offered for a payer %s', async (_, given) => {
    open({ payers: [given] })
    await button('Find at Acme Health')
    expect(screen.queryByText('Another way: ask about a visit')).toBeNull()
  })
})
