import { Button } from '../../ui'
import { kindOfOrder } from '../asking/order-kinds'
import { editOrder, nameOf, takeOut } from './form-orders'
import { type FormValues, ordersOf } from './form-values'

interface Props {
  readonly values: FormValues
  readonly onReplace: (values: FormValues) => void
}

/** The orders of a question that has several: one is described below, the others are folded to a line each. */
export default function OrderList({ values, onReplace }: Props) {
  return (
    <section className="stack" aria-label="Orders in this question">
      <ol className="plain wi-orders">
        {ordersOf(values).map((order, index) => {
          const isShown = index === values.position
          const name = nameOf(order)
          return (
            <li key={order.id} id={`wi-order-${order.id}`} tabIndex={-1} aria-current={isShown || undefined}>
              <span>
                {name}
                <span className="soft small">
                  {' '}
                  {kindOfOrder(order.kind).label}
                  {isShown && ' · described below'}
                  {order.patientPays && ' · the patient pays: not sent'}
                </span>
              </span>
              <span className="cluster">
                {!isShown && (
                  <Button
                    variant="quiet"
                    onClick={() => onReplace(editOrder(values, index))}
                    aria-label={`Change ${name}`}
                  >
                    Change
                  </Button>
                )}
                <Button
                  variant="quiet"
                  onClick={() => onReplace(takeOut(values, index))}
                  aria-label={`Take out ${name}`}
                >
                  Take out
                </Button>
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
