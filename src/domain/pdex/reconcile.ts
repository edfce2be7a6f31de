import { formatDate } from '../fhir/format-date'
import type { References } from '../fhir/references'
import { isObject, objects, text } from '../json'
import { keySystems, recordCodes } from './reconcile-codes'
import { differences, type FieldDifference } from './reconcile-fields'
import { type Fills, fillsOf, fillWords } from './reconcile-fills'
import { type ChartIndex, chartIndex } from './reconcile-index'
import { type ComparedRecord, comparedRecord } from './reconcile-record'
import { happened, type Nearness, nearness } from './reconcile-rules'
import { type CompareType, comparedWith, noCounterpart, nouns } from './reconcile-types'
import type { HistoryRecord, RecordKey } from './record'
import { sourceIdentifier } from './source-identifier'

export type { FieldDifference } from './reconcile-fields'

/** Of a payer's record. What is only in the chart is told apart (`onlyChart`). */
export type Verdict = 'different' | 'only-payer' | 'same'

export interface Judgement {
  readonly verdict: Verdict
  /** Why, in words. */
  readonly reason: string
  readonly differences: readonly FieldDifference[]
  /** The chart's record it was compared with. */
  readonly chart?: RecordKey
}

/** What is compared with what. */
export interface ReconcileWorld {
  /** Base URL of the payer's FHIR API, without a slash at its end. */
  readonly payerBase: string
  readonly payerRecords: readonly HistoryRecord[]
  readonly payerReferences: References
  readonly chartRecords: readonly HistoryRecord[]
  readonly chartReferences: References
  /** Types of the chart that were read to their end. */
  readonly chartRead: ReadonlySet<string>
}

/** What comparing came to. A record without a judgement was not compared, which is not "only at the payer". */
export interface Reconciled {
  readonly judgements: ReadonlyMap<RecordKey, Judgement>
  readonly onlyChart: readonly HistoryRecord[]
}

/** The same as plain data. */
export interface ComparedWorld {
  readonly payer: readonly ComparedRecord[]
  readonly chart: readonly ComparedRecord[]
  readonly chartRead: ReadonlySet<string>
}

/** Judges records one by one, so that ten thousand can be done in parts. Each costs the same however many there are. */
export interface Reconciler {
  /** Undefined where the chart's side could not be read. */
  judge(record: ComparedRecord): Judgement | undefined
  /** The chart's records that none of those judged so far is about. */
  onlyChart(): readonly RecordKey[]
}

/** Of a record that there is nothing to compare with, whatever the chart has. */
export function aloneJudgement({ resource }: HistoryRecord): Judgement | undefined {
  const reason = noCounterpart(resource.resourceType)
  return reason === undefined ? undefined : onlyPayer(reason)
}

/**
 * Tells a payer's records and the chart's apart (PDex facts 9): by the payer's own identifier, then by code and date and value,
 * never by likeness of names. To leave two apart is safe; to take two for one is not.
 */
export function reconciler(world: ComparedWorld): Reconciler {
  const index = chartIndex(world.chart)
  const fills = fillsOf(world.payer)
  const met = new Set<RecordKey>()

  const against = (
    record: ComparedRecord,
    chart: ComparedRecord,
    reason: string,
    isCopy = false,
  ): Judgement => {
    met.add(chart.key)
    const found = differences(record.resource, chart.resource, isCopy)
    return {
      verdict: found.length === 0 ? 'same' : 'different',
      reason,
      differences: found,
      chart: chart.key,
    }
  }

  return {
    judge(record) {
      const type = record.resource.resourceType
      const types = comparedWith(type)
      const source = record.url === undefined ? undefined : sourceIdentifier(record.url)
      const copy = index.byIdentifier(text(source, 'system'), text(source, 'value'))[0]
      if (copy) return against(record, copy, 'Already brought into the chart from this payer.', true)
      if (!types.every((t) => world.chartRead.has(t))) return undefined
      const shared = sharedIdentifier(record, index, types)
      if (shared) return against(record, shared, 'Both carry the same identifier.')
      return byContent(record, types, index, fills, against)
    },
    onlyChart: () => world.chart.flatMap(({ key }) => (met.has(key) ? [] : [key])),
  }
}

