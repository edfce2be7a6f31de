import { useCombobox } from 'downshift'
import { type ReactNode, type Ref, useId, useLayoutEffect } from 'react'
import { Field } from '../../ui'

export interface ComboProps<Item> {
  readonly id: string
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly optional?: boolean
  readonly text: string
  readonly selected: Item | null
  readonly items: readonly Item[]
  readonly labelOf: (item: Item) => string
  readonly describe: (item: Item) => string
  readonly keyOf: (item: Item) => string
  /** Text typed gives up the choice made before; a choice brings its label as the text. */
  readonly onChange: (text: string, item: Item | null) => void
  readonly inputRef?: Ref<HTMLInputElement> | undefined
  /** What to say of an empty list, shown while the box is open. */
  readonly emptyText: string
  readonly searching: boolean
  readonly children?: ReactNode
}

/** A text box with a list to choose from: arrow keys, Enter, Escape (WAI-ARIA combobox, by downshift). */
export default function ComboBox<Item>(props: ComboProps<Item> & { readonly hadFocus: () => boolean }) {
  const { id, items, labelOf, describe, keyOf, onChange, selected, hadFocus } = props
  useLayoutEffect(() => {
    if (hadFocus()) document.getElementById(id)?.focus()
  }, [hadFocus, id])
  const menuLabel = useId()
  const box = useCombobox<Item>({
    items: [...items],
    inputId: id,
    itemToString: (item) => (item === null ? '' : labelOf(item)),
    selectedItem: selected,
    inputValue: props.text,
    // What was typed while this box was still on its way is searched for without another key.
    initialIsOpen: props.text !== '' && selected === null && document.activeElement?.id === id,
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem !== null) onChange(labelOf(selectedItem), selectedItem)
    },
    stateReducer: (_, { type, changes }) =>
      // Leaving the box never chooses: what was highlighted by passing over it was not meant.
      type === useCombobox.stateChangeTypes.InputBlur ? { isOpen: false, highlightedIndex: -1 } : changes,
  })
  const quiet = items.length > 0
  return (
    <Field
      id={id}
      label={props.label}
      hint={props.hint}
      error={props.error}
      optional={props.optional ?? false}
    >
      {(control) => (
        <div className="wi-combo">
          <input
            {...box.getInputProps({
              ...(props.inputRef && { ref: props.inputRef }),
              onChange: (event) => onChange(event.currentTarget.value, null),
              // With nothing highlighted Enter is the form's, as in any other field: swallowed, it would look like nothing.
              onKeyDown: ({ key, nativeEvent }) => {
                if (key === 'Enter' && box.highlightedIndex === -1)
                  Object.assign(nativeEvent, { preventDownshiftDefault: true })
              },
            })}
            {...control}
            aria-labelledby={undefined}
            autoComplete="off"
            spellCheck={false}
          />
          <span id={menuLabel} className="visually-hidden">
            Matching entries
          </span>
          <ul
            {...box.getMenuProps({ 'aria-labelledby': menuLabel })}
            className="wi-menu"
            hidden={!box.isOpen || items.length === 0}
          >
            {box.isOpen &&
              items.map((item, index) => (
                <li
                  key={keyOf(item)}
                  {...box.getItemProps({ item, index })}
                  data-active={box.highlightedIndex === index || undefined}
                >
                  {labelOf(item)}
                  {describe(item) !== '' && <small>{describe(item)}</small>}
                </li>
              ))}
          </ul>
          <p role="status" className={quiet || !box.isOpen ? 'visually-hidden' : 'field-hint'}>
            {box.isOpen && listStatus(items.length, props.searching, props.emptyText)}
          </p>
          {selected !== null && describe(selected) !== '' && (
            <p className="field-hint">{describe(selected)}</p>
          )}
          {props.children}
        </div>
      )}
    </Field>
  )
}

function listStatus(count: number, searching: boolean, emptyText: string): string {
  if (count > 0) return `${count} ${count === 1 ? 'entry' : 'entries'}. Use the arrow keys.`
  return searching ? 'Searching…' : emptyText
}
