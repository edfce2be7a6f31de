// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result'
import { button, card, http, open, press } from './on-screen.test-data'
import { acme, memberJane, world } from './world.test-data'

afterEach(cleanup)

describe('payer and member', () => {
  it('asks nothing of a payer before the button is pressed, and reads nothing before the member is seen', async () => {
    const { payerCalls } = open()
    await button('Find at Acme Health')
    expect(screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/).value).toBe('M-1')
    expect(screen.getByText('Open connection: for sandboxes only')).toBeTruthy()
    expect(payerCalls).toEqual([])
    await press('Find at Acme Health')
    await screen.findByText('Acme Health found one member: Jane Roe')
    expect(payerCalls.filter((call) => !call.includes('Patient') && !call.includes('$'))).toEqual([])
    expect(payerCalls.filter((call) => call === '$member-match')).toHaveLength(1)
  })

  it('sends a corrected member id in place of the one in the chart', async () => {
    const { matchParameters } = open()
    fireEvent.change(await screen.findByLabelText(/Member id at Acme Health/), { target: { value: 'M-77' } })
    await press('Find at Acme Health')
    await waitFor(() => expect(JSON.stringify(matchParameters[0])).toContain('M-77'))
    expect(JSON.stringify(matchParameters[0])).not.toContain('"M-1"')
  })

  it.each([
    ['none', http(422, 'No match found'), /found no member for this patient/],
    ['several', http(422, 'More than one member matches'), /found more than one member/],
    ['not allowed', http(403, 'Member opted out'), /is not allowed to share this member's records/],
    ['service down', http(503), /Acme Health has a fault of its own/],
    ['not reachable', fail({ kind: 'network', server: 'Acme Health' } as const), /could not be reached/],
  ])('says %s in words with the phone to call, and reads nothing', async (_name, match, words) => {
    const { payerCalls } = open({ match })
    await press('Find at Acme Health')
    await screen.findByText(words)
    expect(screen.getByText(/555-0100/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
    expect(payerCalls).toEqual(['$member-match'])
  })

  it('stops at a member who is another person and shows the differences', async () => {
    const { payerCalls } = open({ member: { ...memberJane, birthDate: '1980-01-01' } })
    await press('Find at Acme Health')
    await screen.findByText(/member is not the same person as in this chart/)
    expect(screen.getByText(/1980/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
    expect(payerCalls.some((call) => call.startsWith('Condition'))).toBe(false)
  })

  it('asks the clinician for the agreement plainly, assumes nothing and sends it once confirmed', async () => {
    const { matchParameters } = open({ match: http(422, 'Consent is required') })
    await press('Find at Acme Health')
    await screen.findByText(/needs the patient's agreement/)
    const primary = document.querySelectorAll('.button[data-variant=primary]')
    expect(
      [...primary].map((each) => each.textContent),
      'one next step',
    ).toEqual(['Confirm and find at Acme Health'])
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
    await press('Confirm and find at Acme Health')
    await screen.findByText('There is a problem')
    expect(matchParameters).toHaveLength(1)
    fireEvent.click(screen.getByRole('checkbox'))
    await press('Confirm and find at Acme Health')
    await waitFor(() => expect(matchParameters).toHaveLength(2))
    expect(JSON.stringify(matchParameters[0])).not.toContain('Consent')
    expect(JSON.stringify(matchParameters[1])).toContain('Consent')
  })

  it('says that the agreement cannot be honoured, and changes it by the clinician alone', async () => {
    const answers = [http(422, 'Consent is required'), http(422, 'The consent cannot be honoured: regular')]
    const match = () => answers[Math.min(matchParameters.length, 2) - 1] ?? answers[0]
    const { matchParameters } = open({ match: () => match() ?? http(500) })
    await press('Find at Acme Health')
    fireEvent.click(await screen.findByRole('checkbox'))
    fireEvent.change(screen.getByLabelText(/Organization that receives/), { target: { value: 'Lakeside' } })
    await press('Confirm and find at Acme Health')
    await screen.findByText(/cannot share records on the agreement as it was stated/)
    expect(matchParameters).toHaveLength(2)
    expect(JSON.stringify(matchParameters[1])).toContain('#regular')
    expect(screen.getByLabelText<HTMLInputElement>(/Organization that receives/).value).toBe('Lakeside')
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
    fireEvent.click(screen.getByRole('checkbox'))
    fireEvent.click(screen.getByLabelText(/^All records/))
    await press('Confirm and find at Acme Health')
    await waitFor(() => expect(JSON.stringify(matchParameters[2])).toContain('#sensitive'))
  })

  it('sends a subscriber id of its own beside the member id of the chart', async () => {
    const { matchParameters } = open()
    fireEvent.change(await screen.findByLabelText(/Subscriber id/), { target: { value: 'S-9' } })
    await press('Find at Acme Health')
    await waitFor(() => expect(JSON.stringify(matchParameters[0])).toContain('"subscriberId":"S-9"'))
  })

  it('finds the payer by the file that the coverage names, where its identifiers tell none', async () => {
    const location = 'https://payer.example/.well-known/davinci-configuration'
    const url =
      'http://hl7.org/fhir/us/davinci-hrex/StructureDefinition/extension-CoverageDavinciWellknownLocation'
    const coverages = world.coverages.map((each) => ({
      ...each,
      extension: [{ url, valueUri: location }],
      payor: [{ display: 'Some payer' }],
    }))
    const wellKnown = ok({ endpoints: { 'davinci_pdex_provider_endpoint#2.1': acme.fhirBase } })
    open({ coverages, wellKnown })
    await button('Find at Acme Health')
    expect(screen.queryByText(/has no coverage with/)).toBeNull()
    expect(screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/).value).toBe('M-1')
  })

  it('moves focus to the answer', async () => {
    open()
    await press('Find at Acme Health')
    const answer = await screen.findByText(/found one member/)
    await waitFor(() => expect(document.activeElement?.contains(answer)).toBe(true))
  })

  it('forgets the answer when the member id is changed', async () => {
    open()
    await press('Find at Acme Health')
    await button('Read history')
    fireEvent.change(screen.getByLabelText(/Member id at/), { target: { value: 'M-2' } })
    expect(screen.queryByText(/found one member/)).toBeNull()
    expect(screen.queryByRole('button', { name: 'Read history' })).toBeNull()
  })

  it('says that the chart has no coverage, and asks nothing before the id is typed', async () => {
    const { payerCalls } = open({ coverages: [] })
    await screen.findByText('The chart has no coverage with a payer that shares history.')
    const field = screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/)
    expect(field.value).toBe('')
    await press('Find at Acme Health')
    await screen.findByText('Enter the member id from the card.')
    expect(document.activeElement).toBe(field)
    expect(payerCalls).toEqual([])
    fireEvent.change(field, { target: { value: 'M-1' } })
    await press('Find at Acme Health')
    await screen.findByText(/found one member: Jane Roe/)
  })

  it('says that no payer shares history', async () => {
    open({ payers: [{ ...acme, fhirBase: '' }].map(({ fhirBase: _none, ...payer }) => payer) })
    await screen.findByText('No payer of this site shares member history.')
    expect(screen.queryByRole('button', { name: /^Find at/ })).toBeNull()
  })

  it('says that the coverages could not be read and offers to read them again', async () => {
    open({ coverageProblem: { kind: 'http', server: 'Lakeside EHR', status: 500 } })
    await screen.findByText('Lakeside EHR has a fault of its own.')
    await button('Read the coverages again')
  })
})

describe('opened from a card', () => {
  it('fills in payer and member, says where it comes from and still waits for the button', async () => {
    const { payerCalls } = open({ appContext: card(), coverages: [] })
    await screen.findByText(/Opened from Acme Health's message/)
    await button('Find at Acme Health')
    expect(screen.getByText(/^From Acme Health's message/)).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>(/Member id at Acme Health/).value).toBe('M-1')
    expect(payerCalls).toEqual([])
    await press('Find at Acme Health')
    await screen.findByText(/found one member: Jane Roe/)
  })

  it.each([
    ['another patient', card({ ehrPatient: 'someone-else' })],
    ['a payer that is not of this site', card({ payerFhirBase: 'https://evil.example/fhir' })],
  ])('stops at %s, and no request leaves', async (_name, appContext) => {
    const { payerCalls } = open({ appContext })
    await screen.findByText(/No request was sent to any payer/)
    expect(screen.queryByRole('button', { name: /Find at/ })).toBeNull()
    expect(payerCalls).toEqual([])
  })
})

it.each([
  ['by its own message', card({ accessToken: { value: 'abc' } }), "Opened by Acme Health's own message"],
  ['not at all without one', undefined, 'Not open: needs a message from Acme Health'],
])('says that the payer’s records are open %s', async (_, appContext, words) => {
  open({ payers: [{ ...acme, authorization: 'launch' }], ...(appContext && { appContext }) })
  await screen.findByText(words)
})

it('asks the payer anew where the card says that the member was not found', async () => {
  const { payerCalls } = open({ appContext: card({ result: 'no-match' }) })
  await press('Find at Acme Health')
  await screen.findByText(/found one member: Jane Roe/)
  expect(payerCalls).toContain('$member-match')
})

it('stops when another patient is opened in the chart', async () => {
  const { show } = open()
  await button('Find at Acme Health')
  show('p2')
  await screen.findByText(/Another patient was opened in the chart/)
  expect(screen.queryByRole('button', { name: /Find at/ })).toBeNull()
})
