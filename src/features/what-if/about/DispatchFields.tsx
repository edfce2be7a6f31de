import { draftName } from '../../../domain/crd/suggestion-words'
import { text } from '../../../domain/json'
import { Field, Skeleton } from '../../../ui'
import { FIELD_IDS } from '../field-ids'
import { PartyField } from '../PartyField'
import type { FormProps } from '../QuestionForm'
import { referenceOf, useChartOrders } from '../use-chart-orders'

/** Orders that would be sent to somebody who carries them out (order-dispatch), with or without a Task for it. */
export default function DispatchFields({ form, values, errorOf, cache }: FormProps) {
  const read = useChartOrders(cache)
  const { existing, withTask } = values.dispatch
  const signed = read?.orders.filter((order) => text(order, 'status') === 'active') ?? []
  const error = errorOf('wi-dispatch-orders')
  return (
    <>
      <PartyField
        form={form}
        name="dispatch.to"
        id="wi-dispatch-to"
        label="Sent to"
        hint="Who would carry it out: a person, an organization or a place of the chart."
        error={errorOf('wi-dispatch-to')}
        types={['Organization', 'Practitioner', 'Location']}
      />
      <fieldset className="wi-why" id="wi-dispatch-orders" tabIndex={-1}>
        <legend>What is sent</legend>
        {error !== undefined && <p className="field-error">{error}</p>}
        {read === undefined && <Skeleton lines={2} label="Reading the orders in the chart" />}
        <ul className="plain">
          {signed.map((order) => {
            const reference = referenceOf(order)
            return (
              <li key={reference}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={existing.includes(reference)}
                    onChange={(event) =>
                      form.setValue(
                        'dispatch.existing',
                        event.target.checked
                          ? [...existing, reference]
                          : existing.filter((each) => each !== reference),
                        { shouldDirty: true },
                      )
                    }
                  />
                  {draftName(order)}
                  <span className="soft small">in the chart</span>
                </label>
              </li>
            )
          })}
          <li>
            <label className="check">
              <input type="checkbox" {...form.register('dispatch.isNew')} />A new order, described below
            </label>
          </li>
        </ul>
        {read !== undefined && signed.length === 0 && (
          <p className="field-hint">The chart has no signed order that could be sent.</p>
        )}
      </fieldset>
      <label className="check">
        <input type="checkbox" {...form.register('dispatch.withTask')} />
        <span>
          With a task for it
          <span className="field-hint"> (for services and referrals; payers take none for other orders)</span>
        </span>
      </label>
      {withTask && (
        <div className="pair">
          <Field id="wi-task-times" label="Times" optional>
            {(control) => (
              <input inputMode="numeric" {...control} {...form.register('dispatch.repetitions')} />
            )}
          </Field>
          <Field id={FIELD_IDS.task} label="Until" optional error={errorOf(FIELD_IDS.task)}>
            {(control) => <input type="date" {...control} {...form.register('dispatch.until')} />}
          </Field>
        </div>
      )}
    </>
  )
}
