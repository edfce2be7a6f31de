import type { FhirReader, PdfPort, Ports, SearchParams } from '../ports'
import { ok } from '../result'
import { findCopy, type IsOurs } from './chart-copy'
import { documentReference } from './document-reference'
import { isProvenanceOf, provenanceEntry, provenanceSearch } from './provenance-entry'
import type { HistoryRecord } from './record'
import { carriesIdentifier, identifierToken, ifNoneExist } from './source-identifier'
import type { PlannedEntry, PlannedRecord, WritePlan } from './write-plan'
import type { StepRequest } from './write-step'

export interface RequestPorts {
  readonly chart: FhirReader
  readonly pdf: PdfPort
  readonly digest: Ports['digest']
}

export const ENTRY = 'entry:'
export const PROVENANCE = 'provenance:'
export const DOCUMENT = 'document:'

/** An entry, found again by the identifier that it carries. */
export function entryRequest(
  { record }: PlannedRecord,
  entry: PlannedEntry,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  return {
    id: ENTRY + record.key,
    resource: () => Promise.resolve(ok(entry.resource)),
    ...findingByIdentifier(entry.resource.resourceType, entry.token, plan, ports),
    ...(plan.capability.conditionalCreate(entry.resource.resourceType) && { ifNoneExist: entry.ifNoneExist }),
  }
}

/** The Provenance of an entry that is there. `target`: its `Type/id`. */
export function provenanceRequest(
  record: HistoryRecord,
  target: string,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  const search = provenanceSearch(target)
  const condition = search.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return {
    id: PROVENANCE + record.key,
    resource: () => Promise.resolve(ok(provenanceEntry(record, target, plan.context))),
    ...finding('Provenance', search, (found) => isProvenanceOf(found, target), plan, ports),
    ...(plan.capability.conditionalCreate('Provenance') && { ifNoneExist: condition }),
  }
}

/** The document with these records; its files are made only when it is sent. */
export function documentRequest(
  records: readonly HistoryRecord[],
  identifier: string,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  const token = identifierToken(identifier)
  return {
    id: DOCUMENT + identifier,
    keys: records.map((record) => record.key),
    resource: () => documentReference(records, identifier, plan.context, ports),
    ...documentFinding(identifier, plan, ports),
    ...(plan.capability.conditionalCreate('DocumentReference') && {
      ifNoneExist: ifNoneExist(token, plan.context.patientId),
    }),
  }
}

/** How a document is found again, by its own name. */
export const documentFinding = (
  identifier: string,
  plan: WritePlan,
  ports: RequestPorts,
): Pick<StepRequest, 'find'> =>
  findingByIdentifier('DocumentReference', identifierToken(identifier), plan, ports)

function findingByIdentifier(
  type: string,
  token: string,
  plan: WritePlan,
  ports: RequestPorts,
): Pick<StepRequest, 'find'> {
  const { patientId } = plan.context
  const search = [
    ['identifier', token],
    ['patient', patientId],
  ] as const
  return finding(type, search, (found) => carriesIdentifier(found, token, patientId), plan, ports)
}

function finding(
  type: string,
  search: SearchParams,
  isOurs: IsOurs,
  plan: WritePlan,
  ports: RequestPorts,
): Pick<StepRequest, 'find'> {
  if (plan.capability.canSearch(type) !== 'yes') return {}
  return { find: () => findCopy(ports.chart, type, search, isOurs) }
}
