import { useEffect, useState } from 'react'
import type { HistorySnapshot } from '../../domain/pdex/history'
import { type Judgement, reconciler } from '../../domain/pdex/reconcile'
import { type ChartReading, chartReading, payerRead } from '../../domain/pdex/reconcile-chart'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import { useWork } from '../work'

/** What comparing came to. A record without a judgement was not compared. */
export interface Judged {
  readonly judgements: ReadonlyMap<RecordKey, Judgement>
  readonly onlyChart: readonly HistoryRecord[]
  readonly chart: ChartReading
}

/** Records judged in one go, so that the page stays quick: some 5 ms. */
const PART = 150

/**
 * Compares when both sides have been read, in parts between which the browser may draw. Undefined until then; what was judged
 * before stays until the next is ready.
 */
export function useJudgement(
  payerBase: string | undefined,
  payer: HistorySnapshot,
  chart: HistorySnapshot | undefined,
): Judged | undefined {
  const { ports } = useWork()
  const [judged, setJudged] = useState<Judged>()
  const { records, running } = payer
  useEffect(() => {
    if (running || chart === undefined || payerBase === undefined) return
    const reading = chartReading(chart)
    const whole = payerRead(payer)
    const own = reconciler({
      payerBase,
      payerRecords: records,
      payerReferences: payer.references,
      chartRecords: chart.records,
      chartReferences: chart.references,
      chartRead: reading.read,
    })
    const judgements = new Map<RecordKey, Judgement>()
    let next = 0
    let cancel = (): void => {}
    const part = (): void => {
      for (const record of records.slice(next, next + PART)) {
        const judgement = own.judge(record)
        if (judgement) judgements.set(record.key, judgement)
      }
      next += PART
      if (next < records.length) {
        cancel = ports.clock.after(0, part)
        return
      }
      const isKnown = ({ resource }: HistoryRecord): boolean => whole.has(resource.resourceType)
      setJudged({ judgements, onlyChart: own.onlyChart().filter(isKnown), chart: reading })
    }
    cancel = ports.clock.after(0, part)
    return () => cancel()
  }, [payerBase, payer, records, running, chart, ports])
  return judged
}
