// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { MRI, openPaper, printed, speaks } from './paper-stage.test-data'

afterEach(cleanup)

describe('the answer for the patient', () => {
  it('opens in the language of the chart, with the focus on it, and gives the focus back', () => {
    const { forPatient, panel } = openPaper({ patient: speaks('es-MX') })
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
    const { forPatient, panel, press } = openPaper()
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

  it('names the service as the site calls it in that language, known by its code', () => {
    const services = [
      { label: 'Head scan', labels: { es: 'Resonancia de la cabeza' }, coding: [MRI], ask: 'visit' },
    ] as const
    const { forPatient, panel } = openPaper({ patient: speaks('es'), services })
    forPatient()
    expect(within(panel()).getByText('Resonancia de la cabeza')).toBeTruthy()
    expect(within(panel()).getByText('30 de noviembre de 2026')).toBeTruthy()
    fireEvent.click(within(panel()).getByRole('radio', { name: 'English' }))
    expect(within(panel()).getByText('MRI of the head')).toBeTruthy()
  })

  it('carries the payer’s messages once they are asked for', () => {
    const { forPatient, panel } = openPaper()
    forPatient()
    expect(within(panel()).queryByText('“Prior authorization”')).toBeNull()
    fireEvent.click(within(panel()).getByRole('checkbox', { name: /^With the messages of Acme Health/ }))
    expect(within(panel()).getByText('“Prior authorization”')).toBeTruthy()
  })

  it('says so where the patient’s language has no words yet', () => {
    const { forPatient, panel } = openPaper({ patient: speaks('vi') })
    forPatient()
    expect(panel().textContent).toContain('The chart says: Vietnamese.')
    expect(within(panel()).getByRole('radio', { name: 'English' })).toHaveProperty('checked', true)
  })

  it('is copied as text in its own language', async () => {
    const copied: string[] = []
    Object.assign(navigator, { clipboard: { writeText: async (text: string) => void copied.push(text) } })
    const { forPatient, press } = openPaper({ patient: speaks('es') })
    forPatient()
    press('Copy as text', 1)
    press('Copy as text', 0)
    await screen.findAllByRole('button', { name: 'Copied' })
    expect(copied[1]).toContain('Covered only if authorized first.')
    expect(copied[0]).toContain('Este paso se llama autorización previa.')
  })
})
