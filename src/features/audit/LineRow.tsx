import type { LogLine } from '../../domain/kept-log'
import { Button, StateTag } from '../../ui'
import { lineWords, momentWords, readsWords, shortName } from './line-words'

/** Focus comes back here when an opened line is closed. */
export const openButtonId = (id: string): string => `log-open-${id}`

/** One line: when, what, of whom, by whom, about whom, how it went. */
export function LineRow({ line, onOpen }: { readonly line: LogLine; readonly onOpen: () => void }) {
  const { title, tag, tone } = lineWords(line)
  return (
    <li>
      <p className="log-what">
        <strong>{title}</strong> <StateTag tone={tone}>{tag}</StateTag>
      </p>
      <p className="meta">
        <span className="num">{momentWords(line.at)}</span>
        {line.payerName !== undefined && <span>{line.payerName}</span>}
        <span>By {shortName(line.who)}</span>
        {line.patient !== undefined && <span>About {shortName(line.patient)}</span>}
        {line.entry !== undefined && line.entry.assertionIds.length > 0 && (
          <span>Payer’s reference {line.entry.assertionIds.join(', ')}</span>
        )}
        {line.reads > 0 && <span>{readsWords(line.reads)}</span>}
      </p>
      <div>
        <Button
          id={openButtonId(line.id)}
          onClick={onOpen}
          aria-label={`Open: ${title}, ${momentWords(line.at)}`}
        >
          Open
        </Button>
      </div>
    </li>
  )
}
