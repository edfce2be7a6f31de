import type { AnswerFrame } from '../crd/ask'
import type { Problem } from '../result'
import { answered, card, code, extension, FRAME, read } from './answer.test-data'
import type { PaperFrame } from './paper'

/** Friday, 20 November 2026, 10:32 in Madison. */
const ASKED_AT = Date.UTC(2026, 10, 20, 16, 32)

export const PAPER: PaperFrame = {
  patient: {
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'Ortega', given: ['Luis'] }],
    birthDate: '1971-10-22',
    gender: 'male',
    identifier: [{ type: { coding: [{ code: 'MR' }] }, value: '7120-02' }],
  },
  question: {
    service: 'MRI of the head',
    day: '2026-11-30',
    place: 'Imaging Center',
    person: 'Dr. Priya Raman',
    isOrder: false,
  },
  payer: 'Acme Health',
  plan: 'Gold PPO',
  memberId: { value: 'AH71200002', isEnteredHere: false },
  askedBy: 'Kim Bell',
  reference: '0d1f-77',
  isStale: false,
  zone: 'America/Chicago',
  offsetMinutes: -360,
}

const moment = { askedAt: ASKED_AT - 900, endedAt: ASKED_AT }

/** Authorization is needed, with all that a payer may say besides. */
export const NEEDS_AUTHORIZATION = {
  ...read(
    answered(
      [
        extension(
          code('covered', 'covered'),
          code('pa-needed', 'auth-needed'),
          code('doc-needed', 'patient'),
          {
            url: 'reason',
            valueCodeableConcept: { coding: [{ code: 'auth-out-network' }], text: 'Clinic not in Select.' },
          },
          {
            url: 'detail',
            extension: [
              { url: 'code', valueCodeableConcept: { coding: [{ code: 'in-network-copay' }] } },
              { url: 'value', valueString: '$40 per scan' },
            ],
          },
          { url: 'expiry-date', valueDate: '2026-12-31' },
          { url: 'coverage-assertion-id', valueString: 'AH-7F31-0092' },
        ),
      ],
      [
        card('Prior authorization', 'coverage-info', {
          detail: 'We decide on an authorization within 5 working days.',
        }),
      ],
    ),
    { today: '2026-11-20', date: '2026-11-30' },
  ),
  ...moment,
}

const coverage = (covered: string, needed?: string) =>
  extension(code('covered', covered), ...(needed === undefined ? [] : [code('pa-needed', needed)]))

const failed = (problem: Problem) => ({ ...FRAME, kind: 'failed', problem, serviceChanged: false }) as const

/** Nobody was asked. */
const nobody: AnswerFrame = { scenarioVersion: 1, askedAt: 1, endedAt: 2 }

/** One of each way in which an answer can turn out. */
export const OUTCOMES = [
  NEEDS_AUTHORIZATION,
  ...[
    answered([coverage('covered', 'no-auth')]),
    answered([coverage('covered', 'performpa')]),
    answered([coverage('covered', 'satisfied')]),
    answered([coverage('covered', 'conditional')]),
    answered([coverage('covered', 'indeterminate')]),
    answered([coverage('covered', 'new-code')]),
    answered([coverage('covered')]),
    answered([coverage('not-covered')]),
    answered([coverage('conditional')]),
    answered([coverage('conditional', 'auth-needed')]),
    answered([coverage('of-course')]),
    answered([coverage('covered', 'no-auth'), coverage('not-covered')]),
    answered([coverage('indeterminate')], [], 'undecided'),
    answered([], [card('Call us.', 'insurance')]),
    { ...FRAME, kind: 'silent' } as const,
    { ...FRAME, kind: 'silent', payerRole: 'secondary' } as const,
    { ...FRAME, kind: 'refused', rule: 'guard', message: 'The coverage ended on 2026-01-01.' } as const,
    { ...nobody, kind: 'refused', rule: 'one-coverage', message: 'No coverage is in force.' } as const,
    { ...nobody, kind: 'refused', rule: 'payer', message: 'The payer is not known.' } as const,
    { ...FRAME, kind: 'skipped' } as const,
    failed({ kind: 'timeout', server: 'Acme Health', afterMs: 1 }),
    failed({ kind: 'network', server: 'Acme Health' }),
    failed({ kind: 'http', server: 'Acme Health', status: 500 }),
    failed({ kind: 'http', server: 'Acme Health', status: 429 }),
  ].map((answer) => ({ ...read(answer), ...moment })),
]
