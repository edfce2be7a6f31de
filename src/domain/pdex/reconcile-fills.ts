import { formatDate } from '../fhir/format-date'
import { number, text } from '../json'
import { keySystems, type RecordCodes, recordCodes } from './reconcile-codes'
import type { ChartIndex } from './reconcile-index'
import type { ComparedRecord } from './reconcile-record'

interface FillCount {
  readonly count: number
  readonly last?: string
}

/** How often each medicine was handed over, by code. */
export type Fills = ReadonlyMap<string, FillCount>

export function fillsOf(records: readonly ComparedRecord[]): Fills {
  const fills = new Map<string, FillCount>()
  for (const record of records) {
    if (record.resource.resourceType !== 'MedicationDispense' || record.hold === 'entered-in-error') continue
    const { when } = record.display
    for (const key of recordCodes(record).keys) {
      const known = fills.get(key)
      const last = [known?.last, when]
        .filter((day) => day !== undefined)
        .sort()
        .at(-1)
      fills.set(key, { count: (known?.count ?? 0) + 1, ...(last !== undefined && { last }) })
    }
  }
  return fills
}

const ORDERS = ['MedicationRequest', 'MedicationStatement'] as const

/** What a fill has to do with the chart's medicines: related, never the same, and no proof of use (PDex facts 9). */
export function fillWords(record: ComparedRecord, own: RecordCodes, index: ChartIndex, fills: Fills): string {
  const count = own.keys.map((key) => fills.get(key)).find((found) => found !== undefined)
  const days = number(record.resource, 'daysSupply', 'value')
  const supply = days === undefined ? '' : `; this fill is for ${days} days`
  const history =
    count === undefined || count.count < 2
      ? ''
      : ` Filled ${count.count} times, last ${formatDate(count.last)}${supply}.`
  const caution = ' A fill is not proof of use.'
  const order = index.sharing(ORDERS, own)[0]
  if (order !== undefined && own.keys.length > 0) {
    const status = text(order.resource, 'status')
    return `The chart lists this medicine${status === undefined ? '' : ` (${status})`}: related, not the same.${history}${caution}`
  }
  const [theirs, ours] = [keySystems(own.keys), index.systems(ORDERS)]
  if (theirs.length > 0 && ours.length > 0 && !theirs.some((system) => ours.includes(system)))
    return `It is coded in ${theirs.join(', ')}, the chart's medicines in ${ours.join(', ')}: their codes cannot be compared.${history}${caution}`
  return `The chart lists no medicine with this code.${history}${caution}`
}
