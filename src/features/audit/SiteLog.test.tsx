// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { KeptLogPort, LogLine, LogSearch } from '../../domain/kept-log'
import { fail, ok } from '../../domain/result'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import SiteLog from './SiteLog'

const NOW = new Date(2026, 10, 21, 12).getTime()
const JANE = 'https://ehr.example/fhir/Patient/p1'

const question: LogLine = {
  id: 'q1',
  seq: 4,
  kind: 'question',
  at: NOW - 60_000,
  payerName: 'Acme Health',
  who: 'https://ehr.example/fhir/Practitioner/moreno',
  patient: JANE,
  detail: 'https://acme.example/cds-services/order-sign',
  reads: 3,
  entry: {
    version: 1,
    id: 'q1',
    chart: 'https://ehr.example/fhir',
    patientId: 'p1',
    payerId: 'acme',
    payerName: 'Acme Health',
    hook: 'order-sign',
    hookInstance: 'h1',
    title: 'CPAP device (E0601)',
    coverage: 'Coverage/1',
    outcome: 'answered',
    askedAt: NOW - 60_000,
    endedAt: NOW - 59_000,
    assertionIds: ['AH-7F31'],
    suggestionUuids: [],
  },
}
const look: LogLine = {
  id: 'l1',
  seq: 3,
  kind: 'look',
  at: NOW - 90_000,
  who: 'https://ehr.example/fhir/Practitioner/ruiz',
  detail: 'search',
  reads: 0,
}

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

/** The log of a site; what it was asked for. */
function open(over: Partial<KeptLogPort> = {}) {
  const searches: LogSearch[] = []
  const opened: string[] = []
  const log: KeptLogPort = {
    mayLook: async () => true,
    async search(search) {
      searches.push(search)
      return ok(search.before === undefined ? { lines: [question], before: 4 } : { lines: [look] })
    },
    async open(id) {
      opened.push(id)
      return ok({
        line: question,
        entries: [
          { seq: 3, at: NOW, kind: 'asked', content: { url: 'u', body: '{"said":"the request itself"}' } },
        ],
      })
    },
    export: async (_, form) => ok(`as ${form}`),
    ...over,
  }
  const work = fakeWork(fakeWorld(fakeClock(NOW)))
  render(
    <Shell work={work}>
      <SiteLog log={log} />
    </Shell>,
  )
  return { searches, opened }
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const row = async (words: string) => {
  const found = (await screen.findByText((text) => text.includes(words))).closest('li')
  if (found === null) throw new Error(`no row has ${words}`)
  return found
}

describe('the site’s log', () => {
  it('is searched by a press alone, first about the patient whose chart is open', async () => {
    const { searches } = open()
    expect(searches).toEqual([])
    press('Search')
    const found = await row('CPAP')
    for (const words of [
      'CPAP device (E0601)',
      'Answered',
      'Acme Health',
      'By Practitioner/moreno',
      'About Patient/p1',
      'Payer’s reference AH-7F31',
      'The payer read 3 times',
    ])
      expect(found.textContent).toContain(words)
    expect(searches).toEqual([{ patient: 'p1' }])
  })

  it('is searched by days, whole and in this zone, and by references', async () => {
    const { searches } = open()
    type('Patient', ' ')
    type('From', '2026-11-20')
    type('To', '2026-11-21')
    type('Payer’s reference', 'AH-7F31 ')
    type('Reference of the question', 'h1')
    press('Search')
    await row('CPAP')
    expect(searches).toEqual([
      {
        assertionId: 'AH-7F31',
        hookInstance: 'h1',
        from: new Date(2026, 10, 20).getTime(),
        to: new Date(2026, 10, 22).getTime() - 1,
      },
    ])
  })

  it('does not search days that are no span, and says why', () => {
    const { searches } = open()
    type('From', '2026-11-21')
    type('To', '2026-11-20')
    press('Search')
    expect(screen.getByText('The last day is before the first one.')).toBeTruthy()
    expect(searches).toEqual([])
  })

  it('shows older ones after those that are there, looks into the log among them', async () => {
    const { searches } = open()
    press('Search')
    await row('CPAP')
    press('Show older ones')
    const older = await row('Looked into the log')
    expect(older.textContent).toContain('By Practitioner/ruiz')
    expect(document.activeElement).toBe(within(older).getByRole('button'))
    expect(searches).toEqual([{ patient: 'p1' }, { patient: 'p1', before: 4 }])
    expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull()
  })

  it('opens one to the letter, once, and comes back to its row', async () => {
    const { opened } = open()
    press('Search')
    await row('CPAP')
    press(/^Open: CPAP/)
    fireEvent.click(await screen.findByText(/^Sent, .* \(entry 3\)$/))
    // As JSON, not as text within JSON.
    expect(await screen.findByText(/"said": "the request itself"/)).toBeTruthy()
    expect(opened).toEqual(['q1'])
    press('Back to what was found')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Open: CPAP/ }))
  })

  it.each([
    ['Save all that fits as JSON', 'as json'],
    ['One entry a line (NDJSON)', 'as ndjson'],
  ])('gives all that fits to take along: %s', async (button, text) => {
    URL.createObjectURL = () => 'blob:x'
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    open()
    press('Search')
    await row('CPAP')
    press(button)
    fireEvent.click(await screen.findByText('Nothing was saved? Take the text from here'))
    expect(screen.getByLabelText<HTMLTextAreaElement>('What was found, as text').value).toBe(text)
  })

  it.each([
    [{ kind: 'http', server: 'This site’s relay', status: 401 }, /did not accept this app's sign-in/],
    [{ kind: 'http', server: 'This site’s relay', status: 503 }, /has a fault of its own/],
  ] as const)('says that nothing was searched where it cannot be: %j', async (problem, words) => {
    open({ search: async () => fail(problem) })
    press('Search')
    expect((await screen.findByRole('alert')).textContent).toMatch(words)
    expect(screen.getByRole('alert').textContent).toContain('The log was not searched.')
  })

  it('says that nothing fits', async () => {
    open({ search: async () => ok({ lines: [] }) })
    press('Search')
    expect(await screen.findByText(/Nothing in the log fits/)).toBeTruthy()
  })
})
