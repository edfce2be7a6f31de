import type { Ref } from 'react'
import { useWork } from '../work'
import { Combo } from './Combo'
import { describeItem, keyOfItem, type OrderItem } from './order-item'
import { type CodeSubject, LEAST_LETTERS, useCodeChoices } from './use-code-choices'

/** What stands in the search box, and what was chosen with it. */
export interface CodeEntry {
  readonly text: string
  readonly item: OrderItem | null
}

interface Props {
  readonly id: string
  readonly label: string
  /** While nothing is chosen. */
  readonly hint: string
  readonly optional?: boolean
  readonly subject: CodeSubject
  readonly value: CodeEntry
  readonly onChange: (value: CodeEntry) => void
  readonly inputRef?: Ref<HTMLInputElement>
  readonly error?: string | undefined
  /** Orders in the chart first, then the site's presets: offered without any request. */
  readonly near: readonly OrderItem[]
  /** Presets of the other kinds of order: offered last, for words that match. */
  readonly elsewhere: readonly OrderItem[]
  /** What stands below an entry; absent: its codes and where it was found. */
  readonly describe?: (item: OrderItem) => string
}

/** Code or words, from three letters, with the arrow keys (U9). */
export function CodeSearch(props: Props) {
  const { id, label, hint, subject, value, onChange, inputRef, error, near, elsewhere } = props
  const { session } = useWork()
  // With a choice made the box holds its label: opening the list then offers what is near, not that label again.
  const filter = value.item === null ? value.text : ''
  const { items, searching, failed } = useCodeChoices(subject, filter, near, elsewhere)
  return (
    <Combo
      id={id}
      label={label}
      hint={value.item === null ? hint : undefined}
      {...(props.optional === true && { optional: true })}
      error={error}
      text={value.text}
      selected={value.item}
      items={items}
      labelOf={(item) => item.label}
      describe={props.describe ?? describeItem}
      keyOf={keyOfItem}
      onChange={(text, item) => onChange({ text, item })}
      inputRef={inputRef}
      searching={searching}
      emptyText={
        filter.trim().length < LEAST_LETTERS
          ? `Type at least ${LEAST_LETTERS} letters, or a code.`
          : 'Nothing found. Try other words, or enter a code yourself.'
      }
    >
      {failed && (
        <p className="wi-warn" role="status">
          The code list of {session.ehrName} could not be searched. Enter a code yourself, or choose from what
          is in the chart.
        </p>
      )}
    </Combo>
  )
}
