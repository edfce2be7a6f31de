import { type FormEvent, useState } from 'react'
import { personName } from '../../domain/fhir/person'
import type { Agreement, Sensitivity } from '../../domain/pdex/member-match'
import { Button, ErrorSummary, Field, type FieldError, Notice } from '../../ui'
import { useWork } from '../work'
import { PayerWords } from './MatchAnswer'
import type { MemberAsk } from './member-state'

interface Props {
  readonly ask: MemberAsk
  readonly detail?: string | undefined
  /** The agreement that was sent and could not be honoured: it stands in the form, to be changed by the user alone. */
  readonly refused?: Agreement | undefined
  readonly onAsk: (ask: MemberAsk) => void
}

const DAY_MS = 86_400_000

const isoDay = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10)

/** The two policies of the HRex Consent, in words. */
const sensitivities: readonly { readonly value: Sensitivity; readonly label: string }[] = [
  { value: 'regular', label: 'Records without special protection' },
  {
    value: 'sensitive',
    label: 'All records, also those under special protection, such as mental health or substance use',
  },
]

/** The payer wants the patient's agreement stated. Nothing is ticked or assumed: the clinician says it (HRex Consent). */
export function ConsentForm({ ask, detail, refused, onAsk }: Props) {
  const { chart, session, ports } = useWork()
  const { payer } = ask.connection
  const patient = personName(chart.patient)
  const today = isoDay(ports.clock.now())
  const [agreed, setAgreed] = useState(false)
  const [confirmedBy, setConfirmedBy] = useState(
    refused?.confirmedBy ?? (chart.user ? personName(chart.user) : ''),
  )
  const [recipient, setRecipient] = useState(refused?.recipient ?? session.ehrName)
  const [end, setEnd] = useState(refused?.end ?? isoDay(ports.clock.now() + 365 * DAY_MS))
  const [sensitivity, setSensitivity] = useState<Sensitivity>(refused?.sensitivity ?? 'regular')
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const message = (fieldId: string): string | undefined => errors.find((e) => e.fieldId === fieldId)?.message

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const found: FieldError[] = []
    if (!agreed)
      found.push({ fieldId: 'mh-agreed', message: `Confirm that ${patient} has agreed, or do not ask.` })
    if (confirmedBy.trim() === '')
      found.push({ fieldId: 'mh-confirmed-by', message: 'Enter who confirms it.' })
    if (recipient.trim() === '')
      found.push({ fieldId: 'mh-recipient', message: 'Enter who will receive the records.' })
    if (end < today) found.push({ fieldId: 'mh-until', message: 'Enter a last day that is not in the past.' })
    setErrors(found)
    if (found.length > 0) return
    onAsk({
      ...ask,
      agreement: {
        confirmedBy: confirmedBy.trim(),
        recipient: recipient.trim(),
        start: today,
        end,
        id: ports.newId(),
        sensitivity,
      },
    })
  }

  return (
    <Notice
      tone="ask"
      title={
        refused === undefined
          ? `${payer.name} needs the patient's agreement before it shares records.`
          : `${payer.name} cannot share records on the agreement as it was stated.`
      }
    >
      {refused !== undefined && (
        <p>
          No record was read. The app changes nothing in the agreement by itself. Ask the patient; where they
          agree to something else, state that below.
        </p>
      )}
      {detail !== undefined && <PayerWords name={payer.name} words={detail} />}
      <ErrorSummary errors={errors} />
      <form className="stack" onSubmit={submit} noValidate>
        <label className="check">
          <input
            id="mh-agreed"
            type="checkbox"
            checked={agreed}
            aria-invalid={message('mh-agreed') !== undefined || undefined}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
          <span>
            {patient} has agreed that {payer.name} shares their records with the organization named below.
          </span>
        </label>
        <fieldset>
          <legend>What {payer.name} may share</legend>
          {sensitivities.map(({ value, label }) => (
            <label key={value} className="check">
              <input
                type="radio"
                name="mh-sensitivity"
                checked={sensitivity === value}
                onChange={() => setSensitivity(value)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <div className="pair">
          <Field id="mh-confirmed-by" label="Confirmed by" error={message('mh-confirmed-by')}>
            {(control) => (
              <input
                {...control}
                value={confirmedBy}
                onChange={(event) => setConfirmedBy(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field
            id="mh-recipient"
            label="Organization that receives the records"
            error={message('mh-recipient')}
          >
            {(control) => (
              <input
                {...control}
                value={recipient}
                onChange={(event) => setRecipient(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field id="mh-until" label="Last day of the agreement" error={message('mh-until')}>
            {(control) => (
              <input
                {...control}
                type="date"
                value={end}
                min={today}
                onChange={(event) => setEnd(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
        <div className="cluster">
          <Button type="submit" variant="primary">
            Confirm and find at {payer.name}
          </Button>
        </div>
      </form>
    </Notice>
  )
}
