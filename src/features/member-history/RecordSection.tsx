import { memo, useMemo } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { groupState, type Selection, selectableCount } from '../../domain/pdex/selection'
import { Panel } from '../../ui'
import { ChartOnly } from './ChartOnly'
import { TriBox } from './TriBox'
import { useFollowedRow } from './use-followed-row'
import type { Judged } from './use-judgement'
import { VerdictGroup } from './VerdictGroup'
import { verdictGroups, withoutSame } from './verdict-groups'

interface Props {
  readonly name: string
  readonly payerName: string
  /** Those that pass the filter. */
  readonly records: readonly HistoryRecord[]
  readonly total: number
  /** Of this section, in the chart alone. */
  readonly chartOnly: readonly HistoryRecord[]
  /** Undefined until both sides were read. */
  readonly judged: Judged | undefined
  /** Said where there is no row. */
  readonly empty: string
  readonly selection: Selection
  readonly onToggle: (record: HistoryRecord) => void
  readonly onToggleGroup: (records: readonly HistoryRecord[]) => void
}

/** One clinical section: different from the chart, only at the payer, the same, only in the chart (U11). */
export const RecordSection = memo(function RecordSection(props: Props) {
  const { name, records, total, chartOnly, judged, empty, selection } = props
  const groups = useMemo(() => verdictGroups(records, judged), [records, judged])
  const { at, onRow } = useFollowedRow(groups)
  // What the chart has already is never taken along with the rest.
  const fresh = useMemo(() => withoutSame(groups), [groups])
  const chosen = records.filter((record) => selection.has(record.key)).length
  return (
    <div className="mh-section">
      <Panel
        title={name}
        aside={
          <span className="soft small">
            {records.length === total ? total : `${records.length} of ${total} shown`}
            {chosen > 0 && ` · ${chosen} selected`}
          </span>
        }
      >
        {records.length === 0 && <p className="mh-empty soft">{empty}</p>}
        {selectableCount(fresh) > 0 && (
          <SectionChoice {...props} fresh={fresh} same={records.length - fresh.length} />
        )}
        {groups.map((group) => (
          <VerdictGroup
            key={group.kind}
            group={group}
            name={name}
            payerName={props.payerName}
            isLone={groups.length === 1}
            judged={judged}
            selection={selection}
            at={at}
            onRow={onRow}
            onToggle={props.onToggle}
            onToggleGroup={props.onToggleGroup}
          />
        ))}
        {chartOnly.length > 0 && <ChartOnly name={name} records={chartOnly} />}
      </Panel>
    </div>
  )
})

interface ChoiceProps extends Props {
  readonly fresh: readonly HistoryRecord[]
  /** How many the chart has already. */
  readonly same: number
}

/** Tri-state over all records that pass the filter and are not in the chart, also those further down (U12). */
function SectionChoice({ name, fresh, same, selection, onToggleGroup }: ChoiceProps) {
  const count = selectableCount(fresh)
  const held = fresh.length - count
  const left = [
    held > 0 && `${held} with a warning ${held === 1 ? 'is' : 'are'} left out`,
    same > 0 && `${same} the same as in the chart ${same === 1 ? 'is' : 'are'} left out`,
  ].filter(Boolean)
  return (
    <div className="mh-group">
      <TriBox state={groupState(selection, fresh)} onToggle={() => onToggleGroup(fresh)}>
        Select all {count} <span className="visually-hidden">of {name}</span>
        {left.length > 0 && <span className="soft">({left.join('; ')})</span>}
      </TriBox>
      {selection.size > 0 && (
        // By keyboard the bar at the foot lies behind every row.
        <button
          type="button"
          className="button mh-skip"
          data-variant="quiet"
          onClick={() => document.getElementById('mh-review')?.focus()}
        >
          Skip to review
        </button>
      )}
    </div>
  )
}
