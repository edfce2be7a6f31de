import type { CodeChoice } from '../../domain/ports'
import { Disclosure, Skeleton } from '../../ui'
import { REASON_SYSTEMS } from '../asking/order-kinds'
import { TypedCodeLater } from '../asking/TypedCodeLater'
import type { ChartReason } from './chart-reasons'

/** The problem list as far as it could be read. */
export type ReasonReading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'read'; readonly reasons: readonly ChartReason[] }

interface Props {
  readonly reading: ReasonReading
  readonly chosen: readonly ChartReason[]
  /** References of the chosen problems. */
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  /** Reasons that stand in no problem list, by code. */
  readonly others: readonly CodeChoice[]
  readonly onOthers: (codes: readonly CodeChoice[]) => void
}

/** Why: problems of the chart to tick, the ticked ones as chips above. Nothing is ticked for the user. */
export default function ReasonPicker({ reading, chosen, value, onChange, others, onOthers }: Props) {
  const without = (reference: string) => value.filter((each) => each !== reference)
  return (
    <fieldset className="wi-why" id="wi-why" tabIndex={-1}>
      <legend>
        Why <span className="soft small">(optional)</span>
      </legend>
      {chosen.length + others.length > 0 && (
        <ul className="plain cluster">
          {chosen.map(({ reference, label }) => (
            <Chosen key={reference} label={label} onRemove={() => onChange(without(reference))} />
          ))}
          {others.map((code) => (
            <Chosen
              key={`${code.system}|${code.code}`}
              label={code.display === code.code ? code.code : `${code.display} (${code.code})`}
              onRemove={() => onOthers(others.filter((each) => each !== code))}
            />
          ))}
        </ul>
      )}
      {reading.kind === 'reading' && <Skeleton lines={1} label="Reading the problem list" />}
      {reading.kind === 'failed' && <p className="wi-warn">The problem list could not be read.</p>}
      {reading.kind === 'read' && reading.reasons.length === 0 && (
        <p className="field-hint">The chart lists no open problem. You can ask without one.</p>
      )}
      {reading.kind === 'read' && reading.reasons.length > 0 && (
        <Disclosure summary={`Choose from the problem list (${reading.reasons.length})`}>
          <ul className="plain wi-problems">
            {reading.reasons.map((reason) => (
              <li key={reason.reference}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={value.includes(reason.reference)}
                    onChange={(event) =>
                      onChange(
                        event.target.checked ? [...value, reason.reference] : without(reason.reference),
                      )
                    }
                  />
                  <span>
                    {reason.label}
                    {reason.reason.coding[0] !== undefined && (
                      <span className="soft small"> {reason.reason.coding[0].code}</span>
                    )}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      <TypedCodeLater
        id="wi-reason"
        summary="Enter another reason by code"
        systems={REASON_SYSTEMS}
        onUse={({ coding }) =>
          onOthers([
            ...others.filter((each) => !coding.some((c) => c.system === each.system && c.code === each.code)),
            ...coding,
          ])
        }
      />
    </fieldset>
  )
}

function Chosen({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <li className="chip">
      {label}
      <button type="button" className="wi-remove" aria-label={`Remove ${label}`} onClick={onRemove}>
        ✕
      </button>
    </li>
  )
}
