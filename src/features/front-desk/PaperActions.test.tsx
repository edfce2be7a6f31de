// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ClinicalDocument } from '../../domain/document/document'
import { fail, ok } from '../../domain/result'
import { openPaper, printed, speaks } from './paper-stage.test-data'

afterEach(cleanup)

describe('an answer on paper at the front desk', () => {
  it('prints for the chart: patient, payer, member id, question, who asked; and leaves nothing behind', () => {
    const { press } = openPaper()
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
    openPaper()
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    expect([...document.querySelectorAll('.paper h1')].map((title) => title.textContent)).toEqual([
      'Is it covered? The payer’s answer',
    ])
    act(() => void window.dispatchEvent(new Event('afterprint')))
  })

  it('names a member id that was entered for this question as such', () => {
    const { press } = openPaper({ lines: [{ label: 'Member id, entered here', value: 'W9999' }] })
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
    const { press, forPatient } = openPaper({
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
    const { press } = openPaper({
      pdf: async () => fail({ kind: 'network', server: 'The app’s own server' }),
    })
    press('Save as PDF')
    expect((await screen.findByRole('alert')).textContent).toContain(
      'No PDF was made. Print it, or copy the text.',
    )
  })
})
