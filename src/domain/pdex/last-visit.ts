import { happened } from './reconcile-rules'
import type { HistoryRecord } from './record'

/** Visits that did not take place, or not yet (R4 encounter-status). */
const NOT_HELD: ReadonlySet<unknown> = new Set([
  'planned',
  'arrived',
  'triaged',
  'in-progress',
  'cancelled',
  'entered-in-error',
])

/**
 * The day of the patient's last visit here before today, as the chart's Encounters have it (PDex §391: what is new since then). A
 * visit that is under way is not the last one. Undefined where the chart has none.
 */
export function lastVisit(chart: readonly HistoryRecord[], today: string): string | undefined {
  return chart
    .filter(({ resource }) => resource.resourceType === 'Encounter' && !NOT_HELD.has(resource.status))
    .flatMap(({ resource }) => happened(resource)?.from?.slice(0, 10) ?? [])
    .filter((day) => day.length === 10 && day < today)
    .reduce<string | undefined>((last, day) => (last === undefined || day > last ? day : last), undefined)
}
