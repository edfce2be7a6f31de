import type { ServerCapability } from '../fhir/capability'
import { formatDate } from '../fhir/format-date'
import type { References } from '../fhir/references'
import type { FhirJson } from '../json'
import type { ChartCopies, ChartCopy } from './chart-copies'
import { asHeard, type DiagnosisSay, mayBeSaid } from './diagnosis'
import { type DocumentPlan, noRefusals, planDocuments, type Refusals } from './document-form'
import { lostReferences } from './document-references'
import type { EhrProfile } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'
import { whyNoEntry } from './entry-obstacles'
import type { Member } from './member-match'
import { planNotices } from './plan-notices'
import { prepare } from './prepare'
import { withSourceNote } from './provenance-words'
import type { HistoryRecord, RecordKey } from './record'
import { identifierToken, ifNoneExist, sourceUrl } from './source-identifier'

/**
 * `entry`: a resource of its own in the chart. `document`: in the attached document. `download`: the chart takes neither. `there`: it is in
 * the chart already, and is not written again.
 */
export type Tier = 'entry' | 'document' | 'download' | 'there'

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
  /** Present for tier `entry`, and for `there` where the entry may still lack its Provenance. */
  readonly entry?: PlannedEntry
  /** Present for tier `there`. */
  readonly copy?: ChartCopy
  /** Present where the clinician may say more of a diagnosis. */
  readonly diagnosis?: DiagnosisSay
}

/** What else a plan is made from. */
export interface PlanKnowledge {
  readonly copies: ChartCopies
  /** What the clinician said of single diagnoses. */
  readonly says: ReadonlyMap<RecordKey, DiagnosisSay>
}

const nothingKnown: PlanKnowledge = { copies: { copies: new Map(), unseen: [] }, says: new Map() }

export interface WritePlan {
  readonly context: WriteContext
  readonly records: readonly PlannedRecord[]
  /** Where records go that the chart refuses as entries. */
  readonly fallback: 'document' | 'download'
  /** The forms of document that this chart takes, best first. */
  readonly document: DocumentPlan
  readonly profile: EhrProfile
  /** Whether Provenance is stored beside each entry, or told in the entry's note because the chart takes none (PDex §229). */
  readonly provenance: 'stored' | 'in-note'
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
  likely: EhrProfile = ehrProfile(undefined),
  refused: Refusals = noRefusals,
  known: PlanKnowledge = nothingKnown,
): WritePlan {
  const { ehrName } = context
  const document = planDocuments(capability, likely, context, refused)
  const profile = refused.lists ? { ...likely, listsRecords: false } : likely
  const fallback = document.kind === 'attach' ? 'document' : 'download'
  const unique = [...new Map(chosen.map((record) => [record.key, record])).values()]
  const last: readonly Tier[] = fallback === 'document' ? ['document', 'download'] : ['download']
  const storesProvenance = capability.release === 'R4' && capability.canCreate('Provenance') === 'yes'
  const provenance = storesProvenance ? 'stored' : 'in-note'
  const entryFor = (record: HistoryRecord): PlannedRecord =>
    plannedEntry(record, { context, profile, provenance, known, otherwise: last })
  const records = unique.map((record): PlannedRecord => {
    const obstacle = whyNoEntry(record, { capability, ehrName, profile, refused })
    const copy = known.copies.copies.get(record.key)
    if (copy !== undefined && copy.isOtherVersion === undefined)
      return alreadyThere(record, copy, obstacle === undefined ? entryFor(record) : undefined)
    const told = copy === undefined ? [] : [`Another version of it is ${placeOf(copy)}.`]
    if (obstacle !== undefined) {
      const lost = lostReferences(record.resource, context.references)
      const lostWords =
        lost.length === 0
          ? []
          : [`Left out, as the payer did not send what it points to: ${lost.join(', ')}.`]
      return {
        record,
        tier: fallback,
        reason: obstacle,
        told: [...told, ...lostWords],
        otherwise: last.slice(1),
      }
    }
    const planned = entryFor(record)
    return { ...planned, told: [...told, ...planned.told] }
  })
  const copies = known.copies
  return {
    context,
    records,
    fallback,
    document,
    profile,
    provenance,
    notices: planNotices(records, { ehrName, provenance, document, profile, copies }),
    capability,
  }
}

const placeOf = ({ kind, reference, date }: ChartCopy): string =>
  kind === 'entry' ? `in the chart as ${reference}` : `in the document of ${formatDate(date)} (${reference})`

function alreadyThere(record: HistoryRecord, copy: ChartCopy, planned?: PlannedRecord): PlannedRecord {
  const there = {
    record,
    tier: 'there',
    copy,
    reason: `It is ${placeOf(copy)}.`,
    told: [],
    otherwise: [],
  } as const
  return copy.kind === 'entry' && planned?.entry !== undefined ? { ...there, entry: planned.entry } : there
}

interface EntryWorld {
  readonly context: WriteContext
  readonly profile: EhrProfile
  readonly provenance: WritePlan['provenance']
  readonly known: PlanKnowledge
  readonly otherwise: readonly Tier[]
}

function plannedEntry(record: HistoryRecord, world: EntryWorld): PlannedRecord {
  const { context, profile, provenance, known, otherwise } = world
  const isOpen = mayBeSaid(record, profile)
  const say = (isOpen ? known.says.get(record.key) : undefined) ?? asHeard
  const { resource, told } = prepare(record, {
    references: context.references,
    memberPatientId: context.member.patientId,
    patientId: context.patientId,
    payerBase: context.payerBase,
    payerName: context.member.payer.name,
    unconfirmed: profile.conditions,
    say,
  })
  const token = identifierToken(sourceUrl(context.payerBase, record.resource))
  return {
    record,
    tier: 'entry',
    reason: `${context.ehrName} accepts it as an entry.`,
    told,
    otherwise,
    entry: {
      resource: provenance === 'stored' ? resource : withSourceNote(resource, record, context),
      token,
      ifNoneExist: ifNoneExist(token, context.patientId),
    },
    ...(isOpen && { diagnosis: say }),
  }
}
