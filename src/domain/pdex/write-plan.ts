import type { ServerCapability } from '../fhir/capability'
import { words } from '../fhir/display'
import type { References } from '../fhir/references'
import type { FhirJson } from '../json'
import { type DocumentPlan, noRefusals, planDocuments, type Refusals } from './document-form'
import type { EhrProfile } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'
import type { Member } from './member-match'
import { ENTRY_TYPES, prepare } from './prepare'
import type { HistoryRecord } from './record'
import { identifierToken, ifNoneExist, sourceUrl } from './source-identifier'

/** `entry`: a resource of its own in the chart. `document`: in the attached document. `download`: the chart takes neither. */
export type Tier = 'entry' | 'document' | 'download'

/** Whom and where from, for everything that is written. */
export interface WriteContext {
  readonly member: Member
  /** Base URL of the payer's FHIR API, without a slash at its end. */
  readonly payerBase: string
  readonly references: References
  /** The chart's Patient and its id. */
  readonly patient: FhirJson
  readonly patientId: string
  readonly ehrName: string
  /** Base URL of the EHR. */
  readonly ehrBase: string
  /** Relative reference of the launching user, e.g. `Practitioner/123`, and the resource, as far as known. */
  readonly fhirUser?: string
  readonly user?: FhirJson
  /** The visit that the launch named. */
  readonly encounterId?: string
  /** ISO instant with offset: when the user approved. */
  readonly madeAt: string
}

export interface PlannedEntry {
  /** The exact resource that is sent. */
  readonly resource: FhirJson
  /** Finds it again in the chart: `identifier` search token, `system|value`. */
  readonly token: string
  /** For `If-None-Exist`; encoded. */
  readonly ifNoneExist: string
}

export interface PlannedRecord {
  readonly record: HistoryRecord
  readonly tier: Tier
  /** Why this form, in words. */
  readonly reason: string
  /** What is changed or left out on the way, in words. */
  readonly told: readonly string[]
  /** Where it goes if the chart refuses that, in this order. */
  readonly otherwise: readonly Tier[]
  /** Present for tier `entry`. */
  readonly entry?: PlannedEntry
}

export interface WritePlan {
  readonly context: WriteContext
  readonly records: readonly PlannedRecord[]
  /** Where records go that the chart refuses as entries. */
  readonly fallback: 'document' | 'download'
  /** The forms of document that this chart takes, best first. */
  readonly document: DocumentPlan
  readonly profile: EhrProfile
  /** Whether Provenance is stored beside each entry. */
  readonly provenance: 'stored' | 'not-accepted'
  /** For the whole plan, in words. */
  readonly notices: readonly string[]
  readonly capability: ServerCapability
}

/**
 * Decides for each chosen record how it can be kept (PDex §44 to §56, facts 6.1 to 6.3): by what the EHR states, what this launch
 * may do, what is known of this kind of EHR, and what it refused already in this session. Pure: nothing is sent.
 */
export function planWrite(
  chosen: readonly HistoryRecord[],
  capability: ServerCapability,
  context: WriteContext,
  profile: EhrProfile = ehrProfile(undefined),
  refused: Refusals = noRefusals,
): WritePlan {
  const document = planDocuments(capability, profile, context, refused)
  const fallback = document.kind === 'attach' ? 'document' : 'download'
  const unique = [...new Map(chosen.map((record) => [record.key, record])).values()]
  const last: readonly Tier[] = fallback === 'document' ? ['document', 'download'] : ['download']
  const records = unique.map((record): PlannedRecord => {
    const obstacle = whyNoEntry(record, { capability, context, profile, refused })
    return obstacle === undefined
      ? plannedEntry(record, context, profile, last)
      : { record, tier: fallback, reason: obstacle, told: [], otherwise: last.slice(1) }
  })
  const storesProvenance = capability.release === 'R4' && capability.canCreate('Provenance') === 'yes'
  const provenance = storesProvenance ? 'stored' : 'not-accepted'
  return {
    context,
    records,
    fallback,
    document,
    profile,
    provenance,
    notices: planNotices(records, provenance, document),
    capability,
  }
}

