import type { ChartCopies } from './chart-copies'
import type { DocumentPlan } from './document-form'
import type { EhrProfile } from './ehr-profile'
import { pluralOf } from './entry-obstacles'
import type { PlannedRecord, Tier, WritePlan } from './write-plan'

interface NoticeWorld {
  readonly ehrName: string
  readonly provenance: WritePlan['provenance']
  readonly document: DocumentPlan
  readonly profile: EhrProfile
  readonly copies: ChartCopies
}

/** What is to be said of a whole plan, in words. */
export function planNotices(records: readonly PlannedRecord[], world: NoticeWorld): readonly string[] {
  const { ehrName, provenance, document, profile, copies } = world
  const some = (tier: Tier): boolean => records.some((record) => record.tier === tier)
  const unseen = copies.unseen.map((type) => pluralOf(type).toLowerCase())
  const isForgetful = !profile.listsRecords && !copies.unseen.includes('DocumentReference')
  return [
    ...(some('entry') && provenance === 'in-note'
      ? [
          `${ehrName} stores no Provenance from apps: who recorded an entry and who passed it on stands in its note.`,
        ]
      : []),
    ...(some('document') && isForgetful
      ? [
          `${ehrName} does not keep which records a document holds. What you wrote earlier with another selection may be in a document already.`,
        ]
      : []),
    ...(unseen.length > 0 && (some('entry') || some('document'))
      ? [
          `${ehrName} could not be looked through for ${unseen.join(', ')}. What you wrote there earlier is not known here; look into the chart if you are not sure.`,
        ]
      : []),
    ...(document.kind === 'none' && some('download') ? [document.why] : []),
  ]
}
