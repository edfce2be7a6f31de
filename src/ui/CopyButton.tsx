import { useState } from 'react'
import { Button } from './Button'

type State = 'ready' | 'copied' | 'shown'

/** Copies text; where the frame forbids the clipboard, shows the text to be selected by hand. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [state, setState] = useState<State>('ready')
  const copy = () => {
    // `navigator.clipboard` is absent outside of secure contexts and rejects in frames without permission.
    const write = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    write.then(
      () => setState('copied'),
      () => setState('shown'),
    )
  }
  return (
    <>
      <Button variant="quiet" onClick={copy}>
        {state === 'copied' ? 'Copied' : label}
      </Button>
      <span role="status" className="visually-hidden">
        {state === 'copied' ? 'Copied' : ''}
      </span>
      {state === 'shown' && (
        <label className="field">
          <span className="field-hint">This frame does not allow copying. Select the text and copy it.</span>
          <textarea readOnly rows={6} value={text} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </>
  )
}