/** All at once. */
export function reconcile(world: ReconcileWorld): Reconciled {
  const { payerBase, payerRecords, payerReferences, chartRecords, chartReferences, chartRead } = world
  const payer = payerRecords.map((record) => comparedRecord(record, payerReferences, payerBase))
  const chart = chartRecords.map((record) => comparedRecord(record, chartReferences))
  const own = reconciler({ payer, chart, chartRead })
  const judgements = new Map<RecordKey, Judgement>()
  payerRecords.forEach((record, index) => {
    const compared = payer[index]
    const judgement = aloneJudgement(record) ?? (compared && own.judge(compared))
    if (judgement) judgements.set(record.key, judgement)
  })
  const only = new Set(own.onlyChart())
  return { judgements, onlyChart: chartRecords.filter(({ key }) => only.has(key)) }
}

const onlyPayer = (reason: string): Judgement => ({ verdict: 'only-payer', reason, differences: [] })

function sharedIdentifier(
  record: ComparedRecord,
  index: ChartIndex,
  types: readonly CompareType[],
): ComparedRecord | undefined {
  return objects(record.resource, 'identifier')
    .filter((identifier) => identifier.use !== 'secondary' && isObject(identifier))
    .flatMap((identifier) => index.byIdentifier(text(identifier, 'system'), text(identifier, 'value')))
    .find((chart) => types.some((type) => type === chart.resource.resourceType) && !contradict(record, chart))
}

/** A claim number can stand on many records: where both are coded in one system, a code has to agree too. */
function contradict(a: ComparedRecord, b: ComparedRecord): boolean {
  const [theirs, ours] = [recordCodes(a).keys, recordCodes(b).keys]
  const shareSystem = keySystems(theirs).some((system) => keySystems(ours).includes(system))
  return shareSystem && !theirs.some((key) => ours.includes(key))
}

interface Candidate {
  readonly chart: ComparedRecord
  readonly near: Exclude<Nearness, { level: 'other' }>
}

function byContent(
  record: ComparedRecord,
  types: readonly CompareType[],
  index: ChartIndex,
  fills: Fills,
  against: (record: ComparedRecord, chart: ComparedRecord, reason: string) => Judgement,
): Judgement {
  const type = record.resource.resourceType
  const own = recordCodes(record)
  const sameCode =
    type === 'Encounter' ? index.around(types, happened(record.resource)) : index.sharing(types, own)
  const best = sameCode
    .flatMap((chart): readonly Candidate[] => {
      const near = nearness(record, chart)
      return near.level === 'other' ? [] : [{ chart, near }]
    })
    .map((candidate) => ({ ...candidate, cost: cost(record, candidate) }))
    .reduce<(Candidate & { readonly cost: number }) | undefined>(
      (least, each) => (least === undefined || each.cost < least.cost ? each : least),
      undefined,
    )
  if (best !== undefined) {
    const judgement = against(record, best.chart, best.near.reason)
    // Near is never taken for the same, even where every field that both have agrees.
    return best.near.level === 'near' ? { ...judgement, verdict: 'different' } : judgement
  }
  if (type === 'MedicationDispense') return onlyPayer(fillWords(record, own, index, fills))
  return onlyPayer(whyAlone(record, types, index, sameCode))
}

/** The same event before what is near, and in each the one that differs least. */
function cost(record: ComparedRecord, { chart, near }: Candidate): number {
  const fields = differences(record.resource, chart.resource, false).length
  return near.level === 'event' ? fields : 1_000 + near.days + fields / 100
}

function whyAlone(
  record: ComparedRecord,
  types: readonly CompareType[],
  index: ChartIndex,
  sameCode: readonly ComparedRecord[],
): string {
  const noun = nouns[types[0] ?? 'Condition']
  if (record.resource.resourceType === 'Encounter')
    return sameCode.length === 0
      ? 'The chart has no visit at this time.'
      : 'The chart has a visit at this time, but not with the same practitioner or organization.'
  const own = recordCodes(record)
  if (own.keys.length === 0 && own.text === undefined)
    return 'It has neither a code nor a name to compare by.'
  const days = sameCode.flatMap(({ display }) => display.when ?? []).sort()
  const last = days.at(-1)
  if (last !== undefined) return `The chart has this ${noun} on other days only, last ${formatDate(last)}.`
  const namesake = own.text !== undefined && index.named(types, own.text)
  if (namesake)
    return 'The chart has one of the same name under another code or none. It was not taken for the same: compare by hand.'
  const [theirs, ours] = [keySystems(own.keys), index.systems(types)]
  if (ours.length > 0 && theirs.length > 0 && !theirs.some((system) => ours.includes(system)))
    return `It is coded in ${theirs.join(', ')}, the chart in ${ours.join(', ')}: their codes cannot be compared.`
  if (theirs.length === 0 && ours.length > 0)
    return `It has no code, and the chart's are coded: only the name could be compared.`
  return `The chart has no ${noun} with this code.`
}
