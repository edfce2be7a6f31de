import type { HistorySnapshot, HistoryType, TypeState } from '../../domain/pdex/history'
import { Button, Notice, Panel, ProblemNotice } from '../../ui'
import { useWork } from '../work'
import { PayerWords } from './MatchAnswer'
import { ReadKinds } from './ReadKinds'
import { readPeriodWords, typeNames } from './reading-words'
import { plural } from './words'

interface Props {
  readonly snapshot: HistorySnapshot
  readonly payerName: string
  readonly phone: string | undefined
  readonly onStop: () => void
  readonly onContinue: () => void
  /** Asks too for what was left out. */
  readonly onWiden: () => void
}

const listed = (types: readonly HistoryType[]): string =>
  types.map((type) => typeNames[type].toLowerCase()).join(', ')

const canGoOn = (state: TypeState): boolean =>
  state.kind === 'stopped' || state.kind === 'failed' || state.kind === 'waiting'

/** How far reading is, type by type; what could not be had, and why (U11, U14). */
export function ReadingPanel({ snapshot, payerName, phone, onStop, onContinue, onWiden }: Props) {
  const { site } = useWork()
  const { running, types } = snapshot
  const offered = types.filter(({ state }) => state.kind !== 'not-offered' && state.kind !== 'skipped')
  const refused = types.filter(({ state }) => state.kind === 'not-offered')
  const open = types.filter(({ state }) => canGoOn(state))
  const failed = types.flatMap(({ type, state }) => (state.kind === 'failed' ? [{ type, state }] : []))
  const first = failed[0]
  return (
    <Panel
      title={running ? `Reading from ${payerName}` : `Read from ${payerName}`}
      aside={
        running
          ? types.length > 0 && <Button onClick={onStop}>Stop reading</Button>
          : open.length > 0 && failed.length === 0 && <Button onClick={onContinue}>Continue reading</Button>
      }
    >
      <ReadKinds types={offered} running={running} />
      {refused.length > 0 && (
        <p className="soft small">
          Not offered by {payerName}: {listed(refused.map(({ type }) => type))}.
        </p>
      )}
      <LeftOut snapshot={snapshot} payerName={payerName} onWiden={onWiden} />
      {first !== undefined && !running && (
        <ProblemNotice
          problem={first.state.problem}
          notDone={`Not all of it was read: ${listed(failed.map(({ type }) => type))}. What was read stays below.`}
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
      <Oddities snapshot={snapshot} payerName={payerName} />
    </Panel>
  )
}

/** What the user did not want read, and a way to read it after all. */
function LeftOut({ snapshot, payerName, onWiden }: Pick<Props, 'snapshot' | 'payerName' | 'onWiden'>) {
  const { types, period, running } = snapshot
  const skipped = types.filter(({ state }) => state.kind === 'skipped')
  const limited = types.filter((t) => t.limited !== undefined)
  const whole = types.filter((t) => t.state.kind === 'done' && t.limited === undefined)
  if (skipped.length === 0 && limited.length === 0) return null
  return (
    <div className="stack mh-left-out">
      {skipped.length > 0 && (
        <p className="small">Not asked for: {listed(skipped.map(({ type }) => type))}.</p>
      )}
      {period !== undefined && limited.length > 0 && (
        <p className="small">
          Of {listed(limited.map(({ type }) => type))}, only {readPeriodWords(period)} was asked for. What has
          no such date may be missing.
          {whole.length > 0 &&
            ` ${payerName} cannot narrow by date, so all was asked for: ${listed(whole.map(({ type }) => type))}.`}
        </p>
      )}
      {!running && (
        <div>
          <Button onClick={onWiden}>Ask for the rest too</Button>
        </div>
      )}
    </div>
  )
}

/** What came and is not in the list: told, never dropped in silence. */
function Oddities({
  snapshot,
  payerName,
}: {
  readonly snapshot: HistorySnapshot
  readonly payerName: string
}) {
  const { unreadable, setAside, duplicates, types } = snapshot
  const ignored = types.filter((t) => t.ignored !== undefined).map(({ type }) => type)
  const narrowed = types.filter((t) => t.narrowed !== undefined).map(({ type }) => type)
  const parts = [
    unreadable > 0 && `${plural(unreadable, 'record')} could not be read.`,
    setAside > 0 &&
      `${plural(setAside, 'record')} about somebody else or nobody ${setAside === 1 ? 'is' : 'are'} left out.`,
    duplicates > 0 &&
      `${plural(duplicates, 'record')} came more than once and ${duplicates === 1 ? 'is' : 'are'} shown once.`,
    ignored.length > 0 &&
      `${payerName} did not use the whole question for ${listed(ignored)}. Each record was checked to be about this member.`,
    narrowed.length > 0 &&
      `${payerName} answers only by category for ${listed(narrowed)}. Records without a usual category may be missing.`,
  ].filter(Boolean)
  return parts.length === 0 ? null : <p className="small">{parts.join(' ')}</p>
}
