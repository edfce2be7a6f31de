import { lazy, Suspense } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import type { PrefetchCache } from '../../domain/crd/prefetch-cache'
import type { Party } from '../../domain/crd/scenario'
import { Panel, Skeleton } from '../../ui'
import type { CoverageView } from '../asking/coverage-view'
import type { OrderItem } from '../asking/order-item'
import { AboutChoice } from './AboutChoice'
import type { ChartReason } from './chart-reasons'
import { FIELD_IDS } from './field-ids'
import { type About, describesOrders, type FormValues } from './form-values'
import { OrderFields } from './OrderFields'
import type { OrderError } from './order-errors'
import { PartyField } from './PartyField'
import './question-form.css'
import type { ReasonReading } from './ReasonPicker'

// Both wait for the chart all the same: their own code comes meanwhile.
const ReasonPicker = lazy(() => import('./ReasonPicker'))
const CoveragePicker = lazy(() => import('./CoveragePicker'))
const OrderList = lazy(() => import('./OrderList'))
const AppointmentFields = lazy(() => import('./about/AppointmentFields'))
const VisitFields = lazy(() => import('./about/VisitFields'))
const DispatchFields = lazy(() => import('./about/DispatchFields'))

/** What all parts of the form are given. */
export interface FormProps {
  readonly form: UseFormReturn<FormValues>
  readonly values: FormValues
  /** What is wrong with a field, once asking was tried. */
  readonly errorOf: (fieldId: string) => string | undefined
  /** Reads of the chart, each done once. */
  readonly cache: PrefetchCache
}

interface Props extends Omit<FormProps, 'errorOf'> {
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
  /** The launching practitioner; absent: one has to be entered. */
  readonly user: Party | undefined
  /** The whole form at once: another order, or one that was filled in. */
  readonly onReplace: (values: FormValues) => void
}

const TITLES: Readonly<Record<About, string>> = {
  order: 'If I ordered…',
  appointment: 'If I booked…',
  visit: 'If there was a visit…',
  dispatch: 'If I sent it to…',
}

/** What does not exist yet: an order, an appointment, a visit, or where orders are sent. */
export function QuestionForm(props: Props) {
  const { form, values, cache, errors, user } = props
  const errorOf = (fieldId: string) => errors.find((error) => error.fieldId === fieldId)?.message
  const parts: FormProps = { form, values, errorOf, cache }
  const why = (
    <Suspense fallback={<Skeleton lines={3} label="Opening" />}>
      <Controller
        control={form.control}
        name="reasons"
        render={({ field }) => (
          <ReasonPicker
            reading={props.reasons}
            chosen={props.chosenReasons}
            value={field.value}
            onChange={field.onChange}
            others={values.otherReasons}
            onOthers={(codes) => form.setValue('otherReasons', codes, { shouldDirty: true })}
          />
        )}
      />
    </Suspense>
  )
  const hasOrders = describesOrders(values)
  return (
    <Panel level={1} title={TITLES[values.about]}>
      <AboutChoice field={form.register('about')} />
      <Suspense fallback={<Skeleton lines={6} label="Opening" />}>
        {values.about === 'appointment' && <AppointmentFields {...parts} why={hasOrders ? null : why} />}
        {values.about === 'visit' && <VisitFields {...parts} why={why} />}
        {values.about === 'dispatch' && <DispatchFields {...parts} />}
      </Suspense>
      {hasOrders && (
        <>
          {values.others.length > 0 && (
            <Suspense fallback={<Skeleton lines={2} label="Opening" />}>
              <OrderList values={values} onReplace={props.onReplace} />
            </Suspense>
          )}
          <OrderFields {...props} {...parts} why={why} />
        </>
      )}
      {user === undefined && (
        <PartyField
          form={form}
          name="requester"
          id={FIELD_IDS.requester}
          label="Ordered by"
          hint="The chart did not say which clinician opened this. Choose one from the chart."
          error={errorOf(FIELD_IDS.requester)}
          types={['Practitioner']}
        />
      )}
      <Suspense fallback={<Skeleton lines={2} label="Opening" />}>
        <CoveragePicker
          view={props.coverage}
          value={values.coverageId}
          onChange={(id) => form.setValue('coverageId', id, { shouldDirty: true })}
          orderedBy={user?.display}
        />
      </Suspense>
    </Panel>
  )
}
