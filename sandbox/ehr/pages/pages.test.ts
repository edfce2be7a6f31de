import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APP, startTestEhr, TestApp } from '../test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
let app: TestApp

beforeAll(async () => {
  ehr = await startTestEhr()
  app = new TestApp(ehr.url)
})
beforeEach(() => fetch(`${ehr.url}/_reset`, { method: 'POST' }))
afterAll(() => ehr.close())

const page = async (path: string) => (await fetch(`${ehr.url}${path}`)).text()

type Sent = Readonly<Record<string, unknown>> & { readonly resourceType: string }

async function write(resource: Sent): Promise<string> {
  const { body } = await app.connect({}, { scope: 'launch patient/*.cruds' })
  const response = await app.create(resource, body.access_token)
  expect(response.status).toBe(201)
  return (
    /\/([A-Za-z]+\/[A-Za-z0-9.-]+)(?:\/_history.*)?$/.exec(response.headers.get('Location') ?? '')?.[1] ?? ''
  )
}

const subject = { reference: 'Patient/jane-roe' }
const condition = (text: string) => ({ resourceType: 'Condition', subject, code: { text } })
const base64 = (text: string) => Buffer.from(text).toString('base64')
const document = (contentType: string, data: string) => ({
  resourceType: 'DocumentReference',
  status: 'current',
  subject,
  content: [{ attachment: { contentType, data: base64(data), title: '"><b>report</b>' } }],
})

describe('the patient list', () => {
  it('lists everybody with coverage, and finds by name without accents', async () => {
    const all = await page('/')
    for (const id of [
      'jane-roe',
      'ben-okafor',
      'mei-liu',
      'zofia-zolc',
      'sam-nocover',
      'pat-expired',
      'wei-zhang',
    ])
      expect(all).toContain(`/patients/${id}"`)
    expect(await page('/?q=zolc')).not.toContain('/patients/jane-roe"')
  })

  it('escapes what was searched for', async () => {
    expect(await page('/?q=%22%3E%3Cscript%3E')).not.toContain('"><script>')
  })
})

describe('the chart', () => {
  it('shows a record written through the API as new, and where it came from', async () => {
    const reference = await write(condition('Gout'))
    const role = (code: string) => ({ coding: [{ code }] })
    await write({
      resourceType: 'Provenance',
      target: [{ reference }],
      recorded: '2026-11-20T15:00:00Z',
      agent: [
        { type: role('transmitter'), who: { display: 'Acme Health' } },
        { type: role('assembler'), who: { display: 'Beforehand' } },
      ],
    })
    const chart = await page('/patients/jane-roe')
    expect(chart).toMatch(
      /Gout<\/a><span class="new">New, <time datetime="2026-11-20T15:00:00.000Z">15:00 UTC/,
    )
    expect(chart).toContain('Source: Acme Health, via Beforehand')
    expect(await page(`/patients/jane-roe/records/${reference}`)).toContain('Acme Health')
  })

  it('marks nothing as new that was there at the start', async () => {
    expect(await page('/patients/jane-roe')).not.toContain('class="new"')
  })

  it('escapes hostile text of a record', async () => {
    const reference = await write(condition('<script>alert(1)</script>'))
    for (const path of ['/patients/jane-roe', `/patients/jane-roe/records/${reference}`]) {
      const html = await page(path)
      expect(html).not.toContain('<script>')
      expect(html).toContain('&lt;script&gt;alert(1)')
    }
  })

  it('does not show a record under another patient', async () => {
    const reference = await write(condition('Gout'))
    expect((await fetch(`${ehr.url}/patients/ben-okafor/records/${reference}`)).status).toBe(404)
  })

  it('forgets what was written when it is reset', async () => {
    await write(condition('Gout'))
    await fetch(`${ehr.url}/_reset`, { method: 'POST' })
    expect(await page('/patients/jane-roe')).not.toContain('Gout')
    expect(await page('/_log')).not.toContain('Gout')
  })
})

