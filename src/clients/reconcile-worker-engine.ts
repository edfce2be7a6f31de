import { reconciler } from '../domain/pdex/reconcile'
import type { ComparedRecord } from '../domain/pdex/reconcile-record'
import type { CompareAnswer, CompareTask } from './reconcile'

/** Judgements in one answer: taking them in is a short task of the main thread. */
const PART = 500

/** Gathers both sides, compares them when told to, and answers in parts. Made for one comparison. */
export function comparing(answer: (message: CompareAnswer) => void): (task: CompareTask) => void {
  const [payer, chart]: [ComparedRecord[], ComparedRecord[]] = [[], []]
  return (task) => {
    if (task.kind !== 'compare') (task.kind === 'payer' ? payer : chart).push(...task.records)
    else {
      const own = reconciler({ payer, chart, chartRead: new Set(task.chartRead) })
      for (let from = 0; from < payer.length; from += PART)
        answer({
          kind: 'judged',
          judgements: payer.slice(from, from + PART).flatMap((record) => {
            const judgement = own.judge(record)
            return judgement === undefined ? [] : [[record.key, judgement] as const]
          }),
        })
      answer({ kind: 'done', onlyChart: own.onlyChart() })
    }
  }
}
