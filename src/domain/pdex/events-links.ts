import { codes } from '../fhir/coding'
import { type FhirJson, type JsonObject, objects } from '../json'
import type { RecordIndex } from './events-index'
import { rankOf } from './events-types'
import type { HistoryRecord } from './record'

/** Why two records tell of one event, as the payer itself says: in a reference, in an identifier. */
export interface RecordLink {
  readonly from: HistoryRecord
  /** Where `from` belongs. */
  readonly to: HistoryRecord
  readonly reason: string
  /** Smaller is looked at first: what a record says of itself, before what others say of it. */
  readonly level: number
  /** Both are equals: parts of one visit, answers to one claim. */
  readonly isJoint: boolean
}

interface Way {
  /** Element names; lists on the way are walked through. */
  readonly path: readonly string[]
  readonly level: number
  readonly reason: string
  /** `out`: the record belongs to the one it names; `in`: the one it names belongs to it; `joint`: both to the same. */
  readonly direction: 'out' | 'in' | 'joint'
}

const way =
  (direction: Way['direction'], level: number) =>
  (reason: string, ...paths: readonly string[]): readonly Way[] =>
    paths.map((path) => ({ path: path.split('.'), level, reason, direction }))

const joint = way('joint', 0)
const atVisit = way('out', 1)('Recorded at this visit.', 'encounter', 'context', 'context.encounter')
const byClaim = way('in', 2)
const byVisit = way('in', 3)
const belongs = way('out', 4)
const has = way('in', 4)

/** Where each type names others of its event (R4). An order or a plan that was followed for years is none of them. */
const OWN_WAYS: Readonly<Record<string, readonly Way[]>> = {
  Encounter: [
    ...joint('Part of the same stay.', 'partOf'),
    ...byVisit('Named by the visit.', 'diagnosis.condition', 'reasonReference', 'basedOn'),
  ],
  ExplanationOfBenefit: [
    ...joint('The claim names this visit.', 'item.encounter'),
    ...byClaim(
      'Named by the claim.',
      'procedure.procedureReference',
      'diagnosis.diagnosisReference',
      'supportingInfo.valueReference',
      'prescription',
      'originalPrescription',
      'referral',
    ),
  ],
  Procedure: [
    ...joint('Part of the same procedure.', 'partOf'),
    ...has('Report of this procedure.', 'report'),
    ...has('Ordered for this procedure.', 'basedOn'),
    ...has('Used in this procedure.', 'focalDevice.manipulated', 'usedReference'),
  ],
  MedicationDispense: [
    ...belongs('Handed over for this procedure.', 'partOf'),
    ...has('The prescription of this fill.', 'authorizingPrescription'),
  ],
  DiagnosticReport: [
    ...has('A result of this report.', 'result'),
    ...has('The specimen of this report.', 'specimen'),
    ...has('Ordered with this report.', 'basedOn'),
  ],
  Observation: [
    ...joint('Part of the same panel.', 'hasMember'),
    ...belongs('Measured along with it.', 'partOf'),
    ...has('The specimen of this result.', 'specimen'),
    ...has('Ordered with this result.', 'basedOn'),
  ],
  DocumentReference: belongs('The document is about it.', 'context.related'),
}

const WAYS: ReadonlyMap<string, readonly Way[]> = new Map(
  Object.entries(OWN_WAYS).map(([type, own]) => [type, rankOf(type) === 0 ? own : [...atVisit, ...own]]),
)

/** All that one record says about which others belong with it. */
export function linksOf(record: HistoryRecord, index: RecordIndex): readonly RecordLink[] {
  const { resource } = record
  const type = resource.resourceType
  const named = (WAYS.get(type) ?? atVisit).flatMap((each) =>
    referencesAt(resource, each.path).flatMap((reference) => {
      const found = index.find(reference, resource)
      return found === undefined ? [] : (linkBy(each, record, found) ?? [])
    }),
  )
  return [...named, ...claimLinks(record, index)]
}

function linkBy(
  { direction, reason, level }: Way,
  record: HistoryRecord,
  found: HistoryRecord,
): RecordLink | undefined {
  const [from, to] = direction === 'in' ? [found, record] : [record, found]
  const [low, high] = [rankOf(to.resource.resourceType), rankOf(from.resource.resourceType)]
  const isJoint = direction === 'joint'
  if (from.key === to.key || (isJoint ? low !== high : low >= high)) return undefined
  // At a visit only where it is a visit: `context` of a fill may be an episode of care.
  if (level === 1 && to.resource.resourceType !== 'Encounter') return undefined
  return { from, to, reason, level, isJoint }
}

/** What was made from a claim: the Provenance says so, or it carries the claim's number; and the claim's own later versions. */
function claimLinks(record: HistoryRecord, index: RecordIndex): readonly RecordLink[] {
  const { resource, provenance } = record
  const type = resource.resourceType
  if (type === 'ExplanationOfBenefit') return versionLinks(record, index)
  const isJoint = rankOf(type) === 0
  const level = isJoint ? 0 : 2
  const made = provenance.resources.flatMap((each) =>
    objects(each, 'entity').flatMap((entity) => {
      const to = index.find(entity.what, each)
      return to?.resource.resourceType === 'ExplanationOfBenefit'
        ? [{ from: record, to, reason: 'Made from this claim, as its origin says.', level, isJoint }]
        : []
    }),
  )
  const numbered = objects(resource, 'identifier')
    .filter(isClaimNumber)
    .flatMap((identifier) => index.carrying('ExplanationOfBenefit', identifier))
    .map((to) => ({ from: record, to, reason: 'Carries the same claim number.', level, isJoint }))
  return [...made, ...numbered]
}

/** CARIN: a claim that was decided anew names the one before, or the one after. An associated claim is another one. */
const VERSIONS: ReadonlySet<string> = new Set(['prior', 'replaces', 'replacedby'])

function versionLinks(record: HistoryRecord, index: RecordIndex): readonly RecordLink[] {
  const { resource } = record
  const reason = 'Another version of the same claim.'
  const related = objects(resource, 'related').filter((each) =>
    codes(each.relationship).some(({ code }) => VERSIONS.has(code)),
  )
  const numbers = [
    ...related.flatMap((each) => [...objects(each, 'reference'), ...objects(each, 'claim', 'identifier')]),
    ...objects(resource, 'identifier').filter(isClaimNumber),
  ]
  return numbers
    .flatMap((number) => index.carrying('ExplanationOfBenefit', number))
    .filter((to) => to.key !== record.key)
    .map((to) => ({ from: record, to, reason, level: 0, isJoint: true }))
}

/** CARIN C4BBIdentifierType: `uc` is a claim's own number; one of another kind may stand on many claims. */
const isClaimNumber = (identifier: JsonObject): boolean => {
  const kinds = codes(identifier.type)
  return kinds.length === 0 || kinds.some(({ code }) => code === 'uc')
}

/** All references at a path. Most elements are absent, of ten thousand records. */
function referencesAt(resource: FhirJson, [first = '', ...rest]: readonly string[]): readonly JsonObject[] {
  if (resource[first] === undefined) return NO_REFERENCES
  return rest.reduce((here, step) => here.flatMap((value) => objects(value, step)), objects(resource, first))
}

const NO_REFERENCES: readonly JsonObject[] = []
