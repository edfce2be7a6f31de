import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APP, redirectOf, startTestEhr, TestApp } from './test-app'

type Json = Readonly<{ [name: string]: unknown }>

/** A payer of a few lines: keeps what it is sent, answers what it is told to. */
class FakePayer {
  readonly received: { readonly path: string; readonly body: Json }[] = []
  answer: unknown = { cards: [] }
  status = 200
  private readonly server: Server

  constructor() {
    this.server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => {
        text += String(chunk)
      })
      request.on('end', () => {
        if (request.method === 'POST')
          this.received.push({ path: request.url ?? '', body: JSON.parse(text) as Json })
        const body = request.method === 'POST' ? this.answer : DISCOVERY
        response.writeHead(request.method === 'POST' ? this.status : 200, {
          'Content-Type': 'application/json',
        })
        response.end(JSON.stringify(body))
      })
    })
  }

  start(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`),
      )
    })
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

const DISCOVERY = {
  services: [
    { hook: 'order-sign', id: 'other' },
    {
      hook: 'appointment-book',
      id: 'book-1',
      prefetch: {
        who: 'Patient/{{context.patientId}}',
        plan: 'Coverage?patient={{context.patientId}}&status=active',
        more: 'Practitioner?_id={{context.appointments.entry.resource.id}}',
      },
      extension: { 'davinci-crd.version': ['2.1', '2.2'] },
    },
  ],
}

const payer = new FakePayer()
let ehr: Awaited<ReturnType<typeof startTestEhr>>

beforeAll(async () => {
  ehr = await startTestEhr([await payer.start()])
})
beforeEach(() => {
  payer.received.length = 0
  payer.answer = { cards: [] }
  payer.status = 200
})
afterAll(async () => {
  await ehr.close()
  payer.stop()
})

async function book(fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const form = {
    patient: 'jane-roe',
    service: 'nutrition',
    practitioner: 'osei',
    location: 'clinic-suite-4',
    date: '2026-12-01',
    time: '09:30',
    ...fields,
  }
  const response = await fetch(`${ehr.url}/appointments/proposal`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return response.text()
}

describe('the hook', () => {
  it('is sent once, with one proposed appointment that CRD would take', async () => {
    await book()
    expect(payer.received).toHaveLength(1)
    const { path, body } = payer.received[0] ?? { path: '', body: {} }
    expect(path).toBe('/cds-services/book-1')
    expect(body).toMatchObject({
      hook: 'appointment-book',
      fhirServer: `${ehr.url}/full/fhir`,
      context: {
        userId: 'Practitioner/bell',
        patientId: 'jane-roe',
        appointments: {
          type: 'collection',
          entry: [{ fullUrl: expect.stringMatching(/^urn:uuid:/), resource: { status: 'proposed' } }],
        },
      },
      extension: {
        memberId: 'AH56712348',
        coverage: 'Coverage/jane-roe-acme',
        'davinci-crd.requestedVersion': '2.2',
      },
    })
    expect(JSON.stringify(body)).toContain('"PPRF"')
  })

  it('has a new hookInstance each time', async () => {
    await book()
    await book()
    expect(new Set(payer.received.map((r) => r.body.hookInstance)).size).toBe(2)
  })

  it('prefetches what it understands, under the keys of the service, and the primary coverage alone', async () => {
    await book()
    const prefetch = payer.received[0]?.body.prefetch as Json
    expect(Object.keys(prefetch)).toEqual(['who', 'plan'])
    expect(prefetch.who).toMatchObject({ resourceType: 'Patient', id: 'jane-roe' })
    expect(prefetch.plan).toMatchObject({ type: 'searchset', entry: [{ resource: { id: 'jane-roe-acme' } }] })
  })

  it.each([
    ['no active coverage', 'sam-nocover', 'no active coverage'],
    ['a payer without an address here', 'mei-liu', 'no address for Unlisted Plan'],
  ])('is not sent for %s, and the page says so', async (_, patient, words) => {
    const page = await book({ patient })
    expect(payer.received).toHaveLength(0)
    expect(page).toContain('No payer was asked')
    expect(page).toContain(words)
  })

  it('is not sent for a form without a date', async () => {
    expect(await book({ date: '' })).toContain('Give the date')
    expect(payer.received).toHaveLength(0)
  })
})

describe('the reply', () => {
  it('never reads like coverage when it is empty or an error', async () => {
    expect(await book()).toContain('This does not mean that the appointment is covered')
    payer.status = 500
    expect(await book()).toContain('This says nothing about coverage')
  })

  it('shows cards as text, whatever they hold', async () => {
    payer.answer = {
      cards: [
        {
          summary: '<img src=x onerror=alert(1)>',
          detail: 'one\n\n<script>two</script>',
          indicator: 'warning',
          source: {},
        },
        { summary: 'Links', links: [{ label: 'bad', url: 'javascript:alert(1)', type: 'absolute' }] },
        'not a card',
      ],
    }
    const page = await book()
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).toContain('&lt;script&gt;two&lt;/script&gt;')
    expect(page).not.toContain('javascript:')
    expect(page).toContain('1 of its messages could not be read')
  })

  it('opens the app from a smart link with the card’s appContext, which stands in no URL', async () => {
    const appContext = '{"v":1,"memberIdentifier":{"value":"AH56712348"}}'
    const link = { label: 'Review member history', url: `${APP}/`, type: 'smart', appContext }
    payer.answer = { cards: [{ summary: 'History', source: { label: 'Acme Health' }, links: [link] }] }
    const path = /href="(\/launches\/[^"]+)"/.exec(await book())?.[1] ?? ''
    const frame = await (await fetch(`${ehr.url}${path}`)).text()
    const src = /<iframe[^>]* src="([^"]+)"/.exec(frame)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const launch = new URL(src).searchParams.get('launch') ?? ''
    const app = new TestApp(ehr.url)
    const { body } = await app.exchange(redirectOf(await app.authorize({ launch })).get('code') ?? '')
    expect(body.appContext).toBe(appContext)
    expect(body.patient).toBe('jane-roe')
    expect(path + src).not.toContain('AH56712348')
  })

  it('does not open an app that is not registered', async () => {
    const link = { label: 'Open', url: 'https://elsewhere.example/launch', type: 'smart' }
    payer.answer = { cards: [{ summary: 'x', source: { label: 'y' }, links: [link] }] }
    const page = await book()
    expect(page).toContain('not registered here')
    expect(page).not.toContain('elsewhere.example')
  })
})

it('books only when the proposal is confirmed', async () => {
  await book()
  const list = async () => (await fetch(`${ehr.url}/appointments`)).text()
  expect(await list()).not.toContain('1 Dec 2026')
  const fields = {
    patient: 'jane-roe',
    service: 'nutrition',
    practitioner: 'osei',
    date: '2026-12-01',
    time: '09:30',
  }
  await fetch(`${ehr.url}/appointments`, { method: 'POST', body: new URLSearchParams(fields) })
  expect(await list()).toContain('1 Dec 2026')
})
