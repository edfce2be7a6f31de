import { useId, useState } from 'react'
import { type HookConfiguration, type Setting, settingValue } from '../../../domain/crd/configuration'
import { payerText } from '../../../domain/crd/payer-text'
import { Field } from '../../../ui'

interface Props {
  readonly setting: Setting
  readonly chosen: HookConfiguration
  readonly payerName: string
  /** Undefined: as the payer has it. */
  readonly onChange: (value: boolean | number | undefined) => void
}

/** One option: a switch or a whole number, in the payer's own words. */
export function OptionField(props: Props) {
  return props.setting.kind === 'boolean' ? <Switch {...props} /> : <WholeNumber {...props} />
}

const nameOf = ({ name, code }: Setting): string => payerText(name, 120) ?? payerText(code, 60) ?? 'Option'
const aboutOf = ({ description }: Setting): string | undefined => payerText(description, 500)

function Switch({ setting, chosen, payerName, onChange }: Props) {
  const id = useId()
  const value = settingValue(setting, chosen)
  const hints = [aboutOf(setting), switchHint(setting, value, payerName)].filter((hint) => hint !== undefined)
  return (
    <div className="ps-option">
      <label className="check">
        <input
          type="checkbox"
          checked={value === true}
          disabled={setting.isForced}
          ref={(box) => {
            // Neither on nor off: the payer does not say.
            if (box !== null) box.indeterminate = value === undefined
          }}
          aria-describedby={hints.length === 0 ? undefined : id}
          onChange={(event) => onChange(event.target.checked)}
        />
        {nameOf(setting)}
      </label>
      {hints.length > 0 && (
        <p className="field-hint" id={id}>
          {hints.join(' ')}
        </p>
      )}
    </div>
  )
}

function switchHint(
  setting: Setting,
  value: boolean | number | undefined,
  payerName: string,
): string | undefined {
  // CRD found-35
  if (setting.isForced)
    return 'Always off in what-if: a question that is not an order must not lead to a decision on authorization.'
  return value === undefined ? `${payerName} does not say whether it does this by itself.` : undefined
}

function WholeNumber({ setting, chosen, payerName, onChange }: Props) {
  const id = useId()
  const value = Object.hasOwn(chosen, setting.code) ? chosen[setting.code] : undefined
  /** Typed and not taken. */
  const [refused, setRefused] = useState<string>()
  const type = (text: string): void => {
    const trimmed = text.trim()
    const isTaken = trimmed === '' || /^-?\d{1,9}$/.test(trimmed)
    setRefused(isTaken ? undefined : text)
    if (isTaken) onChange(trimmed === '' ? undefined : Number(trimmed))
  }
  const hint = [
    aboutOf(setting),
    setting.isForced
      ? 'Cannot be changed in what-if.'
      : setting.fallback === undefined
        ? `Leave it empty to let ${payerName} decide.`
        : `Leave it empty for ${setting.fallback}, as ${payerName} has it.`,
  ]
  return (
    <Field
      id={id}
      label={nameOf(setting)}
      hint={hint.filter((part) => part !== undefined).join(' ')}
      error={refused === undefined ? undefined : 'Enter a whole number, such as 5. The last one still holds.'}
    >
      {(control) => (
        <input
          {...control}
          className="ps-number"
          inputMode="numeric"
          autoComplete="off"
          disabled={setting.isForced}
          value={refused ?? (typeof value === 'number' ? String(value) : '')}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  )
}
