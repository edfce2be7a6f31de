import { useQuery } from '@tanstack/react-query'
import { auditKey } from '../../domain/audit-key'
import { inWords } from '../../domain/front-desk/phrases'
import { en } from '../../domain/front-desk/words/en'
import { Panel } from '../../ui'
import { dayOf } from '../asking/local-time'
import { ONCE } from '../asking/once'
import { useWork } from '../work'
import { askedToday } from './asked-today'

/** Today's questions about this patient, with what was said and when: from the log of this browser (U20). */
export default function Today() {
  const { ports, session, site } = useWork()
  const today = dayOf(ports.clock.now())
  const asked = useQuery({
    // Below the log's own key: a question that was kept is listed at once.
    queryKey: [...auditKey(session.key), 'front-desk', today],
    queryFn: () => askedToday(ports.audit, session.patientId, site.payers, today),
    ...ONCE,
  })
  const rows = asked.data ?? []
  if (rows.length === 0) return null
  return (
    <Panel title="Asked today" aside={<span className="soft small">{rows.length}</span>}>
      <ul className="plain fd-today">
        {rows.map(({ id, at, title, answer }) => (
          <li key={id}>
            <span className="num soft">{timeOf(at)}</span>
            <span>
              {title} · {answer.payer}
              <br />
              <strong>{inWords(answer.headline, en)}</strong>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function timeOf(epochMs: number): string {
  const at = new Date(epochMs)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}
