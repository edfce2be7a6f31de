// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { ClinicalDocument } from '../domain/document/document'
import { Paper, PrintSheet } from './PrintSheet'

afterEach(cleanup)

const sheet = (title: string): ClinicalDocument => ({
  title,
  language: 'en',
  patient: { name: '王伟 (Wei Zhang)', born: '03-Nov-1979', gender: 'Male', identifier: 'MRN 0057' },
  warning: 'Nothing has been ordered.',
  madeAt: '2026-11-20T10:32:00Z',
  facts: [],
  sections: [
    { title: 'Question', columns: ['What', 'Stated'], rows: [['When', '20-Nov-2026']], paragraphs: [] },
    {
      title: 'Records',
      columns: ['What', 'When', 'Who'],
      rows: [['X-ray', '2023', 'Clinic']],
      paragraphs: [],
    },
  ],
  notices: [],
})

const say = (event: 'beforeprint' | 'afterprint') => act(() => void window.dispatchEvent(new Event(event)))
const papers = () => [...document.querySelectorAll('.paper')]

describe('printing', () => {
  it('prints the sheet of the task on screen, never that of another one', () => {
    render(
      <>
        <div hidden>
          <PrintSheet document={sheet('What-if')} />
        </div>
        <div>
          <PrintSheet document={sheet('Report')} />
        </div>
      </>,
    )
    expect(papers()).toEqual([])
    say('beforeprint')
    expect(papers().map((paper) => paper.querySelector('h1')?.textContent)).toEqual(['Report'])
    say('afterprint')
    expect(papers()).toEqual([])
  })

  it('names the patient with what identifies them, and heads columns only where there are more than two', () => {
    render(<PrintSheet document={sheet('What-if')} />)
    say('beforeprint')
    expect(papers()[0]?.textContent).toContain(
      '王伟 (Wei Zhang) · Born 03-Nov-1979 · Male · Identifier MRN 0057',
    )
    expect([...document.querySelectorAll('.paper thead th')].map((th) => th.textContent)).toEqual([
      'What',
      'When',
      'Who',
    ])
  })

  it('of a chosen paper is in its language, with what is in another one marked, and gives the page its own back', () => {
    document.documentElement.lang = 'en'
    const spanish: ClinicalDocument = {
      ...sheet('Lo que dijo su plan'),
      language: 'es',
      sections: [
        { title: 'Acme Health dijo', language: 'en', columns: [], rows: [], paragraphs: ['Call us.'] },
      ],
      frame: {
        patient: 'Paciente',
        born: 'Nació el',
        gender: 'Sexo',
        identifier: 'Número',
        made: 'Hecho el',
        madeAt: '20 de noviembre de 2026, 10:32',
        page: 'Página {page} de {pages}',
        notes: 'Notas',
      },
    }
    const { unmount } = render(<Paper document={spanish} alone />)
    expect(document.documentElement.lang).toBe('es')
    const [paper] = papers()
    expect(paper?.getAttribute('lang')).toBe('es')
    expect(paper?.textContent).toContain('Nació el 03-Nov-1979')
    expect(paper?.textContent).toContain('Hecho el: 20 de noviembre de 2026, 10:32')
    expect([...document.querySelectorAll('.paper [lang="en"]')].map((part) => part.textContent)).toEqual([
      'Call us.',
    ])
    unmount()
    expect(document.documentElement.lang).toBe('en')
  })
})
