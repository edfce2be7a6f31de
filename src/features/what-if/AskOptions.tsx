import type { UseFormReturn } from 'react-hook-form'
import type { HookName } from '../../domain/crd/hooks'
import type { Payer } from '../../domain/payer-directory'
import type { About, FormValues } from './form-values'
import { SettingsDisclosure } from './settings/SettingsDisclosure'

interface Props {
  readonly form: UseFormReturn<FormValues>
  readonly values: FormValues
  readonly payerName: string
  readonly payer: Payer | undefined
  readonly onSettings: () => void
}

/** How a question is asked: without who the patient is, while it is typed, and what the payer may answer with. */
export default function AskOptions({ form, values, payerName, payer, onSettings }: Props) {
  const isAlways = payer?.deIdentified === true
  return (
    <div className="stack">
      <label className="check">
        <input
          type="checkbox"
          {...form.register('deIdentified')}
          {...(isAlways && { checked: true, disabled: true })}
        />
        <span>
          Without who the patient is
          <span className="field-hint">
            {isAlways
              ? ` (${payerName} is always asked so here)`
              : ' (de-identified: the payer can then say only what holds for anybody with this plan)'}
          </span>
        </span>
      </label>
      {values.about === 'order' && (
        <label className="check">
          <input type="checkbox" {...form.register('checkAsTyped')} />
          <span>
            Check as I type
            <span className="field-hint">
              {' '}
              (asks {payerName} at each change of this order, until switched off)
            </span>
          </span>
        </label>
      )}
      {payer !== undefined && (
        <SettingsDisclosure payer={payer} hook={hookOf(values)} onChanged={onSettings} />
      )}
    </div>
  )
}

const HOOKS: Readonly<Record<Exclude<About, 'visit'>, HookName>> = {
  order: 'order-sign',
  appointment: 'appointment-book',
  dispatch: 'order-dispatch',
}

const hookOf = ({ about, visit }: FormValues): HookName =>
  about !== 'visit' ? HOOKS[about] : visit.moment === 'start' ? 'encounter-start' : 'encounter-discharge'
