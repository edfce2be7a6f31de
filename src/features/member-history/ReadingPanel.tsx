import type { HistorySnapshot, TypeState } from '../../domain/pdex/history'
import { Button, Notice, Panel, ProblemNotice, StateTag } from '../../ui'
import { useWork } from '../work'
import { PayerWords } from './MatchAnswer'
import { plural, stateWords, typeNames } from './words'

interface Props {
  readonly snapshot: HistorySnapshot
  readonly payerName: string
  readonly phone: string | undefined
  readonly onStop: () => void
  readonly onContinue: () => void
}

const canGoOn = (state: TypeState): boolean =>
  state.kind === 'stopped' || state.kind === 'failed' || state.kind === 'waiting'

/** How far reading is, type by type; what could not be had, and why (U11, U14). */
export function ReadingPanel({ snapshot, payerName, phone, onStop, onContinue }: Props) {
  const { site } = useWork()
  const { running, types } = snapshot
  const open = types.filter(({ state }) => canGoOn(state))
  const failed = types.flatMap(({ type, state }) => (state.kind === 'failed' ? [{ type, state }] : []))
  const first = failed[0]
  return (
    <Panel
      title={running ? `Reading from ${payerName}` : `Read from ${payerName}`}
      aside={
        running ? (
          <Button onClick={onStop}>Stop reading</Button>
        ) : (
          open.length > 0 && failed.length === 0 && <Button onClick={onContinue}>Continue reading</Button>
        )
      }
    >
      <ul className="mh-reading">
        {types.map((progress) => {
          const { tone, words } = stateWords(progress)
          return (
            <li key={progress.type}>
              <span>{typeNames[progress.type]}</span> <StateTag tone={tone}>{words}</StateTag>
            </li>
          )
        })}
      </ul>
      {first !== undefined && !running && (
        <ProblemNotice
          problem={first.state.problem}
          notDone={`Not all of it was read: ${failed.map(({ type }) => typeNames[type].toLowerCase()).join(', ')}. What was read stays below.`}
          phone={phone}
          onRetry={onContinue}
          retryLabel="Continue reading"
          technicalDetails={site.policy.technicalDetails}
        />
      )}
      {snapshot.warnings.length > 0 && (
        <Notice tone="ask" title={`${payerName} says that this is only a part.`}>
          {snapshot.warnings.map((warning) => (
            <PayerWords key={warning} name={payerName} words={warning} />
          ))}
        </Notice>
      )}
      <Oddities snapshot={snapshot} />
    </Panel>
  )
}

/** What came and is not in the list: told, never dropped in silence. */
function Oddities({ snapshot }: { readonly snapshot: HistorySnapshot }) {
  const { unreadable, setAside, duplicates } = snapshot
  const parts = [
    unreadable > 0 && `${plural(unreadable, 'record')} could not be read.`,
    setAside > 0 &&
      `${plural(setAside, 'record')} about somebody else or nobody ${setAside === 1 ? 'is' : 'are'} left out.`,
    duplicates > 0 &&
      `${plural(duplicates, 'record')} came more than once and ${duplicates === 1 ? 'is' : 'are'} shown once.`,
  ].filter(Boolean)
  return parts.length === 0 ? null : <p className="small">{parts.join(' ')}</p>
}
