import { useMemo } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { type Selection, selectedRecords } from '../../domain/pdex/selection'
import { ActionBar, Button } from '../../ui'
import type { SectionRecords } from './sections'
import type { Judged } from './use-judgement'
import { plural } from './words'

interface Props {
  readonly selection: Selection
  readonly records: readonly HistoryRecord[]
  readonly sections: readonly SectionRecords[]
  /** Undefined until both sides were read. */
  readonly judged: Judged | undefined
  readonly onToggle: (record: HistoryRecord) => void
  readonly onReview: () => void
}

/** How many are selected, also of those that are not on the screen, and the way on (U12). */
export function RecordsBar({ selection, records, sections, judged, onToggle, onReview }: Props) {
  const chosen = useMemo(() => selectedRecords(selection, records).length, [selection, records])
  const chosenHidden = useMemo(() => {
    if (sections.every(({ all, shown }) => shown.length === all)) return 0
    return chosen - sections.reduce((sum, { shown }) => sum + selectedRecords(selection, shown).length, 0)
  }, [selection, sections, chosen])
  const notLoaded = selection.size - chosen
  // Chosen before the chart was compared, or on purpose: what the chart has already would be there twice.
  const same = useMemo(
    () =>
      selectedRecords(selection, records).filter(
        ({ key }) => judged?.judgements.get(key)?.verdict === 'same',
      ),
    [selection, records, judged],
  )
  return (
    <ActionBar
      status={
        <span>
          <strong>
            {chosen} of {records.length} selected
          </strong>
          {chosen === 0 && <span className="soft"> · Select what the chart should keep</span>}
          {chosenHidden > 0 && <span className="soft"> · {chosenHidden} of them hidden by the filter</span>}
          {same.length > 0 && <span className="soft"> · {same.length} of them the same as in the chart</span>}
          {notLoaded > 0 && <span className="soft"> · {notLoaded} more not read yet</span>}
        </span>
      }
    >
      {same.length > 0 && (
        <Button
          onClick={() => {
            for (const record of same) onToggle(record)
          }}
        >
          Leave {same.length === 1 ? 'it' : `these ${same.length}`} out
        </Button>
      )}
      <Button id="mh-review" variant="primary" disabled={chosen === 0} onClick={onReview}>
        {chosen === 0 ? 'Review records' : `Review ${plural(chosen, 'record')}`}
      </Button>
    </ActionBar>
  )
}
