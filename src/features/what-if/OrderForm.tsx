import { useEffect, useRef } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { applies } from '../../domain/crd/scenario'
import { Field, Panel } from '../../ui'
import { type CodeEntry, CodeSearch } from './CodeSearch'
import { CoveragePicker } from './CoveragePicker'
import type { ChartReason } from './chart-reasons'
import type { CoverageView } from './coverage-view'
import { FIELD_IDS, type OrderError } from './order-errors'
import type { OrderItem } from './order-item'
import { ORDER_KINDS } from './order-kinds'
import type { OrderValues } from './order-values'
import { PartySearch } from './PartySearch'
import { PLACES_OF_SERVICE } from './place-of-service'
import { ReasonPicker, type ReasonReading } from './ReasonPicker'
import { TypedCode } from './TypedCode'

interface Props {
  readonly form: UseFormReturn<OrderValues>
  readonly values: OrderValues
  readonly errors: readonly OrderError[]
  /** Orders of the chart, then presets. */
  readonly near: readonly OrderItem[]
  /** Presets of the other kinds. */
  readonly elsewhere: readonly OrderItem[]
  readonly nearNote: string | undefined
  readonly presets: readonly OrderItem[]
  readonly reasons: ReasonReading
  readonly chosenReasons: readonly ChartReason[]
  readonly coverage: CoverageView
  /** The launching practitioner's name; absent: it has to be entered. */
  readonly userName: string | undefined
}

/** What would be ordered. One entry for each kind of order is kept, so that changing the kind loses nothing (U9). */
export function OrderForm(props: Props) {
  const { form, values, near, presets, userName } = props
  const { kind } = values
  const errorOf = (fieldId: string) => props.errors.find((error) => error.fieldId === fieldId)?.message
  const choose = (item: OrderItem) => {
    form.setValue(`what.${kind}`, { text: item.label, item }, { shouldDirty: true })
    document.getElementById(FIELD_IDS.coding)?.focus()
  }
  const moved = useRef(false)
  const take = (entry: CodeEntry, keep: (entry: CodeEntry) => void) => {
    if (entry.item?.kind === undefined) return keep(entry)
    const { kind: other, ...item } = entry.item
    moved.current = true
    keep({ text: '', item: null })
    form.setValue(`what.${other}`, { text: entry.text, item }, { shouldDirty: true })
    form.setValue('kind', other, { shouldDirty: true })
  }
  // The other kind has a box of its own: focus moves into it with what was chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the kind has changed
  useEffect(() => {
    if (moved.current) document.getElementById(FIELD_IDS.coding)?.focus()
    moved.current = false
  }, [kind])
  return (
    <Panel level={1} title="If I ordered…">
      <fieldset className="wi-kinds">
        <legend>Kind of order</legend>
        <div className="cluster">
          {ORDER_KINDS.map((choice) => (
            <label key={choice.kind} className="check">
              <input type="radio" value={choice.kind} {...form.register('kind')} />
              {choice.label}
            </label>
          ))}
        </div>
      </fieldset>
      <Controller
        key={kind}
        control={form.control}
        name={`what.${kind}`}
        render={({ field }) => (
          <CodeSearch
            id={FIELD_IDS.coding}
            kind={kind}
            value={field.value}
            onChange={(entry) => take(entry, field.onChange)}
            inputRef={field.ref}
            near={near}
            elsewhere={props.elsewhere}
            error={errorOf(FIELD_IDS.coding)}
          />
        )}
      />
      {props.nearNote !== undefined && <p className="wi-warn">{props.nearNote}</p>}
      {presets.length > 0 && (
        <ul className="plain cluster" aria-label="Often asked here">
          {presets.map((item) => (
            <li key={item.label}>
              <button type="button" className="chip" onClick={() => choose(item)}>
                {item.label}
              </button>
            </li>
          ))}
        </ul>
      )}
      <TypedCode kind={kind} onUse={choose} />
      <div className="pair">
        <Field id={FIELD_IDS.occurrence} label="When" error={errorOf(FIELD_IDS.occurrence)}>
          {(control) => <input type="date" {...control} {...form.register('when')} />}
        </Field>
        <Field id={FIELD_IDS.quantity} label="How many" error={errorOf(FIELD_IDS.quantity)}>
          {(control) => (
            <input inputMode="decimal" autoComplete="off" {...control} {...form.register('quantity')} />
          )}
        </Field>
      </div>
      <Controller
        control={form.control}
        name="reasons"
        render={({ field }) => (
          <ReasonPicker
            reading={props.reasons}
            chosen={props.chosenReasons}
            value={field.value}
            onChange={field.onChange}
          />
        )}
      />
      <PerformedWhere form={form} values={values} errorOf={errorOf} />
      {userName === undefined && (
        <Controller
          control={form.control}
          name="requester"
          render={({ field }) => (
            <PartySearch
              id={FIELD_IDS.requester}
              label="Ordered by"
              hint="The chart did not say which clinician opened this. Choose one from the chart."
              error={errorOf(FIELD_IDS.requester)}
              types={['Practitioner']}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
      )}
      <CoveragePicker
        view={props.coverage}
        value={values.coverageId}
        onChange={(id) => form.setValue('coverageId', id, { shouldDirty: true })}
        orderedBy={userName}
      />
    </Panel>
  )
}

function PerformedWhere({
  form,
  values,
  errorOf,
}: {
  readonly form: UseFormReturn<OrderValues>
  readonly values: OrderValues
  readonly errorOf: (fieldId: string) => string | undefined
}) {
  const { kind } = values
  return (
    <>
      <div className={applies(kind, 'placeOfService') ? 'pair' : 'stack'}>
        <Controller
          control={form.control}
          name="performer"
          render={({ field }) => (
            <PartySearch
              id={FIELD_IDS.performer}
              label="Performed by"
              optional
              error={errorOf(FIELD_IDS.performer)}
              types={['Practitioner', 'Organization']}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        {applies(kind, 'placeOfService') && (
          <Field id={FIELD_IDS.placeOfService} label="Place of service" optional>
            {(control) => (
              <select {...control} {...form.register('place')}>
                <option value="">Not stated</option>
                {PLACES_OF_SERVICE.map((place) => (
                  <option key={place.code} value={place.code}>
                    {place.name} ({place.code})
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      {applies(kind, 'dosage') && (
        <Field
          id={FIELD_IDS.dosage}
          label="Dosage"
          optional
          hint="In words, for example: 1 tablet each evening"
        >
          {(control) => <input autoComplete="off" {...control} {...form.register('dosage')} />}
        </Field>
      )}
    </>
  )
}
