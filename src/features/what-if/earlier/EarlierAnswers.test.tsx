// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AuditPort, InvocationRecord } from '../../../domain/audit'
import { fail, ok } from '../../../domain/result'
import { fakeClock } from '../../asking/fake-clock'
import { fakeAudit } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import EarlierAnswers from './EarlierAnswers'
import { as, asked, covered } from './kept.test-data'

const NOW = new Date(2026, 10, 21, 12).getTime()
const day = (date: number, hour: number) => {
  const askedAt = new Date(2026, 10, date, hour).getTime()
  return { askedAt, endedAt: askedAt + 800 }
}

let answered: InvocationRecord
let silent: InvocationRecord
let failed: InvocationRecord

beforeAll(async () => {
  answered = as((await asked(covered)).record, { id: 'answered', ...day(21, 9) })
  silent = as((await asked(() => ok({ cards: [] }))).record, { id: 'silent', ...day(20, 15) })
  const refusal = await asked(() => fail({ kind: 'http', server: 'Acme Health', status: 412 }))
  failed = as(refusal.record, { id: 'failed', title: 'CPAP device (E0601)', ...day(20, 14) })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function open(records: readonly InvocationRecord[], over: Partial<AuditPort> = {}, retentionDays?: number) {
  const audit = { ...fakeAudit(records), ...over }
  const invoke = vi.fn()
  const work = fakeWork(fakeWorld(fakeClock(NOW), { audit, invoke }))
  const policy = { ...work.site.policy, ...(retentionDays !== undefined && { retentionDays }) }
  const screenOf = (isShown: boolean) => (
    <Shell work={{ ...work, site: { ...work.site, policy } }}>
      <EarlierAnswers isShown={isShown} />
    </Shell>
  )
  const { rerender } = render(screenOf(true))
  return { audit, invoke, show: (isShown: boolean) => rerender(screenOf(isShown)) }
}

const rows = () => screen.getAllByRole('listitem').map((row) => row.textContent ?? '')
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const openFirst = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

describe('the earlier answers', () => {
  it('stand by day, newest first, each with what was asked, of whom, how it went, when, and its reference', async () => {
    open([failed, silent, answered])
    await screen.findByRole('region', { name: 'Today, 21-Nov-2026' })
    expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)).toEqual([
      'Today, 21-Nov-2026',
      '20-Nov-2026',
    ])
    const [first, second, third] = rows()
    for (const words of ['MRI of the knee', 'Answered', 'Acme Health', 'An order', 'AH-7F31-0092'])
      expect(first).toContain(words)
    expect(first).toMatch(/21-Nov-2026 09:00 \(UTC/)
    expect(second).toContain('Said nothing')
    expect(third).toContain('CPAP device (E0601)')
    expect(third).toContain('Failed')
    expect(screen.queryByRole('searchbox')).toBeNull()
  })

  it('say how long they are kept', async () => {
    open([answered])
    expect(await screen.findByText(/kept until your session with Lakeside EHR ends/)).toBeTruthy()
    cleanup()
    open([answered], {}, 30)
    expect(await screen.findByText(/kept for you for 30 days, in this browser only/)).toBeTruthy()
  })

  it('say so where this browser keeps nothing, and how many cannot be read any more', async () => {
    const list = async () => ({ entries: [answered.entry], unreadable: 2, isDurable: false })
    open([answered], { list })
    expect(await screen.findByText(/gone when this window closes/)).toBeTruthy()
    expect(screen.getByText(/^2 earlier answers can no longer be read/)).toBeTruthy()
  })

  it('say that there are none yet, and where to ask', async () => {
    open([])
    expect(await screen.findByText(/Nothing about this patient is kept yet/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Ask in What-if' }).getAttribute('href')).toBe('#/what-if')
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('say that they could not be read', async () => {
    open([], { list: () => Promise.reject(new Error('denied')) })
    expect((await screen.findByRole('alert')).textContent).toContain('could not be read')
  })

  it('are read anew when the screen is shown again', async () => {
    const { audit, show } = open([silent])
    expect(await screen.findAllByRole('listitem')).toHaveLength(1)
    show(false)
    await audit.keep(answered)
    show(true)
    await waitFor(() => expect(rows()).toHaveLength(2))
  })

  it('are found by words and payer where there are many, and what is left out is counted', async () => {
    const many = Array.from({ length: 9 }, (_, i) => as(silent, { id: `s${i}` }))
    open([...many, failed, as(answered, { payerId: 'bo', payerName: 'Borealis Mutual' })])
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Find' }), { target: { value: 'cpap' } })
    expect(rows()).toHaveLength(1)
    expect(screen.getAllByText('1 of 11 earlier answers shown.').length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: 'Save these 1 as JSON' })).toBeTruthy()
    press('Show all')
    expect(rows()).toHaveLength(11)
    fireEvent.change(screen.getByRole('combobox', { name: 'Payer' }), { target: { value: 'bo' } })
    expect(rows()).toHaveLength(1)
    fireEvent.change(screen.getByRole('searchbox', { name: 'Find' }), { target: { value: 'no such thing' } })
    expect(screen.queryAllByRole('listitem')).toHaveLength(0)
    expect(screen.getAllByText('0 of 11 earlier answers shown.').length).toBeGreaterThan(0)
  })

  it('are deleted one by one, after a second press', async () => {
    const { audit } = open([answered, silent])
    await screen.findAllByRole('listitem')
    const button = () =>
      within(screen.getByRole('region', { name: '20-Nov-2026' })).getByRole('button', { name: /^Delete/ })
    fireEvent.click(button())
    expect(document.activeElement?.textContent).toBe('Keep it')
    press('Keep it')
    expect(document.activeElement).toBe(button())
    expect(audit.held()).toHaveLength(2)
    fireEvent.click(button())
    press('Yes, delete')
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(audit.held().map(({ entry }) => entry.id)).toEqual(['answered'])
    expect(document.activeElement?.textContent).toBe('Earlier answers')
  })
})

describe('an earlier answer that is opened', () => {
  it('shows what was said then, with its documents and links, dated, and offers no way to go on from it', async () => {
    const { invoke } = open([answered])
    await openFirst('Open: MRI of the knee (73721)')
    expect(document.activeElement?.textContent).toBe('MRI of the knee (73721)')
    expect(
      screen.getByText(/^Asked 21-Nov-2026 09:00 \(UTC.*What was said then may no longer hold/),
    ).toBeTruthy()
    expect(await screen.findByText('Covered. No prior authorization is needed.')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'An X-ray may do' })).toBeTruthy()
    expect(screen.getByRole('link', { name: /Imaging policy/ }).getAttribute('href')).toBe(
      'https://acme.example/policy.pdf',
    )
    expect(screen.getAllByText('AH-7F31-0092').length).toBeGreaterThan(0)
    for (const name of [/^Ask/, /^Use/, /^Dismiss/, /^Leave/])
      expect(screen.queryByRole('button', { name })).toBeNull()
    expect(invoke).not.toHaveBeenCalled()
  })

  it('gives to the letter what was sent and what came back', async () => {
    open([answered])
    await openFirst('Open: MRI of the knee (73721)')
    for (const [summary, json] of [
      ['What was sent', answered.payload.request],
      ['What came back', answered.payload.response],
    ] as const) {
      const box = (await screen.findByText(summary)).closest('details') as HTMLDetailsElement
      expect(box.querySelector('pre')).toBeNull()
      box.open = true
      await act(async () => void fireEvent(box, new Event('toggle')))
      expect(JSON.parse(box.querySelector('pre')?.textContent ?? '')).toEqual(json)
      expect(within(box).getByRole('button', { name: /^Copy what/ })).toBeTruthy()
    }
  })

  it('says why there was no answer, and that nothing came back', async () => {
    open([failed])
    await openFirst('Open: CPAP device (E0601)')
    expect(await screen.findByText('Nothing came back that could be kept.')).toBeTruthy()
    expect(
      screen.getByText('No answer from Acme Health. This does not mean the service is covered.'),
    ).toBeTruthy()
    expect(screen.getByText(failed.entry.failure?.sentence ?? 'absent')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /try again/i })).toBeNull()
  })

  it('says where it can no longer be read', async () => {
    open([answered], { open: async () => undefined })
    await openFirst('Open: MRI of the knee (73721)')
    expect((await screen.findByRole('alert')).textContent).toContain('can no longer be read')
  })

  it('is left for the list, with focus where it came from', async () => {
    open([answered, failed])
    await openFirst('Open: CPAP device (E0601)')
    press('Back to all earlier answers')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open: CPAP device (E0601)' }))
  })

  it('can be deleted from there', async () => {
    const { audit } = open([answered, failed])
    await openFirst('Open: CPAP device (E0601)')
    press(/^Delete/)
    press('Yes, delete')
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(audit.held()).toHaveLength(1)
    expect(document.activeElement?.textContent).toBe('Earlier answers')
  })
})

