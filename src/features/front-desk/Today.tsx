import { useQueries } from '@tanstack/react-query'
import { auditKey } from '../../domain/audit-key'
import { fullName, readPerson } from '../../domain/fhir/person'
import { inWords } from '../../domain/front-desk/phrases'
import { en } from '../../domain/front-desk/words/en'
import { Button, formatDate, Panel } from '../../ui'
import { dayOf } from '../asking/local-time'
import { ONCE } from '../asking/once'
import type { Work } from '../work'
import { askedToday } from './asked-today'

interface Props {
  /** One for each patient who was asked about in this session. */
  readonly works: readonly Work[]
  /** Back to one of these patients; absent: only listed. */
  readonly onPick?: (work: Work) => void
}

/** Today's questions with what was said and when, from the log of this browser, told apart by patient where there are several (U20). */
export default function Today({ works, onPick }: Props) {
  const asked = useQueries({
    queries: works.map(({ session, site, ports }) => {
      const today = dayOf(ports.clock.now())
      return {
        // Below the log's own key: a question that was kept is listed at once.
        queryKey: [...auditKey(session.key), 'front-desk', today],
        queryFn: () => askedToday(ports.audit, session.patientId, site.payers, today),
        ...ONCE,
      }
    }),
  })
  const rows = works
    .flatMap((work, index) => (asked[index]?.data ?? []).map((row) => ({ ...row, work })))
    .toSorted((a, b) => b.at - a.at)
  if (rows.length === 0) return null
  const isOfSeveral = works.length > 1 || onPick !== undefined
  return (
    <Panel title="Asked today" aside={<span className="soft small">{rows.length}</span>}>
      <ul className="plain fd-today">
        {rows.map(({ id, at, title, answer, work }) => (
          <li key={id}>
            <span className="num soft">{timeOf(at)}</span>
            <span>
              {isOfSeveral && (
                <>
                  {fullName(work.chart.patient)}, born {formatDate(readPerson(work.chart.patient).birthDate)}
                  <br />
                </>
              )}
              {title} · {answer.payer}
              <br />
              <strong>{inWords(answer.headline, en)}</strong>
            </span>
            {onPick && (
              <Button
                onClick={() => onPick(work)}
                aria-label={`Ask again for ${fullName(work.chart.patient)}`}
              >
                Ask again
              </Button>
            )}
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
