import { useMemo } from 'react'
import { chartDocument } from '../../domain/pdex/chart-document'
import type { RecordKey } from '../../domain/pdex/record'
import type { Download } from '../../domain/pdex/write'
import type { WritePlan } from '../../domain/pdex/write-plan'
import { Panel } from '../../ui'
import { TakeAway } from './TakeAway'

interface Props {
  readonly title: string
  readonly plan: WritePlan
  readonly keys: readonly RecordKey[]
  /** The files, where they were made already. */
  readonly download?: Download
  /** Saving is the one next step. */
  readonly first: boolean
  readonly onTaken: () => void
}

/** Records that did not get into the chart, to be taken along: none of what was chosen is lost. */
export function SavePanel({ title, plan, keys, download, first, onTaken }: Props) {
  const content = useMemo(() => {
    const wanted = new Set(keys)
    const records = plan.records.map(({ record }) => record).filter((record) => wanted.has(record.key))
    return chartDocument(records, plan.context)
  }, [plan, keys])
  return (
    <Panel title={title} tone="ask">
      <p>
        These records are only in this window. Save or print them and file them the way your organization
        files outside records.
      </p>
      <TakeAway
        what="outside-records"
        document={content}
        bundle={download?.bundle}
        pdf={download?.pdf}
        first={first}
        onTaken={onTaken}
      />
    </Panel>
  )
}
