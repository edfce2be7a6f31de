// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ClinicalDocument } from '../../domain/document/document'
import { NEEDS_AUTHORIZATION } from '../../domain/front-desk/paper.test-data'
import type { FhirJson } from '../../domain/json'
import { fail, ok, type Result } from '../../domain/result'
import type { CoverageView } from '../asking/coverage-view'
import { ACME, COVERAGE, PATIENT } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import type { Answered } from '../asking/use-ask'
import { PaperActions } from './PaperActions'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const ASKED_AT = new Date(2026, 10, 20, 10, 32).getTime()
const PAYER = { id: 'acme', name: 'Acme Health', identifiers: [ACME], authorization: 'open' } as const
const VIEW: CoverageView = {
  kind: 'read',
  choice: { kind: 'none', message: '', others: [] },
  active: [
    {
      id: 'c1',
      resource: COVERAGE,
      name: 'Gold PPO',
      memberId: 'W1234',
      isActive: true,
      payorIdentifiers: [ACME],
      payer: PAYER,
    },
  ],
}
const answeredWith = (lines: Answered['question']['lines']): Answered => ({
  question: {
    key: 'k',
    scenarioVersion: 1,
    title: 'MRI of the head on 30-Nov-2026',
    lines: [{ label: 'Service', value: 'MRI of the head' }, { label: 'Place', value: 'Suite 4' }, ...lines],
  },
  answer: {
    kind: 'silent',
    scenarioVersion: 1,
    payer: PAYER,
    hookInstance: 'h-1',
    askedAt: ASKED_AT,
    endedAt: ASKED_AT,
  },
  orders: [],
  scenario: { version: 1, patientId: 'p1', orders: [] },
})

function open({
  patient = PATIENT,
  lines = [],
  pdf = async () => ok(new Uint8Array([1])),
}: {
  readonly patient?: FhirJson & { readonly id?: string }
  readonly lines?: Answered['question']['lines']
  readonly pdf?: (document: ClinicalDocument) => Promise<Result<Uint8Array>>
} = {}) {
  const work = fakeWork(fakeWorld(fakeClock(ASKED_AT)))
  const answer = { ...NEEDS_AUTHORIZATION, askedAt: ASKED_AT, endedAt: ASKED_AT }
  render(
    <Shell
      work={{ ...work, chart: { ...work.chart, patient }, ports: { ...work.ports, pdf: { render: pdf } } }}
    >
      <PaperActions
        answered={answeredWith(lines)}
        answer={answer}
        view={VIEW}
        today="2026-11-20"
        isStale={false}
      />
    </Shell>,
  )
  return {
    forPatient: () => fireEvent.click(screen.getByRole('button', { name: 'For the patient' })),
    panel: () => screen.getByRole('region', { name: 'For the patient' }),
    press: (name: string, nth = 0) => {
      const button = screen.getAllByRole('button', { name }).at(nth)
      if (button === undefined) throw new Error(`no ${nth + 1}. button ${name}`)
      fireEvent.click(button)
    },
  }
}

const speaks = (code: string): FhirJson => ({
  ...PATIENT,
  communication: [{ language: { coding: [{ code }] }, preferred: true }],
})

/** What the browser would print, at the moment in which it is asked to. */
function printed(press: () => void) {
  const sheets: { alone: boolean; language: string | null; title: string; text: string }[] = []
  vi.spyOn(window, 'print').mockImplementation(() => {
    window.dispatchEvent(new Event('beforeprint'))
    for (const sheet of document.querySelectorAll('.paper'))
      sheets.push({
        alone: sheet.hasAttribute('data-alone'),
        language: sheet.getAttribute('lang'),
        title: sheet.querySelector('h1')?.textContent ?? '',
        text: sheet.textContent ?? '',
      })
    window.dispatchEvent(new Event('afterprint'))
  })
  press()
  return sheets.filter(({ alone }) => alone)
}

