import type { ReactNode, Ref } from 'react'
import { Button, Panel } from '../../ui'

interface Props {
  readonly payerName: string
  readonly patientPays: boolean
  readonly onPatientPays: (pays: boolean) => void
  /** This very question is on its way. */
  readonly isAsking: boolean
  readonly onAsk: () => void
  readonly askRef: Ref<HTMLDivElement>
  /** "What will be sent". */
  readonly children: ReactNode
}

/** The one primary action, with what comes before it: whether the payer may know at all, and what it would be told. */
export function AskPanel({
  payerName,
  patientPays,
  onPatientPays,
  isAsking,
  onAsk,
  askRef,
  children,
}: Props) {
  return (
    <Panel>
      <label className="check">
        <input
          id="wi-pays"
          type="checkbox"
          checked={patientPays}
          onChange={(event) => onPatientPays(event.target.checked)}
        />
        Patient pays for this: do not share it with the payer
      </label>
      {!patientPays && children}
      <div className="cluster" ref={askRef}>
        <Button
          variant="primary"
          busy={isAsking}
          onClick={onAsk}
          disabled={patientPays}
          aria-describedby="wi-ask-hint"
        >
          Ask {payerName}
        </Button>
        <span id="wi-ask-hint" className="field-hint">
          {patientPays
            ? `Asking is off: the patient pays, so ${payerName} is told nothing about this.`
            : 'Or press Ctrl and Enter.'}
        </span>
      </div>
    </Panel>
  )
}
