import { useState } from 'react'
import { CopyButton, Disclosure } from '../../../ui'

/** A longer text stands still in the browser; copying and saving give all of it. Characters. */
const AS_MUCH_AS_IS_SHOWN = 200_000

interface Props {
  readonly summary: string
  readonly json: unknown
  readonly copyLabel: string
}

/** JSON to the letter, folded until it is wanted. */
export function ExactJson({ summary, json, copyLabel }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary={summary} open={open} onToggle={setOpen}>
      {open && <Opened text={JSON.stringify(json, null, 2)} copyLabel={copyLabel} />}
    </Disclosure>
  )
}

function Opened({ text, copyLabel }: { readonly text: string; readonly copyLabel: string }) {
  const isCut = text.length > AS_MUCH_AS_IS_SHOWN
  return (
    <div className="stack">
      {isCut && (
        <p className="field-hint">Only the beginning is shown: it is very long. Copying gives all of it.</p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard inside its own frame */}
      <pre className="code" tabIndex={0}>
        {isCut ? text.slice(0, AS_MUCH_AS_IS_SHOWN) : text}
      </pre>
      <div>
        <CopyButton text={text} label={copyLabel} />
      </div>
    </div>
  )
}
