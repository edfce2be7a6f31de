import { lazy, type RefObject, Suspense, useCallback, useLayoutEffect, useRef } from 'react'
import { Field } from '../../ui'
import type { ComboProps } from './ComboBox'

const ComboBox = lazy(() => import('./ComboBox')) as typeof import('./ComboBox').default

/** A text box with a list to choose from. Until its chunk is there it is a plain text box: what is typed and the focus carry over. */
export function Combo<Item>(props: ComboProps<Item>) {
  const focused = useRef(false)
  const hadFocus = useCallback(() => focused.current, [])
  return (
    <Suspense fallback={<PlainBox {...props} focused={focused} />}>
      <ComboBox {...props} hadFocus={hadFocus} />
    </Suspense>
  )
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
