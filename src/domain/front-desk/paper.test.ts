/// <reference types="node" />
import { describe, expect, it } from 'vitest'
import { renderPdf } from '../document/pdf'
import { fonts, readPages } from '../document/pdf-pages.testing'
import { renderText } from '../document/text'
import { words } from './answer.test-data'
import { answerPaper } from './paper'
import { NEEDS_AUTHORIZATION, OUTCOMES, PAPER } from './paper.test-data'

describe('an answer on paper, for the chart', () => {
  it('carries all that the screen shows, who asked, and when', () => {
    expect(renderText(answerPaper(NEEDS_AUTHORIZATION, PAPER))).toMatchInlineSnapshot(`
      "Is it covered? The payer’s answer
      =================================

      Not an order, not a guarantee of payment. It holds for this question and for the moment of the answer.
      Patient: Ortega, Luis
      Born: 22-Oct-1971 (55 y)
      Gender: Male
      Identifier: MRN 7120-02
      Made: 20-Nov-2026 10:32 (UTC-06:00)
      Payer: Acme Health
      Plan: Gold PPO
      Member id: AH71200002
      Asked by: Kim Bell
      Reference number of the payer: AH-7F31-0092
      Reference of this question: 0d1f-77

      Question
      --------
      MRI of the head, on 30-Nov-2026, at Imaging Center, with Dr. Priya Raman

      Answer: Authorization needed
      ----------------------------
      Covered only if authorized first.
      Authorization is needed because it is out of network.
      “Clinic not in Select.”
      Good until 31-Dec-2026.

      Time for the authorization
      --------------------------
      Authorization takes up to 5 working days: ask by 23-Nov-2026.
      “We decide on an authorization within 5 working days.”

      What to tell the patient
      ------------------------
      Your plan has to agree first. Until it does, it does not pay for this.

      What to collect
      ---------------
      Details from the patient or family
      Copay in network: $40 per scan

      Who to call
      -----------
      Acme Health: 800 555 0142

      Messages of Acme Health
      -----------------------
      “Prior authorization”
      “We decide on an authorization within 5 working days.”
      "
    `)
  })

  it('names patient, payer, member id, moment with zone and page on every page of a PDF', () => {
    const long = {
      ...NEEDS_AUTHORIZATION,
      collect: Array.from({ length: 80 }, () => NEEDS_AUTHORIZATION.collect).flat(),
    }
    const pages = readPages(renderPdf(answerPaper(long, PAPER), fonts, 'letter'))
    expect(pages.length).toBeGreaterThan(1)
    pages.forEach((page, i) => {
      expect(page).toContain('Ortega, Luis Born 22-Oct-1971')
      expect(page).toContain('Made 20-Nov-2026 10:32 (UTC-06:00)')
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
    })
  })

  it('says in each case what was answered, what was not learned, and that nothing is guaranteed', () => {
    for (const answer of OUTCOMES) {
      const text = renderText(answerPaper(answer, PAPER))
      for (const phrase of [answer.headline, ...answer.unknown, ...answer.collect, ...answer.call])
        expect(text).toContain(words(phrase))
      for (const part of answer.parts) expect(text).toContain(words(part.headline))
      expect(text).toContain('not a guarantee of payment')
      expect(text).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  it('says what is not known, what was entered here, and that the question was changed since', () => {
    expect(renderText(answerPaper(NEEDS_AUTHORIZATION, { ...PAPER, plan: 'Acme Health' }))).not.toContain(
      'Plan:',
    )
    const { payer, plan, askedBy, memberId, ...rest } = PAPER
    const text = renderText(answerPaper(NEEDS_AUTHORIZATION, { ...rest, isStale: true }))
    expect(text).toContain('Payer: No payer was asked\nAsked by: Not known')
    expect(text).toContain('The question on screen was changed after this answer.')
    const entered = { ...PAPER, memberId: { value: 'W9', isEnteredHere: true } }
    expect(renderText(answerPaper(NEEDS_AUTHORIZATION, entered))).toContain(
      'Member id, entered for this question: W9',
    )
  })
})