describe('taking earlier answers away', () => {
  const saved: { name: string; blob: Blob }[] = []
  const watch = () => {
    saved.length = 0
    let blob = new Blob()
    URL.createObjectURL = (given) => {
      blob = given as Blob
      return 'blob:x'
    }
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob })
    })
  }

  it('saves all of them as one JSON file whose name says nothing of the patient', async () => {
    watch()
    open([answered, failed])
    await openFirst('Save all 2 as JSON')
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual(['payer-answers-2026-11-21.json']))
    const text = screen.getByRole<HTMLTextAreaElement>('textbox', {
      name: 'Earlier answers as JSON',
      hidden: true,
    })
    const json = JSON.parse(text.value)
    expect(json.kind).toBe('beforehand-invocations')
    expect(json.invocations.map((each: { id: string }) => each.id)).toEqual(['answered', 'failed'])
    expect(json.invocations[0].request).toEqual(answered.payload.request)
    expect(saved[0]?.blob.size).toBe(new Blob([text.value]).size)
  })

  it('shows the text to copy where the frame forbids downloads, and counts what could not be read', async () => {
    watch()
    open([answered, failed], { open: async (id) => (id === 'failed' ? failed : undefined) })
    await openFirst('Show as text to copy')
    expect(await screen.findByText('One could not be read and is left out.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Copy the JSON' })).toBeTruthy()
    expect(saved).toEqual([])
  })
})
