import { useContext, useEffect } from 'react'
import type { RecordKey } from '../../domain/pdex/record'
import { Button } from '../../ui'
import { EventsContext, EventWordsContext } from './timeline-context'
import { eventDates } from './timeline-words'
import { plural } from './words'

/** Within an event of the timeline: what the section's groups say elsewhere, and why a record belongs to the event. */
export function EventReason({ of }: { readonly of: RecordKey }) {
  const told = useContext(EventWordsContext)?.get(of)
  if (told?.verdict === undefined && told?.reason === undefined) return null
  return (
    <p>
      {told.verdict !== undefined && <strong>{told.verdict}</strong>}
      {told.verdict !== undefined && told.reason !== undefined && ' · '}
      <span className="soft">{told.reason}</span>
    </p>
  )
}

/** Elsewhere, in a record's details: the event that it tells of with others, and the way to it. Alone it needs none. */
export function EventNote({ of }: { readonly of: RecordKey }) {
  const world = useContext(EventsContext)
  const isInEvent = useContext(EventWordsContext) !== undefined
  const want = world?.want
  useEffect(() => want?.(), [want])
  const event = world?.events?.of.get(of)
  if (isInEvent || world === undefined || event === undefined || event.members.length === 1) return null
  const others = event.members.length - 1
  const reason = event.members.find(({ record }) => record.key === of)?.reason
  const isLead = event.key === of
  return (
    <p>
      One event with{' '}
      {isLead
        ? plural(others, 'other record')
        : `${event.lead.display.what}, ${eventDates(event)}${others > 1 ? `, and ${plural(others - 1, 'other')}` : ''}`}
      . {reason}{' '}
      <Button variant="quiet" onClick={() => world.show(event.key)}>
        Show in the timeline
      </Button>
    </p>
  )
}
