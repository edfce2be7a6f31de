import { join } from 'node:path'
import { serialize } from 'node:v8'
import { FhirStore, loadBundles } from '../sandbox/fhir'
import { LARGE_MEMBER, makeLargeMember } from '../sandbox/payer/large-member'
import { DATA } from '../sandbox/payer/server'
import { referenceSet } from '../src/domain/fhir/references'
import { type FhirJson, isResource } from '../src/domain/json'
import { type Reconciled, type ReconcileWorld, reconcile } from '../src/domain/pdex/reconcile'
import { comparedRecord } from '../src/domain/pdex/reconcile-record'
import { COMPARE_TYPES, noCounterpart } from '../src/domain/pdex/reconcile-types'
import { type HistoryRecord, historyRecord } from '../src/domain/pdex/record'
import { median, ratio, type Section } from './measure'

const BASE = 'https://payer.example/fhir'
const IN_CHART = 2000
const RUNS = 5

const plain = (value: unknown): FhirJson => {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  if (!isResource(copy)) throw new Error('The sandbox has something that is no resource.')
  return copy
}

/** The sandbox's large member against a chart that has every fourth of the records already, under ids of its own. */
function largeWorld(): ReconcileWorld {
  const store = new FhirStore()
  loadBundles(store, join(DATA, 'acme/members'))
  makeLargeMember(store)
  const resources = store
    .types()
    .filter((type) => type !== 'Provenance' && type !== 'Patient')
    .flatMap((type) => store.all(type, LARGE_MEMBER).map(plain))
  const [payerReferences, chartReferences] = [referenceSet(BASE), referenceSet('https://ehr.example/fhir')]
  const rows = (source: string, list: readonly FhirJson[], references: typeof payerReferences) => {
    for (const resource of list) references.add(resource)
    return list.map((resource): HistoryRecord => historyRecord(source, resource, references, []))
  }
  const chart = resources
    .filter(({ resourceType }) => noCounterpart(resourceType) === undefined)
    .filter((_, index) => index % 4 === 0)
    .slice(0, IN_CHART)
    .map((resource): FhirJson => ({ ...resource, id: `chart-${resource.id}`, identifier: [] }))
  return {
    payerBase: BASE,
    payerRecords: rows('acme', resources, payerReferences),
    payerReferences,
    chartRecords: rows('chart', chart, chartReferences),
    chartReferences,
    chartRead: new Set(COMPARE_TYPES),
  }
}

/** Comparing ten thousand records with a chart of two thousand, in this process: all of it, and what of it is left to the main thread. */
export async function reconcileLarge(): Promise<Section> {
  const world = largeWorld()
  const json = [...world.payerRecords, ...world.chartRecords].map(({ resource }) => JSON.stringify(resource))
  const times = { parse: [] as number[], compare: [] as number[], handOver: [] as number[] }
  let found: Reconciled | undefined
  // In turns, so that what the machine does meanwhile falls on all alike.
  for (let i = 0; i <= RUNS; i += 1) {
    const took = (run: () => unknown): number => {
      const from = performance.now()
      run()
      return performance.now() - from
    }
    const parse = took(() => json.map((text): unknown => JSON.parse(text)))
    const compare = took(() => {
      found = reconcile(world)
    })
    const handOver = took(() => serialize(handedOver(world)))
    if (i === 0) continue
    times.parse.push(parse)
    times.compare.push(compare)
    times.handOver.push(handOver)
  }
  const same = [...(found?.judgements.values() ?? [])].filter(({ verdict }) => verdict === 'same').length
  if (same < IN_CHART) throw new Error(`Of ${IN_CHART} records that the chart has, ${same} were found in it.`)
  const unit = '× JSON.parse of all of them'
  return {
    title: 'Ten thousand records compared with a chart of two thousand',
    measures: [
      { name: 'Records of the payer', value: world.payerRecords.length, unit: 'records' },
      { name: 'Records of the chart', value: world.chartRecords.length, unit: 'records' },
      {
        name: 'Comparing them, in the worker',
        value: ratio(median(times.compare), median(times.parse)),
        unit,
      },
      {
        name: 'Handing them over to it, in parts, on the main thread',
        value: ratio(median(times.handOver), median(times.parse)),
        unit,
      },
    ],
  }
}

const handedOver = (world: ReconcileWorld) => [
  ...world.chartRecords.map((record) => comparedRecord(record, world.chartReferences)),
  ...world.payerRecords
    .filter(({ resource }) => noCounterpart(resource.resourceType) === undefined)
    .map((record) => comparedRecord(record, world.payerReferences, world.payerBase)),
]