describe('an answer on paper at the front desk', () => {
  it('prints for the chart: patient, payer, member id, question, who asked; and leaves nothing behind', () => {
    const { press } = open()
    const [sheet] = printed(() => press('Print'))
    for (const said of [
      'Roe, Jane',
      'Acme Health',
      'Gold PPO',
      'W1234',
      'MRI of the head',
      'Suite 4',
      'Dr. Ana Moreno',
      'Covered only if authorized first.',
      'What to tell the patient',
      'not a guarantee of payment',
      'h-1',
    ])
      expect(sheet?.text).toContain(said)
    expect(document.querySelectorAll('.paper')).toHaveLength(0)
  })

  it('is what the browser prints by its own command too', () => {
    open()
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    expect([...document.querySelectorAll('.paper h1')].map((title) => title.textContent)).toEqual([
      'Is it covered? Not an order, not a guarantee of payment',
    ])
    act(() => void window.dispatchEvent(new Event('afterprint')))
  })

  it('names a member id that was entered for this question as such', () => {
    const { press } = open({ lines: [{ label: 'Member id, entered here', value: 'W9999' }] })
    const [sheet] = printed(() => press('Print'))
    expect(sheet?.text).toContain('Member id, entered for this question: W9999')
    expect(sheet?.text).not.toContain('W1234')
  })

  it('is saved as a PDF under a name that says nothing of the patient', async () => {
    const made: ClinicalDocument[] = []
    const saved: string[] = []
    URL.createObjectURL = () => 'blob:x'
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download)
    })
    const { press, forPatient } = open({
      patient: speaks('es'),
      pdf: async (content) => {
        made.push(content)
        return ok(new Uint8Array([1]))
      },
    })
    forPatient()
    press('Save as PDF', 1)
    press('Save as PDF', 0)
    await waitFor(() => expect(saved).toHaveLength(2))
    expect(saved).toEqual(['for-the-patient-2026-11-20.pdf', 'coverage-answer-2026-11-20.pdf'])
    expect(made.map(({ language }) => language)).toEqual(['es', 'en'])
  })

  it('says what to do where no PDF can be made', async () => {
    const { press } = open({ pdf: async () => fail({ kind: 'network', server: 'The app’s own server' }) })
    press('Save as PDF')
    expect((await screen.findByRole('alert')).textContent).toContain(
      'No PDF was made. Print it, or copy the text.',
    )
  })
})

describe('the answer for the patient', () => {
  it('opens in the language of the chart, with the focus on it, and gives the focus back', () => {
    const { forPatient, panel } = open({ patient: speaks('es-MX') })
    forPatient()
    expect(document.activeElement?.textContent).toBe('For the patient')
    const preview = within(panel()).getByRole('region', { name: 'Preview' })
    expect(preview.querySelector('[lang="es"] h4')?.textContent).toBe('¿Cubre esto su plan de salud?')
    const quote = within(preview).getByText('“Clinic not in Select.”')
    expect(quote.getAttribute('lang')).toBe('en')
    fireEvent.click(within(panel()).getByRole('button', { name: 'Close' }))
    expect(document.activeElement?.textContent).toBe('For the patient')
    expect(document.activeElement?.getAttribute('aria-expanded')).toBe('false')
  })

  it('is in the language that is chosen, on screen and on paper, alone', () => {
    const { forPatient, panel, press } = open()
    forPatient()
    expect(within(panel()).getByText('Does your health plan cover this?')).toBeTruthy()
    fireEvent.click(within(panel()).getByRole('radio', { name: 'Español' }))
    expect(
      within(panel()).getByText('Su plan tiene que aprobar esto antes de que usted lo reciba.'),
    ).toBeTruthy()
    const sheets = printed(() => press('Print', 1))
    expect(sheets.map(({ language, title }) => [language, title])).toEqual([
      ['es', '¿Cubre esto su plan de salud?'],
    ])
  })

  it('carries the payer’s messages once they are asked for', () => {
    const { forPatient, panel } = open()
    forPatient()
    expect(within(panel()).queryByText('“Prior authorization”')).toBeNull()
    fireEvent.click(within(panel()).getByRole('checkbox', { name: /^With the messages of Acme Health/ }))
    expect(within(panel()).getByText('“Prior authorization”')).toBeTruthy()
  })

  it('says so where the patient’s language has no words yet', () => {
    const { forPatient, panel } = open({ patient: speaks('vi') })
    forPatient()
    expect(panel().textContent).toContain('The chart says: Vietnamese.')
    expect(within(panel()).getByRole('radio', { name: 'English' })).toHaveProperty('checked', true)
  })

  it('is copied as text in its own language', async () => {
    const copied: string[] = []
    Object.assign(navigator, { clipboard: { writeText: async (text: string) => void copied.push(text) } })
    const { forPatient, press } = open({ patient: speaks('es') })
    forPatient()
    press('Copy as text', 1)
    press('Copy as text', 0)
    await screen.findAllByRole('button', { name: 'Copied' })
    expect(copied[1]).toContain('Covered only if authorized first.')
    expect(copied[0]).toContain('Este paso se llama autorización previa.')
  })
})
