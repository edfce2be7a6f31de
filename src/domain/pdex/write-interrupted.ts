import type { JournalPort } from '../ports'
import { type Journal, openJournal } from './journal'
import type { RecordKey } from './record'
import type { RecordOutcome } from './write-report'

/** The step that holds what a run was to write: it outlives the page, as the selection does not (U14). */
const CHOSEN = 'chosen'

/** Before a run: all of it. */
export const keepChosen = (journal: Journal, keys: readonly RecordKey[]): Promise<void> =>
  journal.enter(CHOSEN, { state: 'planned', keys })

/** After a run that came to its end: what is still open. */
export const keepOpen = (journal: Journal, records: readonly RecordOutcome[]): Promise<void> =>
  keepChosen(
    journal,
    records.filter(({ state }) => OPEN.includes(state)).map(({ key }) => key),
  )

const OPEN: readonly RecordOutcome['state'][] = ['left', 'sending', 'unknown', 'failed']

/** What a run that was interrupted in this session was to write; empty where there was none. */
export async function interruptedKeys(
  sessionKey: string,
  patientId: string,
  port: JournalPort,
): Promise<readonly RecordKey[]> {
  const opened = await openJournal(port, sessionKey, patientId)
  return opened.ok ? (opened.value.step(CHOSEN)?.keys ?? []) : []
}
