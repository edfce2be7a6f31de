import { lazy, type ReactNode, type Ref, Suspense, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { Payer } from '../../domain/payer-directory'
import { Button, Disclosure, Panel, Skeleton } from '../../ui'
import type { FormValues } from './form-values'

const AskOptions = lazy(() => import('./AskOptions'))

interface Props {
  readonly form: UseFormReturn<FormValues>
  readonly values: FormValues
  readonly payerName: string
  /** Whom the likely primary coverage leads to; absent where nobody can be asked. */
  readonly payer: Payer | undefined
  /** The payers of the other active coverages. */
  readonly otherPayers: readonly Payer[]
  readonly asksOthers: boolean
  /** Nothing that the payer may know of is left to ask about. */
  readonly isOff: boolean
  /** This very question is on its way. */
  readonly isAsking: boolean
  readonly onAsk: () => void
  /** Alternatives side by side; absent where there is nothing to compare yet. */
  readonly onCompare: (() => void) | undefined
  readonly onSettings: () => void
  readonly askRef: Ref<HTMLDivElement>
  /** "What will be sent". */
  readonly children: ReactNode
}

/** The one primary action, with what comes before it: whether the payer may know at all, who is asked, and what they would be told. */
export function AskPanel(props: Props) {
  const { form, values, payerName, otherPayers, asksOthers, isOff, isAsking, onAsk, children } = props
  const [open, setOpen] = useState(false)
  const names = [payerName, ...(asksOthers ? otherPayers.map((payer) => payer.name) : [])]
  const several = values.others.length > 0
  return (
    <Panel>
      <label className="check">
        <input id="wi-pays" type="checkbox" {...form.register('patientPays')} />
        {several
          ? 'Patient pays for the order described above: do not share it'
          : 'Patient pays for this: do not share it with the payer'}
      </label>
      {!isOff && otherPayers.length > 0 && (
        <label className="check">
          <input type="checkbox" {...form.register('askOthers')} />
          <span>
            Ask {otherPayers.map((payer) => payer.name).join(' and ')} too
            <span className="field-hint"> (likely secondary: asked for all but coverage)</span>
          </span>
        </label>
      )}
      {!isOff && (
        <>
          {values.deIdentified && (
            <p className="field-hint">De-identified: sent without who the patient is.</p>
          )}
          {values.checkAsTyped && (
            <p className="field-hint">Check as you type is on: {payerName} is asked at each change.</p>
          )}
          <Disclosure summary="How it is asked" open={open} onToggle={setOpen}>
            {open && (
              <Suspense fallback={<Skeleton lines={3} label="Opening" />}>
                <AskOptions {...props} />
              </Suspense>
            )}
          </Disclosure>
          {children}
        </>
      )}
      <div className="cluster" ref={props.askRef}>
        <Button
          variant="primary"
          busy={isAsking}
          onClick={onAsk}
          disabled={isOff}
          aria-describedby="wi-ask-hint"
        >
          Ask {names.join(' and ')}
        </Button>
        {props.onCompare !== undefined && !isOff && <Button onClick={props.onCompare}>Compare</Button>}
        <span id="wi-ask-hint" className="field-hint">
          {isOff
            ? `Asking is off: the patient pays, so ${payerName} is told nothing about this.`
            : 'Or press Ctrl and Enter.'}
        </span>
      </div>
    </Panel>
  )
}
