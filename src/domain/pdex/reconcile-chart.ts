import type { HistorySnapshot, TypeState } from './history'
import { COMPARE_TYPES, type CompareType, comparedWith } from './reconcile-types'

/** What the chart's side came to: types read to their end, and those that were not, with why. */
export interface ChartReading {
  readonly read: ReadonlySet<CompareType>
  readonly unread: readonly { readonly type: CompareType; readonly state: TypeState }[]
}

/** Kinds of which a chart that has none of its own tells as much as an empty one, where its prescriptions were read. */
const OPTIONAL: readonly CompareType[] = ['MedicationStatement', 'MedicationDispense']

/** Which types can be compared. An answer that is only a part of a type is not enough to say that something is missing. */
export function chartReading({ types }: Pick<HistorySnapshot, 'types'>): ChartReading {
  const stateOf = (type: CompareType) => types.find((t) => t.type === type)
  const isDone = (type: CompareType): boolean => {
    const found = stateOf(type)
    return found?.state.kind === 'done' && found.partial === undefined
  }
  const isRead = (type: CompareType): boolean =>
    isDone(type) ||
    (OPTIONAL.includes(type) && stateOf(type)?.state.kind === 'not-offered' && isDone('MedicationRequest'))
  return {
    read: new Set(COMPARE_TYPES.filter(isRead)),
    unread: COMPARE_TYPES.filter((type) => !isRead(type)).flatMap((type) => {
      const found = stateOf(type)
      return found === undefined ? [] : [{ type, state: found.state }]
    }),
  }
}

/** The chart's types of which the payer's side was read to its end: of the others nothing is "only in the chart". */
export function payerRead({ types }: Pick<HistorySnapshot, 'types'>): ReadonlySet<string> {
  const isWhole = (chartType: CompareType): boolean => {
    const sources = types.filter(({ type }) => comparedWith(type).includes(chartType))
    const offered = sources.filter(({ state }) => state.kind !== 'not-offered')
    return (
      offered.length > 0 &&
      offered.every(
        ({ state, partial, limited }) =>
          state.kind === 'done' && partial === undefined && limited === undefined,
      )
    )
  }
  return new Set(COMPARE_TYPES.filter(isWhole))
}
