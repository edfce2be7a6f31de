import { conceptLine } from '../../asking/order-item'
import { kindOfOrder } from '../../asking/order-kinds'
import { TypedCodeLater } from '../../asking/TypedCodeLater'
import { FIELD_IDS } from '../field-ids'
import type { FormProps } from '../QuestionForm'

/** Likely billing codes, where the clinic knows them (CRD billopt-1): they save the payer a guess. */
export function BillingCodes({ form, values, errorOf }: FormProps) {
  const { billing } = values.details
  const keep = (codes: typeof billing) => form.setValue('details.billing', codes, { shouldDirty: true })
  const error = errorOf(FIELD_IDS.billing)
  return (
    <fieldset className="wi-why" id={FIELD_IDS.billing} tabIndex={-1}>
      <legend>
        Billing codes <span className="soft small">(optional)</span>
      </legend>
      {error !== undefined && <p className="field-error">{error}</p>}
      {billing.length > 0 && (
        <ul className="plain cluster">
          {billing.map((code) => {
            const line = conceptLine({ label: '', coding: [code], source: 'typed' })
            return (
              <li key={line} className="chip">
                {line}
                <button
                  type="button"
                  className="wi-remove"
                  aria-label={`Remove ${line}`}
                  onClick={() => keep(billing.filter((each) => each !== code))}
                >
                  ✕
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <TypedCodeLater
        id="wi-billed"
        summary="Enter a billing code"
        systems={kindOfOrder(values.kind).systems}
        onUse={({ coding }) => keep([...billing, ...coding])}
      />
    </fieldset>
  )
}
