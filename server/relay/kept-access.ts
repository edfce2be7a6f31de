import { randomUUID } from 'node:crypto'
import type { InvocationRecord } from '../../src/domain/audit'
import type { LogContent, LogForm, LogLine, LogPage, LogSearch } from '../../src/domain/kept-log'
import type { Payer } from '../../src/domain/payer-directory'
import { contentOf, lineOf, recordOf } from './kept-lines'
import type { KeptLog } from './kept-log'
import type { KeptInvocation } from './kept-search'
import type { RelaySession } from './sessions'

/** Lines of a page, and answers of a patient, at most. */
const PAGE = 50
const EARLIER = 100

interface World {
  readonly log: KeptLog
  readonly payers: readonly Payer[]
  /** Whose answers a user is shown again: their own, or of everybody who asked at this EHR. */
  readonly earlier: 'own' | 'all'
  readonly now: () => number
}

/**
 * What is seen of the log again, by those who asked and by those who look after it. Each look is an entry of the log itself: where it
 * cannot be recorded, this throws and nothing is shown.
 */
export function keptAccess({ log, payers, earlier, now }: World) {
  /** What a session was shown already: the same answer to the same user within a session is one look. */
  const shown = new Set<string>()

  async function note(
    session: RelaySession,
    kind: 'looked' | 'wrote',
    content: object,
    patient?: string,
  ): Promise<void> {
    await log.append({
      at: now(),
      kind,
      invocation: randomUUID(),
      payer: '',
      user: session.user,
      ...(session.fhirUser !== undefined && { fhirUser: session.fhirUser }),
      ...(patient !== undefined && { patient }),
      content: JSON.stringify(content),
    })
  }

  const look = (session: RelaySession, looked: string, about: object, patient?: string): Promise<void> =>
    note(session, 'looked', { looked, ...about }, patient)

  /** A document that the app put into the chart, as the app says: the chart itself is not asked. */
  const wrote = (session: RelaySession, patientId: string, reference: string): Promise<void> =>
    note(session, 'wrote', { wrote: reference }, `${session.fhirBase}/Patient/${patientId}`)

  async function lookOnce(session: RelaySession, looked: string, about: object, patient: string) {
    const key = JSON.stringify([session.label, looked, about, patient])
    if (shown.has(key)) return
    await look(session, looked, about, patient)
    if (shown.size > 50_000) shown.clear()
    shown.add(key)
  }

  const ofSession = ({ fhirBase, user }: RelaySession, patientId: string) => ({
    patient: `${fhirBase}/Patient/${patientId}`,
    isHook: true,
    ...(earlier === 'own' && { user }),
  })

  /** A patient's earlier answers, newest first. */
  async function list(session: RelaySession, patientId: string) {
    const search = ofSession(session, patientId)
    const found = await log.invocations(search, EARLIER)
    await lookOnce(session, 'earlier answers', {}, search.patient)
    const asked = found.filter(({ entries }) => entries.some(({ kind }) => kind === 'asked'))
    const records = asked.flatMap((each) => recordOf(each, payers) ?? [])
    return {
      entries: records.map(({ entry }) => entry),
      unreadable: asked.length - records.length,
      asked: earlier,
    }
  }

  async function open(
    session: RelaySession,
    patientId: string,
    id: string,
  ): Promise<InvocationRecord | undefined> {
    const search = ofSession(session, patientId)
    const [found] = await log.invocations({ ...search, invocation: id }, 1)
    const record = found && recordOf(found, payers)
    if (record !== undefined) await lookOnce(session, 'an earlier answer', { invocation: id }, search.patient)
    return record
  }

  const absolute = (session: RelaySession, { patient, ...search }: LogSearch) => ({
    ...search,
    ...(patient !== undefined && {
      patient: patient.includes('/') ? patient : `${session.fhirBase}/Patient/${patient}`,
    }),
  })

  async function search(session: RelaySession, wanted: LogSearch): Promise<LogPage> {
    const search = absolute(session, wanted)
    const found = await log.invocations(search, PAGE)
    await look(session, 'search', { search }, search.patient)
    const lines = found.flatMap((each): readonly LogLine[] => {
      const line = lineOf(each, payers)
      return line === undefined ? [] : [line]
    })
    const last = found.at(-1)
    return { lines, ...(found.length === PAGE && last && { before: last.seq }) }
  }

  async function read(session: RelaySession, id: string): Promise<LogContent | undefined> {
    const [found] = await log.invocations({ invocation: id }, 1)
    const line = found && lineOf(found, payers)
    if (found === undefined || line === undefined) return undefined
    await look(session, 'an entry', { invocation: id }, line.patient)
    const payload = recordOf(found, payers)?.payload
    return { line, ...(payload && { payload }), entries: found.entries.map(entryOf) }
  }

  /** All that fits, part by part: the log may be larger than memory. */
  async function* take(session: RelaySession, wanted: LogSearch, form: LogForm): AsyncGenerator<string> {
    const search = absolute(session, wanted)
    await look(session, 'export', { search, form }, search.patient)
    let before = search.before
    let isFirst = true
    if (form === 'json') yield '{"kind":"beforehand-relay-log","entries":['
    for (;;) {
      const found: readonly KeptInvocation[] = await log.invocations(
        { ...search, ...(before !== undefined && { before }) },
        PAGE,
      )
      for (const entry of found.flatMap(({ entries }) => entries)) {
        const line = JSON.stringify({ ...entry, content: contentOf(entry) })
        yield form === 'ndjson' ? `${line}\n` : `${isFirst ? '' : ','}\n${line}`
        isFirst = false
      }
      if (found.length < PAGE) break
      before = found.at(-1)?.seq
    }
    if (form === 'json') yield '\n]}\n'
  }

  return { list, open, search, read, take, wrote }
}

const entryOf = (entry: KeptInvocation['entries'][number]) => ({
  seq: entry.seq,
  at: entry.at,
  kind: entry.kind,
  content: contentOf(entry),
})
