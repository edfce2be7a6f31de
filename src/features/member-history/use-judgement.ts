import { useCallback, useEffect, useState } from 'react'
import type { HistorySnapshot } from '../../domain/pdex/history'
import type { Judgement } from '../../domain/pdex/reconcile'
import { type ChartReading, chartReading, payerRead } from '../../domain/pdex/reconcile-chart'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import type { Problem } from '../../domain/result'
import { useWork } from '../work'

/** What comparing came to. A record without a judgement was not compared. */
export interface Judged {
  readonly judgements: ReadonlyMap<RecordKey, Judgement>
  readonly onlyChart: readonly HistoryRecord[]
  readonly chart: ChartReading
}

/**
 * Compares when both sides have been read. Undefined until then; what was judged before stays until the next is ready. `problem`: why
 * it could not be done; `again` tries anew.
 */
export function useJudgement(
  payerBase: string | undefined,
  payer: HistorySnapshot,
  chart: HistorySnapshot | undefined,
) {
  const { ports } = useWork()
  const [judged, setJudged] = useState<Judged>()
  const [problem, setProblem] = useState<Problem>()
  const [turn, setTurn] = useState(0)
  const { records, running } = payer
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is a new try
  useEffect(() => {
    if (running || chart === undefined || payerBase === undefined) return
    const reading = chartReading(chart)
    const whole = payerRead(payer)
    const abort = new AbortController()
    const compare = async (): Promise<void> => {
      const found = await ports.comparison.compare(
        {
          payerBase,
          payerRecords: records,
          payerReferences: payer.references,
          chartRecords: chart.records,
          chartReferences: chart.references,
          chartRead: reading.read,
        },
        { signal: abort.signal },
      )
      if (abort.signal.aborted) return
      setProblem(found.ok ? undefined : found.problem)
      if (!found.ok) return
      const isKnown = ({ resource }: HistoryRecord): boolean => whole.has(resource.resourceType)
      const onlyChart = found.value.onlyChart.filter(isKnown)
      setJudged({ judgements: found.value.judgements, onlyChart, chart: reading })
    }
    void compare()
    return () => abort.abort()
  }, [payerBase, payer, records, running, chart, ports, turn])
  const again = useCallback((): void => {
    setProblem(undefined)
    setTurn((last) => last + 1)
  }, [])
  return { judged, problem, again }
}