describe('documents', () => {
  it('lists in the chart what a document holds, with links', async () => {
    const [, id] = (await write(document('application/pdf', '%PDF-1.7 bytes'))).split('/')
    const chart = await page('/patients/jane-roe')
    expect(chart).toContain(`href="/documents/${id}/0"`)
    expect(chart).toContain('application/pdf · 14 bytes')
    expect(chart).not.toContain('<b>report</b>')
  })

  it('opens a PDF in place, with its own bytes', async () => {
    const [, id] = (await write(document('application/pdf', '%PDF-1.7 bytes'))).split('/')
    const response = await fetch(`${ehr.url}/documents/${id}/0`)
    expect(response.headers.get('Content-Type')).toBe('application/pdf')
    expect(await response.text()).toBe('%PDF-1.7 bytes')
  })

  it.each([
    ['text/html;charset=utf-8', 'Content-Security-Policy', "sandbox; default-src 'none'"],
    ['application/fhir+json', 'Content-Disposition', 'attachment'],
    ['image/svg+xml', 'Content-Disposition', 'attachment'],
  ])('never lets %s run here', async (type, header, value) => {
    const [, id] = (await write(document(type, '<script>alert(1)</script>'))).split('/')
    const response = await fetch(`${ehr.url}/documents/${id}/0`)
    expect(response.headers.get(header)).toContain(value)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })
})

describe('the frame', () => {
  it('says which app is open and for whom, and gives the app no way to take the chart away', async () => {
    const html = await page('/launch?patient=jane-roe&frame=1&width=320')
    expect(html).toContain('Beforehand')
    expect(html).toContain('Jane Roe')
    expect(html).toContain('width="320"')
    expect(html).toContain(
      'sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads"',
    )
    expect(html).not.toContain('top-navigation')
  })

  it('withholds downloads and windows when strict', async () => {
    const html = await page('/launch?patient=jane-roe&frame=1&frame_permissions=strict')
    expect(html).toContain('sandbox="allow-scripts allow-same-origin allow-forms"')
  })

  it('lets only the app be framed and run no script of its own', async () => {
    const policy = (await fetch(`${ehr.url}/`)).headers.get('Content-Security-Policy')
    expect(policy).toContain(`frame-src 'self' ${APP}`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script-src')
  })
})

describe('the front desk', () => {
  it('opens the app with the question of that row', async () => {
    const html = await page('/schedule?date=2026-11-27')
    const link = /href="(\/launch\?patient=jane-roe[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const query = Object.fromEntries(new URLSearchParams(link.split('?')[1]))
    const { body } = await app.connect({ ...query, frame: undefined })
    expect(body.intent).toBe('front-desk')
    expect(body.fhirContext).toEqual([{ reference: 'Appointment/jane-roe-nutrition', type: 'Appointment' }])
    expect(String(body.id_token)).not.toBe('undefined')
  })

  it('shows today when no day is named, and on a day without anybody says so', async () => {
    expect(await page('/schedule')).toContain('Schedule, 20 Nov 2026')
    expect(await page('/schedule?date=2026-11-22')).toContain('Nobody is booked on this day')
  })

  it('opens the app for the day, without a patient', async () => {
    const link = /href="(\/launch\?intent=front-desk[^"]*)"/.exec(await page('/schedule'))?.[1] ?? ''
    const query = Object.fromEntries(new URLSearchParams(link.replaceAll('&amp;', '&').split('?')[1]))
    const { body } = await app.connect({ ...query, frame: undefined, patient: undefined })
    expect(body).toMatchObject({ intent: 'front-desk' })
    expect(body).not.toHaveProperty('patient')
    const frame = await page('/launch?intent=front-desk&frame=1')
    expect(frame).toContain('<a class="close" href="/schedule">')
    expect(frame).toContain('Tess Bell signed in')
  })
})

it('logs what apps asked, without the secrets of the way there', async () => {
  const launch = await app.launch({})
  await app.authorize({ launch })
  const html = await page('/api-log')
  expect(html).toContain('/full/oauth/authorize')
  expect(html).not.toContain(launch)
})

it('says in words what a launch link lacks', async () => {
  for (const [query, words] of [
    ['', 'names no patient'],
    ['patient=nobody', 'no patient nobody'],
    ['patient=jane-roe&personality=x', 'no EHR personality x'],
    ['patient=jane-roe&user=x', 'Nobody called x'],
  ] as const) {
    const response = await fetch(`${ehr.url}/launch?${query}`, { redirect: 'manual' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(words)
  }
})
