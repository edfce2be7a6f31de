import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Field } from '../../ui'
import { afterPaint } from './after-paint'
import type ComboBox from './ComboBox'
import type { ComboProps } from './ComboBox'
import './combo.css'

/** Once one box has it, the next starts with it. */
let loaded: typeof ComboBox | undefined

/** A text box with a list to choose from. Until its chunk is there it is a plain text box: what is typed and the focus carry over. */
export function Combo<Item>(props: ComboProps<Item>) {
  const [Box, setBox] = useState(() => loaded)
  const focused = useRef(false)
  const hadFocus = useCallback(() => focused.current, [])
  useEffect(() => {
    let isHere = true
    const callOff = afterPaint(() => {
      import('./ComboBox').then(
        (chunk) => {
          loaded = chunk.default
          if (isHere) setBox(() => loaded)
        },
        // A plain box still takes a code or words.
        () => undefined,
      )
    })
    return () => {
      isHere = false
      callOff()
    }
  }, [])
  return Box ? <Box {...props} hadFocus={hadFocus} /> : <PlainBox {...props} focused={focused} />
}

function PlainBox<Item>(props: ComboProps<Item> & { readonly focused: RefObject<boolean> }) {
  const { id, label, hint, error, optional = false, text, onChange, focused, children } = props
  useLayoutEffect(
    () => () => {
      focused.current = document.activeElement?.id === id
    },
    [focused, id],
  )
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <div className="wi-combo">
          <input
            {...control}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(event.currentTarget.value, null)}
          />
          {children}
        </div>
      )}
    </Field>
  )
}
