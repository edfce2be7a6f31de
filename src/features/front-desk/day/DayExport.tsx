import { useState } from 'react'
import { dayCsv } from '../../../domain/front-desk/day-csv'
import type { StandingRow } from '../../../domain/front-desk/day-rows'
import { Button, CopyButton, Panel } from '../../../ui'
import { saveFile } from '../../../ui/save-file'
import type { Desk } from '../../work'
import type { ShownGroup } from './DayGroups'
import { DayPaper } from './DayPaper'
import type { DayFilter } from './day-filter'

interface Props {
  readonly desk: Desk
  /** `YYYY-MM-DD` */
  readonly date: string
  /** All that are shown, those that are not asked about too. */
  readonly rows: readonly StandingRow[]
  readonly groups: readonly ShownGroup[]
  readonly filter: DayFilter
}

/** The list to take along: as a table for a spreadsheet, and on paper. What is filtered away is in neither. */
export default function DayExport({ desk, date, rows, groups, filter }: Props) {
  const [saved, setSaved] = useState<string>()
  const save = () => {
    const csv = dayCsv(rows, (at) => -new Date(at).getTimezoneOffset())
    saveFile(desk.ports.clock, `appointments-${date}.csv`, 'text/csv', csv)
    setSaved(csv)
  }
  return (
    <Panel title="Take it along">
      <p className="small soft">
        Every row shown above, with names: keep the file where such lists may be kept.
      </p>
      <div className="cluster">
        <Button onClick={save}>Save as CSV</Button>
        <Button onClick={() => window.print()}>Print</Button>
      </div>
      {saved !== undefined && (
        <div className="cluster">
          <span className="small soft" role="status">
            Saved as appointments-{date}.csv. If no file came:
          </span>
          <CopyButton text={saved} label="Copy it instead" />
        </div>
      )}
      <DayPaper desk={desk} date={date} rows={rows} groups={groups} filter={filter} />
    </Panel>
  )
}
