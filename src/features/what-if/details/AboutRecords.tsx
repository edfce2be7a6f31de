import { draftName } from '../../../domain/crd/suggestion-words'
import { Field, Skeleton } from '../../../ui'
import { NOBODY } from '../../asking/entries'
import { FIELD_IDS } from '../field-ids'
import { PartyField } from '../PartyField'
import type { FormProps } from '../QuestionForm'
import { referenceOf, useChartOrders } from '../use-chart-orders'

/** Records are asked for because of an order (CRD profile-communicationrequest: basedOn), from somebody. */
export function AboutRecords({ form, values, errorOf, cache }: FormProps) {
  const read = useChartOrders(cache)
  const chosen = values.details.basedOn
  if (read === undefined) return <Skeleton lines={2} label="Reading the orders in the chart" />
  const orders = read.orders.filter((order) => order.resourceType !== 'CommunicationRequest')
  const isListed = orders.some((order) => referenceOf(order) === chosen.reference)
  return (
    <>
      <Field
        id={FIELD_IDS.basedOn}
        label="For which order"
        hint={
          orders.length === 0 ? 'The chart has no open order that records could be asked for.' : undefined
        }
        error={errorOf(FIELD_IDS.basedOn)}
      >
        {(control) => (
          <select
            {...control}
            value={chosen.reference ?? ''}
            onChange={(event) => {
              const order = orders.find((each) => referenceOf(each) === event.target.value)
              form.setValue(
                'details.basedOn',
                order === undefined ? NOBODY : { text: draftName(order), reference: referenceOf(order) },
                { shouldDirty: true },
              )
            }}
          >
            <option value="">Choose an order of the chart</option>
            {!isListed && chosen.reference !== null && (
              <option value={chosen.reference}>{chosen.text}</option>
            )}
            {orders.map((order) => (
              <option key={referenceOf(order)} value={referenceOf(order)}>
                {draftName(order)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PartyField
        form={form}
        name="details.sender"
        id="wi-sender"
        label="Who is asked for them"
        optional
        types={['Practitioner', 'Organization']}
      />
    </>
  )
}
