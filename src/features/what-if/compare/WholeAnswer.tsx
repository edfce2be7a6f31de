import { lazy, type RefObject, Suspense } from 'react'
import { Button, Skeleton } from '../../../ui'
import { loadGivenAnswer } from '../load-later'
import type { ColumnView } from './column-view'

const GivenAnswer = lazy(loadGivenAnswer)

interface Props {
  readonly view: ColumnView
  /** Focus there waits for the answer. */
  readonly place: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

/** The whole answers of one column, to be read. */
export function WholeAnswer({ view, place, onClose }: Props) {
  return (
    <section className="stack cmp-whole" aria-label={`Details: ${view.label}`}>
      <div className="cluster">
        <p className="label">Details: {view.label}</p>
        <Button variant="quiet" onClick={onClose}>
          Close the details
        </Button>
      </div>
      <Suspense fallback={<Skeleton lines={8} label="Laying out the answer" />}>
        {view.answered.map((each) => (
          <GivenAnswer
            key={`${view.id} ${each.answer.payer?.id ?? ''}`}
            answered={each}
            waitingPlaces={[place]}
            readOnly
          />
        ))}
      </Suspense>
    </section>
  )
}
