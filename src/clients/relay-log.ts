import type { AuditPort } from '../domain/audit'
import { objects } from '../domain/json'
import { type KeptLogPort, readEarlier, readLogContent, readLogPage, readOpened } from '../domain/kept-log'
import { ok } from '../domain/result'
import type { RelaySession } from './relay'

/** All that fits may be much. */
const EXPORT_MS = 120_000

/**
 * What was asked about a patient, from the relay's log: on any workstation.
 */
export function relayAudit(ask: RelaySession['ask']): Pick<AuditPort, 'list' | 'open'> {
  /** Whom an entry is about: the relay wants to be told with each. */
  const patients = new Map<string, string>()
  return {
    async list(patientId) {
      const answer = await ask('/earlier', { patientId })
      const list = answer.ok ? readEarlier(answer.value) : answer
      if (!list.ok) throw new Error('The site’s log could not be read.')
      for (const { id } of list.value.entries) patients.set(id, patientId)
      return { ...list.value, isDurable: true }
    },
    async open(id) {
      const answer = await ask('/earlier/open', { patientId: patients.get(id) ?? '', id })
      const opened = answer.ok ? readOpened(answer.value) : answer
      return opened.ok ? opened.value : undefined
    },
  }
}

/** The whole log, for those with the audit role. */
export function relayKeptLog(ask: RelaySession['ask']): Omit<KeptLogPort, 'mayLook'> {
  return {
    async search(search) {
      const answer = await ask('/log/search', search)
      return answer.ok ? readLogPage(answer.value) : answer
    },
    async open(id) {
      const answer = await ask('/log/open', { id })
      return answer.ok ? readLogContent(answer.value) : answer
    },
    async export(search, form) {
      const answer = await ask('/log/export', { search, form: 'json' }, EXPORT_MS)
      if (!answer.ok) return answer
      const lines = () => objects(answer.value, 'entries').map((entry) => `${JSON.stringify(entry)}\n`)
      return ok(form === 'json' ? JSON.stringify(answer.value, null, 2) : lines().join(''))
    },
  }
}
