import { fireEvent, render, screen } from '@testing-library/react'
import { vi } from 'vitest'
import type { ClinicalDocument } from '../../domain/document/document'
import { NEEDS_AUTHORIZATION } from '../../domain/front-desk/paper.test-data'
import type { FhirJson } from '../../domain/json'
import { ok, type Result } from '../../domain/result'
import type { Site } from '../../domain/site'
import type { CoverageView } from '../asking/coverage-view'
import { ACME, COVERAGE, PATIENT } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import type { Answered } from '../asking/use-ask'
import { PaperActions } from './PaperActions'

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
export const MRI = { system: 'http://www.ama-assn.org/go/cpt', code: '70551', display: 'MRI of the head' }
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
  scenario: {
    version: 1,
    patientId: 'p1',
    orders: [],
    question: {
      hook: 'appointment-book',
      appointments: [
        {
          id: 'a1',
          serviceType: [MRI],
          time: { kind: 'between', start: '2026-11-30', end: '2026-11-30' },
          performers: [],
          reasons: [],
          basedOn: [],
          billing: [],
          patientPays: false,
        },
      ],
    },
  },
})

/** An answer with its ways to paper, for a patient of the fake chart. */
export function openPaper({
  patient = PATIENT,
  lines = [],
  services = [],
  pdf = async () => ok(new Uint8Array([1])),
}: {
  readonly patient?: FhirJson & { readonly id?: string }
  readonly lines?: Answered['question']['lines']
  readonly services?: NonNullable<Site['frontDesk']>['services']
  readonly pdf?: (document: ClinicalDocument) => Promise<Result<Uint8Array>>
} = {}) {
  const work = fakeWork(fakeWorld(fakeClock(ASKED_AT)))
  const answer = { ...NEEDS_AUTHORIZATION, askedAt: ASKED_AT, endedAt: ASKED_AT }
  render(
    <Shell
      work={{
        ...work,
        chart: { ...work.chart, patient },
        site: { ...work.site, frontDesk: { roles: [], services } },
        ports: { ...work.ports, pdf: { render: pdf } },
      }}
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

/** The patient of the chart, who speaks this language. */
export const speaks = (code: string): FhirJson => ({
  ...PATIENT,
  communication: [{ language: { coding: [{ code }] }, preferred: true }],
})

/** What the browser would print, at the moment in which it is asked to. */
export function printed(press: () => void) {
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
