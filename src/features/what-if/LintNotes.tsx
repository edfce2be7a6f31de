import { Disclosure, Panel } from '../../ui'
import type { LintNote } from './lint-notes'

/** More places than this say no more. */
const MANY = 5

/** Where an answer departs from the guides: advice to the reader, folded, never in the way of the answer. */
export function LintNotes({ notes }: { readonly notes: readonly LintNote[] }) {
  if (notes.length === 0) return null
  return (
    <Panel as="div">
      <Disclosure summary={`Notes on how this answer was made (${notes.length})`}>
        <p className="soft">
          They do not change what the payer said. They can help when you talk to the payer or to support.
        </p>
        <ul className="wi-notes">
          {notes.map((note) => (
            <li key={`${note.rule} ${note.sentence}`}>
              {note.sentence}
              {note.paths.length > 1 && ` (${note.paths.length} times)`}
              <br />
              <code className="soft">
                {note.rule}: {note.paths.slice(0, MANY).join(', ')}
                {note.paths.length > MANY && ', …'}
              </code>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Panel>
  )
}
