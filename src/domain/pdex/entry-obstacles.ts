import type { ServerCapability } from '../fhir/capability'
import { words } from '../fhir/display'
import type { Refusals } from './document-form'
import type { EhrProfile } from './ehr-profile'
import { ENTRY_TYPES } from './prepare'
import type { HistoryRecord } from './record'

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
  readonly ehrName: string
  readonly profile: EhrProfile
  readonly refused: Refusals
}

/** Undefined where the record can be an entry of its own; else the reason, in words. */
export function whyNoEntry(record: HistoryRecord, rules: EntryRules): string | undefined {
  const { capability, ehrName, profile, refused } = rules
  const type = record.resource.resourceType
  if (Object.hasOwn(KEPT_OUT, type)) return KEPT_OUT[type]
  if (record.hold !== undefined) return HOLDS[record.hold]
  const entryType = Object.hasOwn(ENTRY_TYPES, type) ? ENTRY_TYPES[type] : undefined
  if (entryType === undefined) return `${pluralOf(type)} are kept in a document.`
  // R4 resources are never translated to older FHIR (PDex §49).
  if (capability.release !== 'R4') return `${ehrName} does not speak FHIR R4.`
  const takes = `${ehrName} does not accept ${pluralOf(type).toLowerCase()} from apps.`
  const isFill = entryType !== type
  const notAsEntry = isFill ? 'A pharmacy claim is not an order, so it is not written as one.' : takes
  switch (capability.canCreate(entryType)) {
    case 'yes':
      if (refused.types.has(entryType))
        return `${ehrName} refused ${pluralOf(entryType).toLowerCase()} in this session.`
      return profile.entries?.includes(entryType) === false ? notAsEntry : undefined
    case 'no-capability':
      return notAsEntry
    case 'no-scope':
      return `This app has no permission to add ${pluralOf(entryType).toLowerCase()} here. The person who looks after it can ask for access.`
  }
}

/** Name of a resource type, many of them. */
export const pluralOf = (type: string): string => {
  const name = words(type)
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
}
