import { useState } from 'react'
import { Button, formatDate, Notice, Skeleton } from '../../ui'
import { useVisit, type VisitStart } from './use-visit'

/** The appointment that the app was opened for, offered as a beginning; nothing of it is taken before the button (U2). */
export default function VisitOffer({ onUse }: { readonly onUse: (start: VisitStart) => void }) {
  const reading = useVisit()
  const [isUsed, setUsed] = useState(false)
  switch (reading.kind) {
    case 'none':
      return null
    case 'reading':
      return <Skeleton lines={3} label="Reading the appointment" />
    case 'unreadable':
      return <p className="wi-warn">The appointment that this was opened for could not be read.</p>
    case 'not-theirs':
      return (
        <p className="wi-warn">
          The appointment that this was opened for is called off or not this patient’s. Nothing was taken from
          it.
        </p>
      )
    case 'read': {
      const { visit, item } = reading
      const use = () => {
        setUsed(true)
        onUse(reading)
      }
      return (
        <Notice
          tone="info"
          title={`Opened for the appointment: ${visit.service ?? 'service not stated'}`}
          {...(!isUsed && { actions: <Button onClick={use}>Start from this appointment</Button> })}
        >
          <p>
            {[
              formatDate(visit.day),
              visit.performer && `with ${visit.performer.text}`,
              visit.place && `at ${visit.place}`,
            ]
              .filter(Boolean)
              .join(', ')}
          </p>
          <p className="soft" role="status">
            {isUsed && 'Filled in below. Please check it before you ask. '}
            {item === undefined && 'It has no code that a payer knows: choose the service yourself.'}
          </p>
        </Notice>
      )
    }
  }
}
