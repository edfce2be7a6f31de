import { type Checked, counted, type Finding, type FindingState, worstOf } from '../../domain/setup/finding'
import { Disclosure, Panel, StateTag, type Tone } from '../../ui'

const TONES: Readonly<Record<FindingState, Tone>> = { ok: 'yes', warn: 'ask', fail: 'no' }
const WORDS: Readonly<Record<FindingState, string>> = { ok: 'Fine', warn: 'Look at it', fail: 'To mend' }
const ORDER: readonly FindingState[] = ['fail', 'warn']

/** One EHR or payer: what needs somebody comes first, what is fine is folded away. */
export function CheckedServer({
  checked: { kind, name, addresses, findings },
}: {
  readonly checked: Checked
}) {
  const worst = worstOf(findings)
  const fine = findings.filter(({ state }) => state === 'ok')
  return (
    <Panel
      as="article"
      title={`${kind === 'ehr' ? 'EHR' : 'Payer'}: ${name}`}
      aside={<StateTag tone={TONES[worst]}>{WORDS[worst]}</StateTag>}
    >
      <p className="setup-note">{addresses.join(', ')}</p>
      {worst !== 'ok' && (
        <ul className="plain stack">
          {ORDER.flatMap((state) => findings.filter((finding) => finding.state === state)).map((finding) => (
            <li key={`${finding.what} ${finding.words}`}>
              <FindingWords finding={finding} />
            </li>
          ))}
        </ul>
      )}
      {fine.length > 0 && (
        <Disclosure summary={`${counted(fine.length, 'thing')} fine`}>
          <ul className="plain stack">
            {fine.map((finding) => (
              <li key={`${finding.what} ${finding.words}`}>
                <FindingWords finding={finding} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Panel>
  )
}

function FindingWords({ finding: { what, state, words, mend } }: { readonly finding: Finding }) {
  return (
    <div className="setup-finding" data-state={state}>
      <p>
        <strong>{what}</strong> <StateTag tone={TONES[state]}>{WORDS[state]}</StateTag>
      </p>
      <p>{words}</p>
      {mend !== undefined && (
        <p>
          <strong>What to do:</strong> {mend}
        </p>
      )}
    </div>
  )
}
