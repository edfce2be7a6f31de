import type { InvocationRecord } from '../../src/domain/audit'
import { number, text } from '../../src/domain/json'
import type { LogLine } from '../../src/domain/kept-log'
import type { Payer } from '../../src/domain/payer-directory'
import { type RelayedOutcome, relayedRecord } from '../../src/domain/relayed-record'
import type { Kept, KeptInvocation } from './kept-search'

/** What an entry holds, as JSON; what is no JSON stays text. */
export function contentOf({ content }: Pick<Kept, 'content'>): unknown {
  try {
    return JSON.parse(content) as unknown
  } catch {
    return content
  }
}

/** A question with its answer as the app shows it; undefined where it is none, or cannot be read. */
export function recordOf(found: KeptInvocation, payers: readonly Payer[]): InvocationRecord | undefined {
  const asked = found.entries.find(({ kind }) => kind === 'asked')
  if (asked?.hookInstance === undefined || asked.patient === undefined) return undefined
  const ended = found.entries.find(({ kind }) => kind === 'answered' || kind === 'failed')
  const [chart, patientId] = split(asked.patient)
  const outcome = ended && outcomeOf(ended)
  return relayedRecord({
    id: found.id,
    payer: payerOf(asked.payer, payers),
    chart,
    patientId,
    ...(asked.fhirUser !== undefined && { user: asked.fhirUser }),
    askedAt: asked.at,
    endedAt: ended?.at ?? asked.at,
    request: text(contentOf(asked), 'body') ?? '',
    ...(outcome && { outcome }),
  })
}

function outcomeOf(ended: Kept): RelayedOutcome {
  const content = contentOf(ended)
  if (ended.kind === 'failed') return { kind: 'failed', why: text(content, 'why') ?? '' }
  return { kind: 'answered', status: number(content, 'status') ?? 0, body: text(content, 'body') ?? '' }
}

const KINDS: Readonly<Record<string, LogLine['kind']>> = {
  looked: 'look',
  removed: 'removal',
  wrote: 'write',
}

const detailOf = (content: unknown): string =>
  ['url', 'looked', 'before', 'wrote']
    .map((name) => text(content, name))
    .find((found) => found !== undefined) ?? ''

/** For a list of what was found. */
export function lineOf(found: KeptInvocation, payers: readonly Payer[]): LogLine | undefined {
  const [first] = found.entries
  if (first === undefined) return undefined
  const record = recordOf(found, payers)
  return {
    id: found.id,
    seq: found.seq,
    kind: KINDS[first.kind] ?? (record === undefined ? 'request' : 'question'),
    at: first.at,
    ...(first.payer !== '' && { payerName: payerOf(first.payer, payers).name }),
    who: first.fhirUser ?? first.user,
    ...(first.patient !== undefined && { patient: first.patient }),
    ...(record && { entry: record.entry }),
    detail: detailOf(contentOf(first)),
    reads: found.entries.filter(({ kind }) => kind === 'read').length,
  }
}

const payerOf = (id: string, payers: readonly Payer[]): Payer =>
  payers.find((payer) => payer.id === id) ?? { id, name: id, identifiers: [], authorization: 'open' }

/** `https://ehr.example/fhir/Patient/1` as chart and id. */
function split(patient: string): readonly [chart: string, id: string] {
  const [, chart = patient, id = ''] = /^(.*)\/Patient\/([^/]+)$/.exec(patient) ?? []
  return [chart, id]
}
