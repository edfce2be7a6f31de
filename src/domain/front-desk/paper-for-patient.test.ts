/// <reference types="node" />
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderPdf } from '../document/pdf'
import { fonts, readPages } from '../document/pdf-pages.testing'
import { renderText } from '../document/text'
import { answered, code, extension, read } from './answer.test-data'
import { NEEDS_AUTHORIZATION, OUTCOMES, PAPER } from './paper.test-data'
import { patientPaper, tellIn } from './paper-for-patient'
import { STATES } from './verdict'
import { en } from './words/patient/en'
import { es } from './words/patient/es'
import { LANGUAGES } from './words/patient/languages'

const textOf = (...[answer, frame, language, withMessages]: Parameters<typeof patientPaper>) =>
  renderText(patientPaper(answer, frame, language, withMessages))

describe('the answer for the patient', () => {
  it('reads so in English', () => {
    expect(textOf(NEEDS_AUTHORIZATION, PAPER, en, false)).toMatchInlineSnapshot(`
      "Does your health plan cover this?
      =================================

      This is not a promise to pay. Your plan decides when it gets the bill.
      Name: Luis Ortega
      Born: October 22, 1971
      Gender: Male
      Number: MRN 7120-02
      As of: November 20, 2026 at 10:32 AM CST
      You asked about: MRI of the head
      Date: November 30, 2026
      Place: Imaging Center
      With: Dr. Priya Raman
      Your plan: Gold PPO (Acme Health)
      Your member number: AH71200002
      Who asked your plan: Kim Bell

      The answer
      ----------
      Your plan has to say yes before you get this.
      Until then, your plan does not pay for it. This step is called prior authorization.
      It has to say yes first because the place is not one that works with your plan.
      This answer is good until December 31, 2026.

      How long it takes
      -----------------
      Your plan may take up to 5 working days to say yes. We have to ask by November 23, 2026.

      What your plan asks for
      -----------------------
      Facts from you or your family. We will ask you for them.

      More from your plan
      -------------------
      * Your part (copay) at a place that works with your plan: $40 per scan

      In the words of Acme Health
      ---------------------------
      “Clinic not in Select.”
      “We decide on an authorization within 5 working days.”

      Who to call
      -----------
      Acme Health: 800 555 0142
      If you call, give this number: AH-7F31-0092.
      If something is not clear, please ask us.
      "
    `)
  })

  it('reads so in Spanish, with the payer’s own words in English and marked', () => {
    expect(textOf(NEEDS_AUTHORIZATION, PAPER, es, false)).toMatchInlineSnapshot(`
      "¿Cubre esto su plan de salud?
      =============================

      Esto no es una promesa de pago. Su plan decide cuando recibe la factura.
      Nombre: Luis Ortega
      Nació el: 22 de octubre de 1971
      Sexo: Masculino
      Número: MRN 7120-02
      Con fecha del: 20 de noviembre de 2026 a las 10:32 a.m. CST
      Usted preguntó por: MRI of the head
      Fecha: 30 de noviembre de 2026
      Lugar: Imaging Center
      Con: Dr. Priya Raman
      Su plan: Gold PPO (Acme Health)
      Su número de miembro: AH71200002
      Quién preguntó a su plan: Kim Bell

      La respuesta
      ------------
      Su plan tiene que aprobar esto antes de que usted lo reciba.
      Hasta entonces, su plan no lo paga. Este paso se llama autorización previa.
      Tiene que aprobarlo antes porque el lugar no es uno de los que trabajan con su plan.
      Esta respuesta vale hasta el 31 de diciembre de 2026.

      Cuánto tarda
      ------------
      Su plan puede tardar hasta 5 días hábiles en aprobarlo. Tenemos que pedirlo a más tardar el 23 de noviembre de 2026.

      Lo que pide su plan
      -------------------
      Datos de usted o de su familia. Se los vamos a pedir.

      Más datos de su plan, en inglés
      -------------------------------
      * Su parte (copago) en un lugar que trabaja con su plan: $40 per scan

      Acme Health dijo, en inglés
      ---------------------------
      “Clinic not in Select.”
      “We decide on an authorization within 5 working days.”

      A quién llamar
      --------------
      Acme Health: 800 555 0142
      Si llama, dé este número: AH-7F31-0092.
      Si algo no está claro, pregúntenos.
      "
    `)
    const { facts, sections } = patientPaper(NEEDS_AUTHORIZATION, PAPER, es, false)
    const foreign = [...facts, ...sections].filter(({ language }) => language === 'en')
    expect(foreign.map((part) => ('label' in part ? part.label : part.title))).toEqual([
      'Usted preguntó por',
      'Más datos de su plan, en inglés',
      'Acme Health dijo, en inglés',
    ])
  })

  it('can be read aloud in a sentence or two; of several answers none is told for all', () => {
    expect(tellIn(es, NEEDS_AUTHORIZATION).join(' ')).toBe(
      'Su plan tiene que aprobar esto antes de que usted lo reciba. Hasta entonces, su plan no lo paga. Este paso se llama autorización previa.',
    )
    const several = OUTCOMES.filter(({ headline }) => headline.key === 'several')
    expect(several.map((answer) => tellIn(en, answer))).toEqual([
      ['Your plan gave 2 answers. Each holds only for what stands with it.'],
    ])
  })

  it('of several answers leaves the payer’s words with the one that they belong to', () => {
    const reason = { url: 'reason', valueCodeableConcept: { text: '20 of 20 visits used.' } }
    const answer = read(
      answered([
        extension(code('covered', 'not-covered'), reason),
        extension(code('covered', 'covered'), code('pa-needed', 'no-auth')),
      ]),
    )
    expect(patientPaper(answer, PAPER, en, false).sections.map(({ title }) => title)).toEqual([
      'The answer',
      'Answer 1 of 2',
      'In the words of Acme Health',
      'Answer 2 of 2',
      'Who to call',
    ])
  })

  it('names the service as the site does in the patient’s language', () => {
    const named = { ...PAPER, question: { ...PAPER.question, serviceIn: { es: 'Resonancia de la cabeza' } } }
    const [fact] = patientPaper(NEEDS_AUTHORIZATION, named, es, false).facts
    expect(fact).toMatchObject({ value: 'Resonancia de la cabeza', language: 'es' })
    expect(patientPaper(NEEDS_AUTHORIZATION, named, en, false).facts[0]?.value).toBe('MRI of the head')
  })

  it.each(LANGUAGES)(
    'in $name says of each outcome what it is, and never takes silence for consent',
    (language) => {
      const answers = OUTCOMES.map((answer) => {
        const [first] = patientPaper(answer, PAPER, language, true).sections
        expect(first?.title).toBe(language.labels.answer)
        expect(first?.paragraphs.length).toBeGreaterThan(0)
        return first?.paragraphs.join(' ')
      })
      expect(new Set(answers).size).toBe(OUTCOMES.length)
      expect(new Set(OUTCOMES.map(({ state }) => state))).toEqual(new Set(STATES))
      for (const [i, { state, tell }] of OUTCOMES.entries()) {
        const isNoCoverage = tell?.key === 'tell.no-coverage'
        const open = language.sentences[isNoCoverage ? 'tell.no-coverage' : 'tell.not-known']({})
        if (state === 'could-not-ask') expect(answers[i]).toContain(open)
        else expect(answers[i]).not.toContain(language.sentences['tell.no-coverage']({}))
      }
    },
  )

  it('carries the payer’s messages only where they are wanted, and never its staff’s lines', () => {
    expect(textOf(NEEDS_AUTHORIZATION, PAPER, en, false)).not.toContain('“Prior authorization”')
    expect(textOf(NEEDS_AUTHORIZATION, PAPER, en, true)).toContain('“Prior authorization”')
    const refused = { ...NEEDS_AUTHORIZATION, why: [{ key: 'because', text: 'The guard refused.' }] } as const
    expect(textOf(refused, PAPER, es, true)).not.toContain('The guard refused.')
  })

  it('keeps letters with accents and the language in a PDF, one page long', () => {
    const bytes = renderPdf(patientPaper(NEEDS_AUTHORIZATION, PAPER, es, true), fonts, 'letter')
    const pages = readPages(bytes)
    expect(pages).toHaveLength(1)
    for (const said of [
      'Nació el 22 de octubre de 1971 · Masculino · Número MRN 7120-02',
      'Su plan puede tardar hasta 5 días hábiles en aprobarlo.',
      'Con fecha del 20 de noviembre de 2026 a las 10:32 a.m. CST',
      'Página 1 de 1',
    ])
      expect(pages[0]).toContain(said)
    expect(Buffer.from(bytes).toString('latin1')).toContain('/Lang (es)')
  })

  it.each(LANGUAGES)('in $name leaves nothing unfilled, whatever is missing or given', (language) => {
    const words = fc.constantFrom('', 'Ünï & Co', '{payer}', '60 % «off»')
    fc.assert(
      fc.property(
        fc.constantFrom(...OUTCOMES),
        fc.record({
          service: words,
          day: fc.constantFrom('', '2026-11-30', 'soon'),
          place: words,
          person: words,
        }),
        fc.boolean(),
        fc.constantFrom({}, { birthDate: '1971' }, { birthDate: '1971-10', gender: 'other' }),
        (answer, question, flag, patient) => {
          const { plan, payer, askedBy, memberId, reference, ...frame } = PAPER
          const text = textOf(
            answer,
            {
              ...frame,
              ...(flag && { payer: 'Acme Health', memberId: { value: 'W1', isEnteredHere: flag } }),
              isStale: flag,
              question: { ...question, isOrder: flag },
              patient: { resourceType: 'Patient', ...patient },
            },
            language,
            flag,
          )
          expect(text).not.toMatch(/undefined|null|NaN|\[object|Invalid|\$\{/)
          expect(text.replaceAll('{payer}', '')).not.toMatch(/[{}]/)
          expect(text).not.toMatch(/: *$/m)
        },
      ),
    )
  })
})