function plannedEntry(
  record: HistoryRecord,
  context: WriteContext,
  profile: EhrProfile,
  otherwise: readonly Tier[],
): PlannedRecord {
  const { resource, told } = prepare(record, {
    references: context.references,
    memberPatientId: context.member.patientId,
    patientId: context.patientId,
    payerBase: context.payerBase,
    payerName: context.member.payer.name,
    unconfirmed: profile.conditions,
  })
  const token = identifierToken(sourceUrl(context.payerBase, record.resource))
  return {
    record,
    tier: 'entry',
    reason: `${context.ehrName} accepts it as an entry.`,
    told,
    otherwise,
    entry: { resource, token, ifNoneExist: ifNoneExist(token, context.patientId) },
  }
}

/** Types that are not written as entries even where the chart would take them. */
const KEPT_OUT: Readonly<Record<string, string>> = {
  Patient: "A payer's record of the person does not change the chart's.",
  Coverage: "A payer's record of the coverage does not change the chart's.",
  Encounter: 'A visit elsewhere is not a visit here.',
  ExplanationOfBenefit: 'A bill is not a clinical entry.',
}

const HOLDS: Readonly<Record<NonNullable<HistoryRecord['hold']>, string>> = {
  'entered-in-error': 'It is marked as entered in error.',
  withheld: 'The payer withheld part of it.',
  restricted: 'It is labelled as specially protected.',
  modified: 'It carries an addition that changes its meaning and that this app does not know.',
}

interface EntryRules {
  readonly capability: ServerCapability
  readonly context: WriteContext
  readonly profile: EhrProfile
  readonly refused: Refusals
}

/** Undefined where the record can be an entry of its own; else the reason, in words. */
function whyNoEntry(record: HistoryRecord, rules: EntryRules): string | undefined {
  const { capability, context, profile, refused } = rules
  const type = record.resource.resourceType
  if (Object.hasOwn(KEPT_OUT, type)) return KEPT_OUT[type]
  if (record.hold !== undefined) return HOLDS[record.hold]
  const entryType = Object.hasOwn(ENTRY_TYPES, type) ? ENTRY_TYPES[type] : undefined
  if (entryType === undefined) return `${plural(type)} are kept in a document.`
  // R4 resources are never translated to older FHIR (PDex §49).
  if (capability.release !== 'R4') return `${context.ehrName} does not speak FHIR R4.`
  const takes = `${context.ehrName} does not accept ${plural(type).toLowerCase()} from apps.`
  const isFill = entryType !== type
  const notAsEntry = isFill ? 'A pharmacy claim is not an order, so it is not written as one.' : takes
  switch (capability.canCreate(entryType)) {
    case 'yes':
      if (refused.types.has(entryType))
        return `${context.ehrName} refused ${plural(entryType).toLowerCase()} in this session.`
      return profile.entries?.includes(entryType) === false ? notAsEntry : undefined
    case 'no-capability':
      return notAsEntry
    case 'no-scope':
      return `This app has no permission to add ${plural(entryType).toLowerCase()} here. The person who looks after it can ask for access.`
  }
}

const plural = (type: string): string => {
  const name = words(type)
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
}

function planNotices(
  records: readonly PlannedRecord[],
  provenance: WritePlan['provenance'],
  document: DocumentPlan,
): readonly string[] {
  const some = (tier: Tier): boolean => records.some((record) => record.tier === tier)
  const provenanceNotice = some('document')
    ? 'Where each entry comes from is kept with the entry as its identifier only.'
    : 'Where each entry comes from is kept as its identifier only: this EHR stores no provenance from apps.'
  return [
    ...(some('entry') && provenance === 'not-accepted' ? [provenanceNotice] : []),
    ...(document.kind === 'none' && some('download') ? [document.why] : []),
  ]
}
