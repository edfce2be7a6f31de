import type { AuditEntry, AuditPort, InvocationRecord } from '../../domain/audit'
import { keptAnswer } from '../../domain/audit-record'
import type { AnswerFrame, PayerAnswer } from '../../domain/crd/ask'
import { type FrontDeskAnswer, frontDeskAnswer } from '../../domain/front-desk/answer'
import { at } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import type { Problem } from '../../domain/result'
import { dayOf } from '../asking/local-time'
import { askedTitle } from './asked-title'

/** A question of today, and what came of it. `at`: epoch milliseconds. */
export interface AskedToday {
  readonly id: string
  readonly at: number
  readonly title: string
  readonly answer: FrontDeskAnswer
}

/** More than these of one patient's questions are not looked at. */
const MOST = 30

/** What was asked today about a patient, newest first, read anew from what was kept. `today`: YYYY-MM-DD. */
export async function askedToday(
  audit: AuditPort,
  patientId: string,
  payers: readonly Payer[],
  today: string,
): Promise<readonly AskedToday[]> {
  const { entries } = await audit.list(patientId)
  const own = entries.filter(({ askedAt }) => dayOf(askedAt) === today).slice(0, MOST)
  const records = await Promise.all(own.map(({ id }) => audit.open(id)))
  return records.flatMap((record) => {
    if (record === undefined) return []
    const { id, askedAt } = record.entry
    // A second payer is known by what it was told (CRD dev-30).
    const told = at(record.payload.request, 'extension', 'davinci-crd.configuration', 'coverage-info')
    const payerRole = told === false ? 'secondary' : 'primary'
    const answer = frontDeskAnswer(answerIn(record, payers), { today, date: today, payerRole })
    return [{ id, at: askedAt, title: askedTitle(record), answer }]
  })
}

function answerIn(record: InvocationRecord, payers: readonly Payer[]): PayerAnswer {
  const { entry } = record
  const frame = frameOf(entry, payers)
  switch (entry.outcome) {
    case 'answered':
    case 'undecided': {
      const content = keptAnswer(record)
      if (content.ok) return { ...frame, ...content.value, kind: entry.outcome }
      return { ...frame, kind: 'failed', problem: content.problem, serviceChanged: false }
    }
    case 'refused':
      return { ...frame, kind: 'refused', rule: '', message: entry.failure?.sentence ?? '' }
    case 'failed':
      return {
        ...frame,
        kind: 'failed',
        problem: problemOf(entry),
        serviceChanged: false,
      }
    case 'silent':
    case 'skipped':
      return { ...frame, kind: entry.outcome }
  }
}

/** As far as it was kept: enough to tell a payer that failed from one that was not reached. */
function problemOf({ failure, payerName: server, askedAt, endedAt }: AuditEntry): Problem {
  switch (failure?.kind) {
    case 'timeout':
      return { kind: 'timeout', server, afterMs: endedAt - askedAt }
    case 'http':
      return { kind: 'http', server, status: failure.status ?? 500 }
    case 'malformed':
      return { kind: 'malformed', server, path: '', message: failure.sentence }
    default:
      return { kind: 'network', server }
  }
}

function frameOf(entry: AuditEntry, payers: readonly Payer[]): AnswerFrame {
  const known = payers.find((payer) => payer.id === entry.payerId)
  return {
    scenarioVersion: 0,
    payer: {
      ...(known ?? { id: entry.payerId, identifiers: [], authorization: 'open' }),
      name: entry.payerName,
    },
    hookInstance: entry.hookInstance,
    askedAt: entry.askedAt,
    endedAt: entry.endedAt,
  }
}
