import { formatDate } from '../fhir/format-date'
import type { References } from '../fhir/references'
import { isObject, objects, text } from '../json'
import { keySystems, recordCodes } from './reconcile-codes'
import { differences, type FieldDifference } from './reconcile-fields'
import { type Fills, fillsOf, fillWords } from './reconcile-fills'
import { type ChartIndex, chartIndex } from './reconcile-index'
import { happened, type Nearness, nearness, type RuleWorld } from './reconcile-rules'
import { type CompareType, comparedWith, noCounterpart, nouns } from './reconcile-types'
import type { HistoryRecord, RecordKey } from './record'
import { sourceIdentifier, sourceUrl } from './source-identifier'

export type { FieldDifference } from './reconcile-fields'

/** Of a payer's record. What is only in the chart is told apart (`onlyChart`). */
export type Verdict = 'different' | 'only-payer' | 'same'

export interface Judgement {
  readonly verdict: Verdict
  /** Why, in words. */
  readonly reason: string
  readonly differences: readonly FieldDifference[]
  /** The chart's record it was compared with. */
  readonly chart?: HistoryRecord
}

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

/** Judges records one by one, so that ten thousand can be done in parts. Each costs the same however many there are. */
export interface Reconciler {
  /** Undefined where the chart's side could not be read: not compared, which is not "only at the payer". */
  judge(record: HistoryRecord): Judgement | undefined
  /** The chart's records that none of those judged so far is about. */
  onlyChart(): readonly HistoryRecord[]
}

/**
 * Tells a payer's records and the chart's apart (PDex facts 9): by the payer's own identifier, then by code and date and value,
 * never by likeness of names. To leave two apart is safe; to take two for one is not.
 */
export function reconciler(world: ReconcileWorld): Reconciler {
  const index = chartIndex(world.chartRecords)
  const fills = fillsOf(world.payerRecords)
  const rules: RuleWorld = { payer: world.payerReferences, chart: world.chartReferences }
  const met = new Set<RecordKey>()

  const against = (
    record: HistoryRecord,
    chart: HistoryRecord,
    reason: string,
    isCopy = false,
  ): Judgement => {
    met.add(chart.key)
    const found = differences(record.resource, chart.resource, isCopy)
    return { verdict: found.length === 0 ? 'same' : 'different', reason, differences: found, chart }
  }

  return {
    judge(record) {
      const type = record.resource.resourceType
      const alone = noCounterpart(type)
      if (alone !== undefined) return onlyPayer(alone)
      const types = comparedWith(type)
      const source = sourceIdentifier(sourceUrl(world.payerBase, record.resource))
      const copy = index.byIdentifier(text(source, 'system'), text(source, 'value'))[0]
      if (copy) return against(record, copy, 'Already brought into the chart from this payer.', true)
      if (!types.every((t) => world.chartRead.has(t))) return undefined
      const shared = sharedIdentifier(record, index, types)
      if (shared) return against(record, shared, 'Both carry the same identifier.')
      return byContent(record, types, index, fills, rules, against)
    },
    onlyChart: () => world.chartRecords.filter(({ key }) => !met.has(key)),
  }
}

/** All at once. */
export function reconcile(world: ReconcileWorld): {
  readonly judgements: ReadonlyMap<RecordKey, Judgement>
  readonly onlyChart: readonly HistoryRecord[]
} {
  const own = reconciler(world)
  const judgements = new Map<RecordKey, Judgement>()
  for (const record of world.payerRecords) {
    const judgement = own.judge(record)
    if (judgement) judgements.set(record.key, judgement)
  }
  return { judgements, onlyChart: own.onlyChart() }
}

const onlyPayer = (reason: string): Judgement => ({ verdict: 'only-payer', reason, differences: [] })

function sharedIdentifier(
  record: HistoryRecord,
  index: ChartIndex,
  types: readonly CompareType[],
): HistoryRecord | undefined {
  return objects(record.resource, 'identifier')
    .filter((identifier) => identifier.use !== 'secondary' && isObject(identifier))
    .flatMap((identifier) => index.byIdentifier(text(identifier, 'system'), text(identifier, 'value')))
    .find((chart) => types.some((type) => type === chart.resource.resourceType) && !contradict(record, chart))
}

/** A claim number can stand on many records: where both are coded in one system, a code has to agree too. */
function contradict(a: HistoryRecord, b: HistoryRecord): boolean {
  const [theirs, ours] = [recordCodes(a).keys, recordCodes(b).keys]
  const shareSystem = keySystems(theirs).some((system) => keySystems(ours).includes(system))
  return shareSystem && !theirs.some((key) => ours.includes(key))
}

interface Candidate {
  readonly chart: HistoryRecord
  readonly near: Exclude<Nearness, { level: 'other' }>
}

function byContent(
  record: HistoryRecord,
  types: readonly CompareType[],
  index: ChartIndex,
  fills: Fills,
  rules: RuleWorld,
  against: (record: HistoryRecord, chart: HistoryRecord, reason: string) => Judgement,
): Judgement {
  const type = record.resource.resourceType
  const own = recordCodes(record)
  const sameCode =
    type === 'Encounter' ? index.around(types, happened(record.resource)) : index.sharing(types, own)
  const best = sameCode
    .flatMap((chart): readonly Candidate[] => {
      const near = nearness(record.resource, chart.resource, rules)
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
function cost(record: HistoryRecord, { chart, near }: Candidate): number {
  const fields = differences(record.resource, chart.resource, false).length
  return near.level === 'event' ? fields : 1_000 + near.days + fields / 100
}

function whyAlone(
  record: HistoryRecord,
  types: readonly CompareType[],
  index: ChartIndex,
  sameCode: readonly HistoryRecord[],
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
