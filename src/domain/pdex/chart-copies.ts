import type { ServerCapability } from '../fhir/capability'
import { type FhirJson, isObject, objects, text } from '../json'
import type { FhirReader, SearchParams } from '../ports'
import { lookThrough } from './chart-copy'
import { ENTRY_TYPES } from './prepare'
import type { HistoryRecord, RecordKey } from './record'
import {
  identifierToken,
  isAnothers,
  sourceUrl,
  uriIdentifiers,
  urisIn,
  versionUrl,
  withoutVersion,
} from './source-identifier'
import { inLanes } from './write-lanes'

/** A copy of a payer's record that is in the chart already, from whatever session. */
export interface ChartCopy {
  readonly kind: 'entry' | 'document'
  /** `Type/id`, of the entry or of the document that holds it. */
  readonly reference: string
  /** When the document was made, as written. */
  readonly date?: string
  /** The document holds another version of it. */
  readonly isOtherVersion?: true
}

export interface ChartCopies {
  readonly copies: ReadonlyMap<RecordKey, ChartCopy>
  /** Resource types of the chart that could not be looked through: what is in there is not known. */
  readonly unseen: readonly string[]
}

export interface CopyWorld {
  readonly chart: FhirReader
  readonly capability: ServerCapability
  readonly payerBase: string
  readonly patientId: string
  readonly signal?: AbortSignal
}

/** Tokens in one search: addresses longer than some thousand characters are cut off by servers on the way. */
const TOKENS_AT_ONCE = 20
const SEARCHES_AT_ONCE = 3
/** The type of our documents, in every form (`DOCUMENT_TYPE`). */
const DOCUMENT_TOKEN = 'http://loinc.org|34133-9'

/**
 * What of these records is in the chart already, asked before anything is planned: entries by the identifier that they carry, documents by
 * the records that they name (`context.related`). A match is believed only where it carries it itself.
 */
export async function chartCopies(records: readonly HistoryRecord[], world: CopyWorld): Promise<ChartCopies> {
  const unseen = new Set<string>()
  const entries = await entryCopies(records, world, unseen)
  const documents = await documentCopies(records, world, unseen)
  return { copies: new Map([...documents, ...entries]), unseen: [...unseen] }
}

async function entryCopies(
  records: readonly HistoryRecord[],
  world: CopyWorld,
  unseen: Set<string>,
): Promise<ReadonlyMap<RecordKey, ChartCopy>> {
  const found = new Map<RecordKey, ChartCopy>()
  const byType = new Map<string, HistoryRecord[]>()
  for (const record of records) {
    const type = entryTypeOf(record)
    if (type === undefined || world.capability.canCreate(type) === 'no-capability') continue
    if (world.capability.canSearch(type) === 'yes') byType.set(type, [...(byType.get(type) ?? []), record])
    else unseen.add(type)
  }
  const searches = [...byType].flatMap(([type, ofType]) => {
    const keys = new Map(ofType.map((record) => [sourceUrl(world.payerBase, record.resource), record.key]))
    const state = { isWhole: false }
    return pieces([...keys.keys()]).map((urls) => ({ type, keys, urls, state }))
  })
  await inLanes(searches, SEARCHES_AT_ONCE, async ({ type, keys, urls, state }) => {
    if (state.isWhole || unseen.has(type)) return undefined
    const search: SearchParams = [
      ['identifier', urls.map(identifierToken).join(',')],
      ['patient', world.patientId],
    ]
    let strangers = 0
    const looked = await lookThrough(world.chart, type, search, (resource) => {
      const ours = isAnothers(resource, world.patientId) ? [] : uriIdentifiers(resource)
      const key = ours.map((uri) => keys.get(uri)).find((each) => each !== undefined)
      if (key === undefined) strangers += 1
      else found.set(key, { kind: 'entry', reference: `${type}/${resource.id}` })
      return false
    })
    if (!looked.ok) unseen.add(type)
    // It left the identifiers out and brought everything: there is no more to ask for.
    else if (strangers > 0) state.isWhole = true
    return undefined
  })
  return found
}

const entryTypeOf = ({ resource: { resourceType } }: HistoryRecord): string | undefined =>
  Object.hasOwn(ENTRY_TYPES, resourceType) ? ENTRY_TYPES[resourceType] : undefined

const pieces = (urls: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(urls.length / TOKENS_AT_ONCE) }, (_, i) =>
    urls.slice(i * TOKENS_AT_ONCE, (i + 1) * TOKENS_AT_ONCE),
  )

async function documentCopies(
  records: readonly HistoryRecord[],
  world: CopyWorld,
  unseen: Set<string>,
): Promise<ReadonlyMap<RecordKey, ChartCopy>> {
  const { chart, capability, payerBase, patientId } = world
  const found = new Map<RecordKey, ChartCopy>()
  if (capability.canCreate('DocumentReference') === 'no-capability') return found
  if (capability.canSearch('DocumentReference') !== 'yes') {
    unseen.add('DocumentReference')
    return found
  }
  const wanted = new Map(
    records.map((record) => [
      sourceUrl(payerBase, record.resource),
      { key: record.key, exact: versionUrl(payerBase, record.resource) },
    ]),
  )
  const search: SearchParams = [
    ['patient', patientId],
    ['type', DOCUMENT_TOKEN],
    // The files in them are not needed.
    ['_elements', 'identifier,status,type,subject,date,indexed,context'],
  ]
  const looked = await lookThrough(chart, 'DocumentReference', search, (resource) => {
    if (isAnothers(resource, patientId) || resource.status !== 'current') return false
    const date = text(resource, 'date') ?? text(resource, 'indexed')
    for (const url of recordsNamed(resource)) {
      const record = wanted.get(withoutVersion(url))
      if (record === undefined) continue
      const isExact = url === record.exact
      if (!isExact && found.get(record.key)?.isOtherVersion === undefined && found.has(record.key)) continue
      found.set(record.key, {
        kind: 'document',
        reference: `DocumentReference/${resource.id}`,
        ...(date !== undefined && { date }),
        ...(!isExact && { isOtherVersion: true }),
      })
    }
    return false
  })
  if (!looked.ok) unseen.add('DocumentReference')
  return found
}

/** R4 has references with an identifier in `context.related`, DSTU2 and STU3 identifiers (PDex facts 6.2). */
const recordsNamed = (document: FhirJson): readonly string[] =>
  urisIn(
    objects(document, 'context', 'related').flatMap((related) =>
      isObject(related.identifier) ? [related.identifier] : [],
    ),
  )
