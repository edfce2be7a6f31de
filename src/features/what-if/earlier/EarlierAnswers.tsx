import { useState } from 'react'
import type { AuditEntry } from '../../../domain/audit'
import { useAnnounce } from '../../../ui'
import { ALL, type Filter } from './EntryFilter'
import { EntryList } from './EntryList'
import { OpenedAnswer } from './OpenedAnswer'
import { useEarlier } from './use-earlier'
import '../what-if.css'
import './earlier.css'

interface Props {
  /** False while another task is on screen: the list is read anew when this one comes back. */
  readonly isShown: boolean
}

/** What payers said before about this patient, kept in this browser or in the site's log: found again, opened read-only, saved, deleted. Asks nothing. */
export default function EarlierAnswers({ isShown }: Props) {
  const list = useEarlier(isShown)
  const announce = useAnnounce()
  const [opened, setOpened] = useState<AuditEntry>()
  const [filter, setFilter] = useState<Filter>(ALL)
  /** The entry that was open before, where focus goes back to. */
  const [left, setLeft] = useState<string>()
  const close = (to: string): void => {
    setLeft(to)
    setOpened(undefined)
  }
  const onDeleted = (): void => {
    void list.refetch()
    announce('Deleted from this browser.')
  }
  if (opened !== undefined)
    return (
      <OpenedAnswer
        key={opened.id}
        entry={opened}
        onBack={() => close(opened.id)}
        onDeleted={() => {
          // There is no row to go back to.
          close('')
          onDeleted()
        }}
      />
    )
  return (
    <EntryList
      list={list.data}
      isFailed={list.isError}
      filter={filter}
      onFilter={setFilter}
      cameFrom={left}
      onOpen={setOpened}
      onDeleted={onDeleted}
    />
  )
}
