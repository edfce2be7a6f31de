import { useState } from 'react'
import { draftFromOrder } from '../../domain/crd/order-copy'
import type { PrefetchCache } from '../../domain/crd/prefetch-cache'
import { draftName } from '../../domain/crd/suggestion-words'
import { text } from '../../domain/json'
import { Button, formatDate, Skeleton } from '../../ui'
import { kindOfOrder } from '../asking/order-kinds'
import { useWork } from '../work'
import type { FormValues } from './form-values'
import { fillIn } from './proposal'
import { referenceOf, useChartOrders, writtenOn } from './use-chart-orders'

interface Props {
  readonly values: FormValues
  readonly cache: PrefetchCache
  /** The form with a copy of that order in it. */
  readonly onUse: (filled: FormValues) => void
}

/** Open orders of the chart to begin with. What is chosen is copied into the form; the order itself is not touched. */
export default function ChartOrders({ values, cache, onUse }: Props) {
  const { session } = useWork()
  const read = useChartOrders(cache)
  const [unusable, setUnusable] = useState<string>()
  if (read === undefined) return <Skeleton lines={3} label="Reading the orders in the chart" />
  const { orders, failed } = read
  return (
    <div className="stack">
      {failed.length > 0 && (
        <p className="wi-warn">
          {session.ehrName} did not let these be read:{' '}
          {failed.map((kind) => kindOfOrder(kind).label.toLowerCase()).join(', ')}.
        </p>
      )}
      {orders.length === 0 ? (
        <p className="field-hint">The chart has no draft or active order to begin with.</p>
      ) : (
        <ul className="plain wi-orders">
          {orders.map((order) => {
            const draft = draftFromOrder(order, values.id)
            const name = draftName(order)
            const about = [
              draft && kindOfOrder(draft.kind).label,
              text(order, 'status'),
              writtenOn(order) !== '' && formatDate(writtenOn(order)),
            ]
            return (
              <li key={referenceOf(order)}>
                <span>
                  {name}
                  <span className="soft small"> {about.filter(Boolean).join(' · ')}</span>
                </span>
                <Button
                  variant="quiet"
                  aria-label={`Start from ${name}`}
                  onClick={() =>
                    draft === undefined
                      ? setUnusable(name)
                      : onUse({ ...values, ...fillIn(draft, values, [], 'chart') })
                  }
                >
                  Start from this
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      {unusable !== undefined && (
        <p className="wi-warn" role="status">
          {unusable} does not say what is ordered: describe it in the form.
        </p>
      )}
    </div>
  )
}
