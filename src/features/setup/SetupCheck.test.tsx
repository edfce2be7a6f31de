// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Probed } from '../../domain/setup/probe'
import type { SetupWorld } from '../../domain/setup/world'
import { parseSite } from '../../domain/site-config'
import { SetupCheck } from './SetupCheck'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const PAYER = { id: 'acme', name: 'Acme', identifiers: [{ system: 's', value: '1' }] }

function world(answer: (url: string) => Probed, config: Readonly<Record<string, unknown>> = {}) {
  const site = parseSite(
    {
      issuers: [
        { issuer: 'https://ehr.example/fhir', name: 'Lakeside', clientId: 'x', scopes: 'patient/*.rs' },
      ],
      payers: [{ ...PAYER, cdsBase: 'https://acme.example' }],
      ...config,
    },
    'https://app.example',
  )
  if (!site.ok) throw new Error('the configuration of this test is wrong')
  const asked: string[] = []
  const made: SetupWorld = {
    site: site.value,
    appOrigin: 'https://app.example',
    probe: {
      from: 'browser',
      async send({ url }) {
        asked.push(url)
        return answer(url)
      },
    },
    newId: () => 'id',
  }
  const clock = { now: () => Date.parse('2026-11-21T12:00:00Z'), after: () => () => undefined }
  return { asked, page: { ...made, clock } }
}

const services = (url: string): Probed =>
  url.endsWith('/cds-services')
    ? {
        kind: 'answer',
        status: 200,
        headers: {},
        body: JSON.stringify({ services: [{ id: 's', hook: 'order-sign' }] }),
      }
    : { kind: 'none', why: 'cors' }

const articleOf = (name: RegExp) => screen.findByRole('article', { name })

describe('the page of the set-up check', () => {
  it('asks nobody before it is told to', () => {
    const { asked, page } = world(services)
    render(<SetupCheck world={page} />)
    expect(screen.getByRole('button', { name: 'Check now' })).toBeTruthy()
    expect(asked).toEqual([])
  })

  it('shows what is to be mended before what is fine, and who mends it', async () => {
    const { page } = world(services)
    render(<SetupCheck world={page} />)
    fireEvent.click(screen.getByRole('button', { name: 'Check now' }))
    const ehr = await articleOf(/EHR: Lakeside/)
    const items = within(ehr).getAllByRole('listitem')
    expect(items[0]?.textContent).toMatch(
      /^SMART discovery To mend.*lets no browser read it.*What to do: Ask Lakeside to allow/,
    )
    const acme = await articleOf(/Payer: Acme/)
    expect(within(acme).getByText(/none for order-dispatch, appointment-book/)).toBeTruthy()
    expect(await screen.findByRole('heading', { name: /2 servers: \d to mend/ })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy()
  })

  it('gives the whole as text for support', async () => {
    const writeText = vi.fn(async (_: string) => undefined)
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
    const { page } = world(services)
    render(<SetupCheck world={page} />)
    fireEvent.click(screen.getByRole('button', { name: 'Check now' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Copy' }))
    await screen.findByRole('button', { name: 'Copied' })
    const [text] = writeText.mock.calls[0] ?? []
    expect(text).toMatch(/^Set-up check of Beforehand\n2026-11-21T12:00:00\.000Z, by the page in a browser/)
    expect(text).toMatch(/^MEND {2}SMART discovery: /m)
  })

  it('asks nothing of a payer behind the relay, and leads to the command', async () => {
    const { asked, page } = world(services, {
      relay: '/relay',
      payers: [{ ...PAYER, cdsBase: '/relay/payers/acme/cds' }],
    })
    render(<SetupCheck world={page} />)
    fireEvent.click(screen.getByRole('button', { name: 'Check now' }))
    const acme = await articleOf(/Payer: Acme/)
    expect(acme.textContent).toMatch(/asked through this site’s relay.*npm run check-setup/)
    expect(asked.filter((url) => url.includes('/relay'))).toEqual([])
  })
})
