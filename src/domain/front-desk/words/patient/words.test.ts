import { describe, expect, it } from 'vitest'
import { renderText } from '../../../document/text'
import type { FhirJson } from '../../../json'
import { OUTCOMES, PAPER } from '../../paper.test-data'
import { patientPaper } from '../../paper-for-patient'
import { en } from './en'
import { es } from './es'
import { counted, dayIn, momentIn } from './intl'
import type { PatientLanguage } from './language'
import { LANGUAGES, languageOf } from './languages'
import { englishGrade, longestSentence, spanishEase } from './reading-level.test-data'

/** What goes into every sentence, as it would come. */
const GIVEN = {
  payer: 'Acme Health',
  count: 2,
  days: 5,
  unit: 'working',
  by: '2026-11-23',
  left: 3,
  phone: '800 555 0142',
  name: 'Claims',
  value: '800 555 0143',
  codes: '72148',
} as const

const sentencesOf = ({ sentences }: PatientLanguage): readonly (readonly [string, string])[] =>
  Object.entries(sentences).map(([key, say]) => [key, say(GIVEN)])

/** All that the app itself says; what payers and charts give is theirs. */
const ownText = (language: PatientLanguage): string =>
  sentencesOf(language)
    .filter(([key]) => !key.startsWith('call.p') && !key.startsWith('call.con'))
    .map(([, said]) => said)
    .concat(language.labels.warning, language.labels.odd, language.labels.changed, language.labels.closing)
    .join('\n')

/** The body of a paper as it is read, without facts and quotations. */
const bodiesOf = (language: PatientLanguage): readonly string[] =>
  OUTCOMES.map((answer) =>
    patientPaper(answer, PAPER, language, false)
      .sections.filter(
        (section) => section.language === undefined && !section.title.startsWith('In the words'),
      )
      .flatMap((section) => section.paragraphs)
      .concat(language.labels.warning)
      .join('\n'),
  )

describe('the formulas of this test', () => {
  it('tell easy from hard in English', () => {
    expect(englishGrade('The cat sat on the mat. It was warm.')).toBeLessThan(2)
    expect(
      englishGrade(
        'Notwithstanding prior determinations, reimbursement remains contingent upon retrospective adjudication of eligibility.',
      ),
    ).toBeGreaterThan(15)
  })

  it('tell easy from hard in Spanish', () => {
    expect(spanishEase('El gato come pan. La casa es azul. Mi tía vino ayer.')).toBeGreaterThan(80)
    expect(
      spanishEase(
        'La determinación retrospectiva de elegibilidad condicionará irremediablemente el reembolso correspondiente a prestaciones especializadas.',
      ),
    ).toBeLessThan(20)
  })
})

describe('the patient’s words', () => {
  it('in English are for a reader of about twelve', () => {
    expect(englishGrade(ownText(en))).toBeLessThanOrEqual(4)
    for (const body of bodiesOf(en)) expect(englishGrade(body), body).toBeLessThanOrEqual(5)
  })

  it('in Spanish are quite easy or easier on the INFLESZ scale', () => {
    expect(spanishEase(ownText(es))).toBeGreaterThanOrEqual(80)
    for (const body of bodiesOf(es)) expect(spanishEase(body), body).toBeGreaterThanOrEqual(75)
  })

  it.each(LANGUAGES)('in $name are short sentences that end, each its own', (language) => {
    const said = sentencesOf(language)
    for (const [key, sentence] of said) {
      expect(longestSentence(sentence), sentence).toBeLessThanOrEqual(20)
      if (!key.startsWith('call.')) expect(sentence, key).toMatch(/\.$/)
      expect(sentence).not.toMatch(/undefined|[{}]/)
    }
    expect(new Set(said.map(([, sentence]) => sentence)).size).toBe(said.length)
  })

  it('in another language are none of the English ones', () => {
    const english = new Set(sentencesOf(en).map(([, sentence]) => sentence))
    const same = sentencesOf(es).filter(([, sentence]) => english.has(sentence))
    expect(same.map(([key]) => key)).toEqual(['call.payer', 'call.contact'])
  })

  it('say usted, never tú', () => {
    expect(renderText(patientPaper({ ...first(), collect: [] }, PAPER, es, true))).not.toMatch(
      /\b(tú|tu|te|contigo)\b/i,
    )
    expect(ownText(es)).not.toMatch(/(?<!\p{L})(tú|tus?|te|contigo|puedes|tienes)(?!\p{L})/iu)
  })
})

const first = () => {
  const [answer] = OUTCOMES
  if (answer === undefined) throw new Error('no outcomes')
  return answer
}

describe('dates, times and numbers', () => {
  it('are written as each language does', () => {
    expect(dayIn('en-US', '2026-11-27')).toBe('November 27, 2026')
    expect(dayIn('es-US', '2026-11-27T09:00:00-06:00')).toBe('27 de noviembre de 2026')
    expect(dayIn('es-US', '1971-10')).toBe('octubre de 1971')
    expect(dayIn('en-US', '1971')).toBe('1971')
    expect(dayIn('en-US', 'soon')).toBeUndefined()
    expect(dayIn('en-US', '2026-19-99')).toBeUndefined()
    const at = Date.UTC(2026, 6, 1, 15, 5)
    expect(momentIn('en-US', at, 'America/Chicago')).toBe('July 1, 2026 at 10:05 AM CDT')
    expect(momentIn('es-US', at, 'America/Chicago')).toBe('1 de julio de 2026 a las 10:05 a.m. CDT')
    const forms = { one: 'día', other: 'días' }
    expect([1, 2, 1200].map((count) => counted('es-US', count, forms))).toEqual([
      '1 día',
      '2 días',
      '1,200 días',
    ])
  })
})

describe('the language to begin with', () => {
  const patient = (...communication: readonly object[]): FhirJson => ({
    resourceType: 'Patient',
    communication,
  })
  const speaks = (code: string, preferred = false) => ({ language: { coding: [{ code }] }, preferred })

  it.each([
    [patient(), 'en', undefined],
    [patient(speaks('es')), 'es', undefined],
    [patient(speaks('es-MX')), 'es', undefined],
    [patient(speaks('en'), speaks('es', true)), 'es', undefined],
    [patient(speaks('vi', true), speaks('es')), 'en', 'vi'],
    [{ resourceType: 'Patient', communication: 'es' } as FhirJson, 'en', undefined],
  ])('is the one that the chart says: %j', (given, tag, missing) => {
    const found = languageOf(given)
    expect(found.language.tag).toBe(tag)
    expect(found.missing).toBe(missing)
  })
})
