import type { Verdict } from '../../domain/pdex/reconcile'
import type { HistoryRecord } from '../../domain/pdex/record'
import type { Judged } from './use-judgement'

/** `unjudged`: not compared (yet). */
export type GroupKind = Verdict | 'unjudged'

export interface VerdictRecords {
  readonly kind: GroupKind
  readonly records: readonly HistoryRecord[]
}

/** In the order that they are to be looked at (U11). */
const ORDER: readonly GroupKind[] = ['different', 'only-payer', 'unjudged', 'same']

/** The groups of one section that have a record, in the order of the list. */
export function verdictGroups(
  records: readonly HistoryRecord[],
  judged: Judged | undefined,
): readonly VerdictRecords[] {
  const held = new Map<GroupKind, HistoryRecord[]>()
  for (const record of records) {
    const kind = judged?.judgements.get(record.key)?.verdict ?? 'unjudged'
    const known = held.get(kind)
    if (known) known.push(record)
    else held.set(kind, [record])
  }
  return ORDER.flatMap((kind) => {
    const own = held.get(kind)
    return own === undefined ? [] : [{ kind, records: own }]
  })
}

export const groupTitles: Readonly<Record<GroupKind, string>> = {
  different: 'Different from chart',
  'only-payer': 'Only at payer',
  unjudged: 'Not compared',
  same: 'Same in chart',
}

export const withoutSame = (groups: readonly VerdictRecords[]): readonly HistoryRecord[] =>
  groups.filter(({ kind }) => kind !== 'same').flatMap(({ records }) => records)
