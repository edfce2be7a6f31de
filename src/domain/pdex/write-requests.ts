import type { Clock, FhirReader, PdfPort, Ports, SearchParams } from '../ports'
import { ok } from '../result'
import { findCopy, type IsOurs } from './chart-copy'
import type { DocumentForm } from './document-form'
import { bundleIdentifier } from './document-identifier'
import { type DocumentOrder, documentReference } from './document-reference'
import { isProvenanceOf, provenanceEntry, provenanceSearch } from './provenance-entry'
import { carriesIdentifier, identifierToken, ifNoneExist } from './source-identifier'
import type { PlannedEntry, PlannedRecord, WritePlan } from './write-plan'
import { BESIDE, documentStepId, ENTRY, PROVENANCE } from './write-refusals'
import type { StepRequest } from './write-step'

export interface RequestPorts {
  readonly chart: FhirReader
  readonly pdf: PdfPort
  readonly digest: Ports['digest']
  readonly clock: Clock
}

/** An entry, found again by the identifier that it carries. */
export function entryRequest(
  { record }: PlannedRecord,
  entry: PlannedEntry,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  return {
    id: ENTRY + record.key,
    type: entry.resource.resourceType,
    resource: () => Promise.resolve(ok(entry.resource)),
    ...findingByIdentifier(entry.resource.resourceType, entry.token, plan, ports),
    ...(plan.capability.conditionalCreate(entry.resource.resourceType) && { ifNoneExist: entry.ifNoneExist }),
  }
}

/** The Provenance of an entry that is there. `target`: its `Type/id`. */
export function provenanceRequest(
  { record, diagnosis }: PlannedRecord,
  target: string,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  const search = provenanceSearch(target)
  const condition = search.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return {
    id: PROVENANCE + record.key,
    type: 'Provenance',
    resource: () =>
      Promise.resolve(ok(provenanceEntry(record, target, plan.context, diagnosis?.isConfirmed))),
    ...finding('Provenance', search, (found) => isProvenanceOf(found, target), plan, ports),
    ...(plan.capability.conditionalCreate('Provenance') && { ifNoneExist: condition }),
  }
}

/** Records, the document's own name, and the form it is to have. */
export type DocumentParts = Pick<DocumentOrder, 'records' | 'identifier' | 'part' | 'withoutList'> & {
  readonly form: DocumentForm
}

/** The document with these records; its files are made only when it is sent. */
export function documentRequest(parts: DocumentParts, plan: WritePlan, ports: RequestPorts): StepRequest {
  const { records, identifier, form } = parts
  return {
    id: documentStepId(form, identifier),
    type: 'DocumentReference',
    keys: records.map((record) => record.key),
    resource: () => documentReference(documentOrder(parts, plan), ports),
    ...documentFinding(identifier, plan, ports),
    ...documentCondition(identifier, plan),
  }
}

/** The FHIR document of a PDF that is there, `Type/id`. */
export function besideRequest(
  parts: DocumentParts,
  pdf: string,
  plan: WritePlan,
  ports: RequestPorts,
): StepRequest {
  const identifier = bundleIdentifier(parts.identifier)
  return {
    id: BESIDE + parts.identifier,
    type: 'DocumentReference',
    resource: () => documentReference({ ...documentOrder(parts, plan), form: 'bundle', beside: pdf }, ports),
    ...documentFinding(identifier, plan, ports),
    ...documentCondition(identifier, plan),
  }
}

/** What a document of this plan is made of. */
const documentOrder = (parts: DocumentParts, plan: WritePlan): DocumentOrder => ({
  ...parts,
  context: plan.context,
  release: plan.capability.release,
  profile: plan.profile,
})

const documentCondition = (
  identifier: string,
  { capability, context }: WritePlan,
): Pick<StepRequest, 'ifNoneExist' | 'mediaType'> => ({
  ...(capability.conditionalCreate('DocumentReference') && {
    ifNoneExist: ifNoneExist(identifierToken(identifier), context.patientId),
  }),
  // DSTU2 §mime-type.
  ...(capability.release === 'DSTU2' && { mediaType: 'application/json+fhir' }),
})

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
