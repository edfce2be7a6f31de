import type { ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import { draftName } from '../../../domain/crd/suggestion-words'
import { Field } from '../../../ui'
import { CodeSearch } from '../../asking/CodeSearch'
import { itemsOfPresets } from '../../asking/order-item'
import { kindOfOrder } from '../../asking/order-kinds'
import { TypedCodeLater } from '../../asking/TypedCodeLater'
import { useWork } from '../../work'
import { FIELD_IDS } from '../field-ids'
import { PartyField } from '../PartyField'
import type { FormProps } from '../QuestionForm'
import { referenceOf, useChartOrders } from '../use-chart-orders'

interface Props extends FormProps {
  /** The picker of reasons; null where an order below has it. */
  readonly why: ReactNode
}

const SERVICE = kindOfOrder('ServiceRequest')

/** An appointment that is not booked: with an order of its own or of the chart, or with none (CRD appointment profiles). */
export default function AppointmentFields(props: Props) {
  const { form, values, errorOf, cache, why } = props
  const { site } = useWork()
  const { basedOn } = values.appointment
  const orders = useChartOrders(cache)?.orders ?? []
  return (
    <>
      <Controller
        control={form.control}
        name="appointment.what"
        render={({ field }) => (
          <CodeSearch
            id={FIELD_IDS.serviceType}
            label="Appointment for"
            hint={SERVICE.hint}
            optional={basedOn !== ''}
            subject={{
              key: 'appointment',
              valueSets: [...site.presets.valueSets.ServiceRequest, ...SERVICE.valueSets],
            }}
            value={field.value}
            onChange={field.onChange}
            inputRef={field.ref}
            near={itemsOfPresets('ServiceRequest', site.presets.orders)}
            elsewhere={[]}
            error={errorOf(FIELD_IDS.serviceType)}
          />
        )}
      />
      <TypedCodeLater
        id="wi-appointment-typed"
        summary="Enter a code yourself"
        systems={SERVICE.systems}
        onUse={(item) => form.setValue('appointment.what', { text: item.label, item }, { shouldDirty: true })}
      />
      <Time {...props} />
      <div className="pair">
        <PartyField
          form={form}
          name="appointment.who"
          id={FIELD_IDS.performers}
          label="With"
          error={errorOf(FIELD_IDS.performers)}
          types={['Practitioner']}
        />
        <PartyField
          form={form}
          name="appointment.where"
          id="wi-appointment-where"
          label="At"
          optional
          types={['Location']}
        />
      </div>
      <Field id={FIELD_IDS.basedOn} label="Booked for an order" optional error={errorOf(FIELD_IDS.basedOn)}>
        {(control) => (
          <select {...control} {...form.register('appointment.basedOn')}>
            <option value="">No order</option>
            <option value="described">A new order, described below</option>
            {orders.map((order) => (
              <option key={referenceOf(order)} value={referenceOf(order)}>
                In the chart: {draftName(order)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {why}
    </>
  )
}

/** A day and an hour, or some day between two. */
function Time({ form, values, errorOf }: FormProps) {
  const { isExact } = values.appointment
  const error = errorOf(FIELD_IDS.time)
  const choose = (exact: boolean) => form.setValue('appointment.isExact', exact, { shouldDirty: true })
  return (
    <fieldset className="wi-kinds">
      <legend>When</legend>
      <div className="cluster">
        <label className="check">
          <input type="radio" name="wi-exact" checked={isExact} onChange={() => choose(true)} />
          At a time
        </label>
        <label className="check">
          <input type="radio" name="wi-exact" checked={!isExact} onChange={() => choose(false)} />
          On some day between
        </label>
      </div>
      {isExact ? (
        <div className="wi-when">
          <Field id={FIELD_IDS.time} label="Day" error={error}>
            {(control) => <input type="date" {...control} {...form.register('appointment.day')} />}
          </Field>
          <Field id="wi-hour" label="Time">
            {(control) => <input type="time" {...control} {...form.register('appointment.hour')} />}
          </Field>
          <Field id="wi-minutes" label="Minutes">
            {(control) => (
              <input inputMode="numeric" {...control} {...form.register('appointment.minutes')} />
            )}
          </Field>
        </div>
      ) : (
        <div className="pair">
          <Field id={FIELD_IDS.time} label="From" error={error}>
            {(control) => <input type="date" {...control} {...form.register('appointment.day')} />}
          </Field>
          <Field id="wi-until" label="Until">
            {(control) => <input type="date" {...control} {...form.register('appointment.until')} />}
          </Field>
        </div>
      )}
    </fieldset>
  )
}
