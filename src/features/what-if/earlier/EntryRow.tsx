import type { AuditEntry } from '../../../domain/audit'
import { Button, StateTag } from '../../../ui'
import { useWork } from '../../work'
import { DeleteEntry } from './DeleteEntry'
import { glanceAtEntry, hookWords, isByColleague, momentWords } from './words'

/** Focus comes back here when an opened answer is closed. */
export const openButtonId = (id: string): string => `ea-open-${id}`

interface Props {
  readonly entry: AuditEntry
  readonly onOpen: () => void
  readonly onDeleted: () => void
}

/** One earlier question: what, whom, how it went, when, and the payer's references to it. */
export function EntryRow({ entry, onOpen, onDeleted }: Props) {
  const { session } = useWork()
  const { tone, tag } = glanceAtEntry(entry)
  return (
    <li>
      <p className="ea-what">
        <strong>{entry.title}</strong> <StateTag tone={tone}>{tag}</StateTag>
      </p>
      <p className="meta">
        <span>{entry.payerName}</span>
        <span>{hookWords(entry.hook)}</span>
        {isByColleague(entry, session) && <span>Asked by a colleague</span>}
        <span className="num">{momentWords(entry.askedAt)}</span>
        {entry.assertionIds.length > 0 && <span>Reference {entry.assertionIds.join(', ')}</span>}
      </p>
      <div className="cluster">
        <Button id={openButtonId(entry.id)} onClick={onOpen} aria-label={`Open: ${entry.title}`}>
          Open
        </Button>
        <DeleteEntry entry={entry} onDeleted={onDeleted} />
      </div>
    </li>
  )
}
