import type { OrderType } from '../../../domain/crd/scenario'
import { Field } from '../../../ui'
import { FIELD_IDS } from '../field-ids'
import { PartyField } from '../PartyField'
import type { FormProps } from '../QuestionForm'
import { AboutRecords } from './AboutRecords'
import { BillingCodes } from './BillingCodes'
import { CATEGORIES } from './categories'
import { Lenses } from './Lenses'

/** What only some kinds of order say. A chunk of its own: most questions do without. */
export default function OrderDetailsFields(props: FormProps) {
  const { form, values, errorOf } = props
  const { kind } = values
  return (
    <div className="stack">
      {kind === 'CommunicationRequest' && <AboutRecords {...props} />}
      {kind === 'VisionPrescription' && <Lenses {...props} />}
      {kind === 'NutritionOrder' && (
        <Field id="wi-nutrition" label="What it is">
          {(control) => (
            <select {...control} {...form.register('details.nutrition')}>
              <option value="oral-diet">Diet</option>
              <option value="supplement">Supplement</option>
              <option value="enteral-formula">Formula for tube feeding</option>
            </select>
          )}
        </Field>
      )}
      {kind === 'ServiceRequest' && (
        <Field id="wi-category" label="Category" optional>
          {(control) => (
            <select
              {...control}
              value={values.details.category[0]?.code ?? ''}
              onChange={(event) =>
                form.setValue(
                  'details.category',
                  CATEGORIES.filter((each) => each.code === event.target.value),
                  { shouldDirty: true },
                )
              }
            >
              <option value="">Not stated</option>
              {unlisted(values.details.category[0]).map((each) => (
                <option key={each.code} value={each.code}>
                  {each.display}
                </option>
              ))}
              {CATEGORIES.map((each) => (
                <option key={each.code} value={each.code}>
                  {each.display}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {isRepeated(kind) && <HowOften {...props} />}
      {kind === 'MedicationRequest' && <Supply {...props} />}
      {kind === 'ServiceRequest' && (
        <PartyField
          form={form}
          name="location"
          id={FIELD_IDS.location}
          label="Where"
          hint="The building, clinic or room, by its name in the chart."
          optional
          error={errorOf(FIELD_IDS.location)}
          types={['Location']}
        />
      )}
      <BillingCodes {...props} />
    </div>
  )
}

/** A category that came with an order of the chart and is none of ours. */
const unlisted = (category: (typeof CATEGORIES)[number] | undefined) =>
  category === undefined || CATEGORIES.some((each) => each.code === category.code) ? [] : [category]

const isRepeated = (kind: OrderType): boolean =>
  kind !== 'VisionPrescription' && kind !== 'CommunicationRequest'

function HowOften({ form, errorOf }: FormProps) {
  return (
    <div className="wi-often">
      <Field id={FIELD_IDS.frequency} label="How many times" optional error={errorOf(FIELD_IDS.frequency)}>
        {(control) => (
          <input inputMode="numeric" autoComplete="off" {...control} {...form.register('details.times')} />
        )}
      </Field>
      <Field id="wi-every" label="In every">
        {(control) => (
          <input inputMode="decimal" autoComplete="off" {...control} {...form.register('details.every')} />
        )}
      </Field>
      <Field id="wi-unit" label="Unit">
        {(control) => (
          <select {...control} {...form.register('details.unit')}>
            <option value="d">days</option>
            <option value="wk">weeks</option>
            <option value="mo">months</option>
            <option value="a">years</option>
          </select>
        )}
      </Field>
    </div>
  )
}

function Supply({ form, errorOf }: FormProps) {
  return (
    <>
      <div className="pair">
        <Field id={FIELD_IDS.supply} label="Days of one fill" optional error={errorOf(FIELD_IDS.supply)}>
          {(control) => (
            <input
              inputMode="numeric"
              autoComplete="off"
              {...control}
              {...form.register('details.daysSupply')}
            />
          )}
        </Field>
        <Field id="wi-refills" label="Refills" optional>
          {(control) => (
            <input
              inputMode="numeric"
              autoComplete="off"
              {...control}
              {...form.register('details.refills')}
            />
          )}
        </Field>
      </div>
      <label className="check">
        <input type="checkbox" {...form.register('details.asWritten')} />
        As written: no generic in its place
      </label>
    </>
  )
}
