import { useEffect, useRef } from 'react'
import { birthDate, fullName } from '../../domain/fhir/person'
import type { FhirJson } from '../../domain/json'
import type { MatchOutcome } from '../../domain/pdex/member-match'
import { never } from '../../domain/result'
import { Diff, Facts, formatDate, Notice, ProblemNotice, StateTag } from '../../ui'
import { useWork } from '../work'
import { ConsentForm } from './ConsentForm'
import type { MemberAsk } from './member-state'

interface Props {
  readonly ask: MemberAsk
  readonly outcome: MatchOutcome
  readonly onAsk: (ask: MemberAsk) => void
}

/** What the payer said of the member, in words, with the next step (U10). Takes focus when it comes up (U17). */
export function MatchAnswer({ ask, outcome, onAsk }: Props) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer takes focus, also when it reads alike
  useEffect(() => box.current?.focus(), [outcome])
  return (
    <div ref={box} tabIndex={-1} className="mh-answer">
      <Answer ask={ask} outcome={outcome} onAsk={onAsk} />
    </div>
  )
}

function Answer({ ask, outcome, onAsk }: Props) {
  const { site } = useWork()
  const { payer } = ask.connection
  const call =
    payer.phone === undefined ? null : (
      <p>
        Or call {payer.name}: {payer.phone}.
      </p>
    )
  const nothingRead = `No record was read from ${payer.name}.`
  switch (outcome.kind) {
    case 'found':
      return <Found outcome={outcome} />
    case 'mismatch':
      return (
        <Notice tone="no" title={`${payer.name}'s member is not the same person as in this chart.`}>
          <p>
            {nothingRead} Check that the member id belongs to this patient, correct it above and find again.
          </p>
          <Diff
            beforeName="This chart"
            afterName={payer.name}
            rows={outcome.differences.map((d) => ({ label: d.field, before: d.chart, after: d.payer }))}
          />
          {call}
        </Notice>
      )
    case 'none':
      return (
        <Notice tone="ask" title={`${payer.name} found no member for this patient.`}>
          <p>
            {nothingRead} Check the member id against the card, correct it above or choose another coverage.
          </p>
          {call}
        </Notice>
      )
    case 'several':
      return (
        <Notice tone="ask" title={`${payer.name} found more than one member that could be this patient.`}>
          <p>{nothingRead} Type the member id from the card above and find again.</p>
          {call}
        </Notice>
      )
    case 'not-allowed':
      return (
        <Notice tone="ask" title={`${payer.name} is not allowed to share this member's records.`}>
          <p>
            {nothingRead} Ask the patient; they can change what {payer.name} may share.
          </p>
          {outcome.detail !== undefined && <PayerWords name={payer.name} words={outcome.detail} />}
          {call}
        </Notice>
      )
    case 'consent-needed':
      return <ConsentForm ask={ask} detail={outcome.detail} onAsk={onAsk} />
    case 'consent-refused':
      return (
        <>
          <ConsentForm ask={ask} detail={outcome.detail} refused={ask.agreement} onAsk={onAsk} />
          {call}
        </>
      )
    case 'no-link':
      return (
        <Notice tone="ask" title={`${payer.name}'s answer does not lead to records of this member.`}>
          <p>{nothingRead} Check the member id, then find the member with the button above.</p>
          {outcome.detail !== undefined && <PayerWords name={payer.name} words={outcome.detail} />}
          {call}
        </Notice>
      )
    case 'failed':
      return (
        <ProblemNotice
          problem={outcome.problem}
          notDone={nothingRead}
          phone={payer.phone}
          {...(ask.byVisit === undefined && { onRetry: () => onAsk(ask) })}
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )
    default:
      return never(outcome)
  }
}

function Found({ outcome }: { readonly outcome: Extract<MatchOutcome, { kind: 'found' }> }) {
  const { chart } = useWork()
  const { member } = outcome
  return (
    <Notice tone="info" title={`${member.payer.name} found one member: ${fullName(member.patient)}`}>
      <Facts
        items={[
          { term: 'Name', value: fullName(member.patient) },
          { term: 'Born', value: formatDate(birthDate(member.patient)) },
          { term: 'Member id', value: member.identifier?.value ?? 'Not stated' },
        ]}
      />
      <p>
        <StateTag tone="mute">{agreement(chart.patient, member.patient)}</StateTag>
      </p>
    </Notice>
  )
}

/** What was compared: gender only where both state one. */
const agreement = (chart: FhirJson, payer: FhirJson): string =>
  ['male', 'female'].includes(String(chart.gender)) && chart.gender === payer.gender
    ? 'Family name, birth date and gender agree with the chart'
    : 'Family name and birth date agree with the chart'

export function PayerWords({ name, words }: { readonly name: string; readonly words: string }) {
  return (
    <figure className="quote">
      <figcaption className="soft small">{name} says</figcaption>
      <blockquote className="mh-quoted">{words}</blockquote>
    </figure>
  )
}
