import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { Controller } from 'react-hook-form'
import { applies } from '../../domain/crd/scenario'
import { Button, Disclosure, Field, Skeleton } from '../../ui'
import { type CodeEntry, CodeSearch } from '../asking/CodeSearch'
import type { OrderItem } from '../asking/order-item'
import { kindOfOrder, ORDER_KINDS } from '../asking/order-kinds'
import { TypedCodeLater } from '../asking/TypedCodeLater'
import { useWork } from '../work'
import { FIELD_IDS } from './field-ids'
import { addOrder } from './form-orders'
import type { FormValues } from './form-values'
import { NOTHING } from './order-values'
import { PartyField } from './PartyField'
import { PLACES_OF_SERVICE } from './place-of-service'
import type { FormProps } from './QuestionForm'

const OrderDetailsFields = lazy(() => import('./details/OrderDetailsFields'))
const ChartOrders = lazy(() => import('./ChartOrders'))

interface Props extends FormProps {
  readonly near: readonly OrderItem[]
  readonly elsewhere: readonly OrderItem[]
  readonly nearNote: string | undefined
  readonly presets: readonly OrderItem[]
  /** The picker of reasons: visits and appointments have it too. */
  readonly why: ReactNode
  readonly onReplace: (values: FormValues) => void
}

/** One order. An entry for each kind of order is kept, so that changing the kind loses nothing (U9). */
export function OrderFields(props: Props) {
  const { form, values, errorOf, near, presets, why, onReplace } = props
  const { site, ports } = useWork()
  const { kind } = values
  const row = kindOfOrder(kind)
  const choose = (item: OrderItem) => {
    form.setValue(`what.${kind}`, { text: item.label, item }, { shouldDirty: true })
    document.getElementById(FIELD_IDS.coding)?.focus()
  }
  const moved = useRef(false)
  const take = (entry: CodeEntry, keep: (entry: CodeEntry) => void) => {
    if (entry.item?.kind === undefined) return keep(entry)
    const { kind: other, ...item } = entry.item
    moved.current = true
    keep(NOTHING)
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
    <>
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
        key={`${values.id} ${kind}`}
        control={form.control}
        name={`what.${kind}`}
        render={({ field }) => (
          <CodeSearch
            id={FIELD_IDS.coding}
            label={row.what}
            hint={row.hint}
            subject={{ key: kind, valueSets: [...site.presets.valueSets[kind], ...row.valueSets] }}
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
      <TypedCodeLater id="wi-typed" summary="Enter a code yourself" systems={row.systems} onUse={choose} />
      <FromTheChart {...props} />
      <WhenAndHowMany {...props} />
      {applies(kind, 'reasons') && why}
      <PerformedWhere {...props} />
      <Details {...props} />
      <div className="cluster">
        <Button variant="quiet" onClick={() => onReplace(addOrder(values, ports.newId()))}>
          Add another order to this question
        </Button>
      </div>
    </>
  )
}

/** A draft or active order of the chart as a beginning: copied, never changed. */
function FromTheChart({ values, cache, onReplace }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary="Start from an order in the chart" open={open} onToggle={setOpen}>
      {open && (
        <Suspense fallback={<Skeleton lines={3} label="Reading the orders in the chart" />}>
          <ChartOrders
            values={values}
            cache={cache}
            onUse={(filled) => {
              setOpen(false)
              onReplace(filled)
            }}
          />
        </Suspense>
      )}
    </Disclosure>
  )
}

function WhenAndHowMany({ form, values, errorOf }: FormProps) {
  const { kind } = values
  const [hasDate, hasQuantity] = [applies(kind, 'occurrence'), applies(kind, 'quantity')]
  if (!hasDate && !hasQuantity) return null
  return (
    <div className={hasDate && hasQuantity ? 'pair' : 'stack'}>
      {hasDate && (
        <Field id={FIELD_IDS.occurrence} label="When" error={errorOf(FIELD_IDS.occurrence)}>
          {(control) => <input type="date" {...control} {...form.register('when')} />}
        </Field>
      )}
      {hasQuantity && (
        <Field id={FIELD_IDS.quantity} label="How many" error={errorOf(FIELD_IDS.quantity)}>
          {(control) => (
            <input inputMode="decimal" autoComplete="off" {...control} {...form.register('quantity')} />
          )}
        </Field>
      )}
    </div>
  )
}

function PerformedWhere({ form, values, errorOf }: FormProps) {
  const { kind } = values
  return (
    <>
      {applies(kind, 'performer') && (
        <div className={applies(kind, 'placeOfService') ? 'pair' : 'stack'}>
          <PartyField
            form={form}
            name="performer"
            id={FIELD_IDS.performer}
            label={kind === 'CommunicationRequest' ? 'To be sent to' : 'Performed by'}
            optional
            error={errorOf(FIELD_IDS.performer)}
            types={['Practitioner', 'Organization']}
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
      )}
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

/** What only some orders need: folded, but where the order is not complete without it. */
function Details(props: FormProps) {
  const { values, errorOf } = props
  const isNeeded = !applies(values.kind, 'quantity') || values.kind === 'NutritionOrder'
  const isWrong = [FIELD_IDS.frequency, FIELD_IDS.supply, FIELD_IDS.billing, FIELD_IDS.location].some(
    (id) => errorOf(id) !== undefined,
  )
  const [open, setOpen] = useState(false)
  const fields = (
    <Suspense fallback={<Skeleton lines={3} label="Opening" />}>
      <OrderDetailsFields {...props} />
    </Suspense>
  )
  if (isNeeded) return fields
  return (
    <Disclosure summary="More about this order" open={open || isWrong} onToggle={setOpen}>
      {(open || isWrong) && fields}
    </Disclosure>
  )
}
