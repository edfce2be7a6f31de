import { codes } from '../fhir/coding'
import type { References } from '../fhir/references'
import { objects, text } from '../json'
import { codeKey } from './reconcile-codes'
import { type Span, spanOf } from './reconcile-dates'
import type { HistoryRecord } from './record'
import { recordParties } from './record-parties'

/** A record that a claim's line describes without naming it. */
export interface LineMatch {
  readonly claim: HistoryRecord
  readonly record: HistoryRecord
  readonly reason: string
}

/** What a line of a claim may describe, and how its code is called. Their codes stand where `display` found them. */
const NOUNS: Readonly<Record<string, string>> = {
  Encounter: 'visit',
  Procedure: 'procedure',
  MedicationDispense: 'medicine',
  Immunization: 'vaccine',
  DiagnosticReport: 'report',
  Observation: 'test',
  Condition: 'diagnosis',
}

/**
 * What claims and other records tell alike: the same code of the same system, on the same day, by the same provider (NPI). All
 * three, or they are left apart (PDex facts 9). Claims that were taken back, or that only ask, describe nothing that was done.
 */
export function claimLines(
  records: readonly HistoryRecord[],
  references: References,
): { readonly matches: (record: HistoryRecord) => readonly LineMatch[] } {
  const claims = new Map<string, Set<HistoryRecord>>()
  for (const record of records)
    for (const key of claimKeys(record)) {
      const known = claims.get(key)
      if (known) known.add(record)
      else claims.set(key, new Set([record]))
    }
  const providers = new Map<HistoryRecord, ReadonlySet<string>>()
  const providersOf = (record: HistoryRecord): ReadonlySet<string> => {
    const known = providers.get(record) ?? npis(record, references)
    providers.set(record, known)
    return known
  }
  return {
    matches(record) {
      const noun = nounOf(record)
      if (claims.size === 0 || noun === undefined) return NO_MATCHES
      if (record.hold !== undefined || record.caution !== undefined) return NO_MATCHES
      const found = new Set(keysOf(record).flatMap((key) => [...(claims.get(key) ?? [])]))
      return [...found]
        .filter((claim) => [...providersOf(record)].some((npi) => providersOf(claim).has(npi)))
        .map((claim) => ({ claim, record, reason: `Same ${noun} code, day and provider.` }))
    },
  }
}

const NO_MATCHES: readonly LineMatch[] = []

function nounOf({ resource: { resourceType } }: HistoryRecord): string | undefined {
  return Object.hasOwn(NOUNS, resourceType) ? NOUNS[resourceType] : undefined
}

const isDiagnosis = (record: HistoryRecord): boolean => record.resource.resourceType === 'Condition'

/** `code day` of all that a claim says was done, and `diagnosis code day` of what it was done for. */
function claimKeys({ resource, hold, caution }: HistoryRecord): readonly string[] {
  const isBill = resource.resourceType === 'ExplanationOfBenefit' && (resource.use ?? 'claim') === 'claim'
  if (!isBill || hold !== undefined || caution !== undefined) return []
  const whole = dayOf(spanOf(resource, ['billablePeriod']))
  const lines = objects(resource, 'item').flatMap((item) =>
    keyed(item.productOrService, dayOf(spanOf(item, ['servicedDate', 'servicedPeriod'])) ?? whole),
  )
  const done = objects(resource, 'procedure').flatMap((procedure) =>
    keyed(procedure.procedureCodeableConcept, dayOf(spanOf(procedure, ['date'])) ?? whole),
  )
  const diagnoses = objects(resource, 'diagnosis').flatMap((diagnosis) =>
    keyed(diagnosis.diagnosisCodeableConcept, whole).map((key) => `diagnosis ${key}`),
  )
  return [...lines, ...done, ...diagnoses]
}

const keyed = (concept: unknown, day: string | undefined): readonly string[] =>
  day === undefined ? [] : codes(concept).flatMap((code) => withDay(codeKey(code), day))

const withDay = (key: string | undefined, day: string): readonly string[] =>
  key === undefined ? [] : [`${key} ${day}`]

function keysOf(record: HistoryRecord): readonly string[] {
  const { resource, display } = record
  const isFound = isDiagnosis(record)
  const written = isFound ? [display.when, text(resource, 'recordedDate')] : [display.when]
  const days = new Set(
    written.flatMap((when) => dayOf(when === undefined ? undefined : { from: when, to: when }) ?? []),
  )
  const keys = display.codes.flatMap((code) => [...days].flatMap((day) => withDay(codeKey(code), day)))
  return isFound ? keys.map((key) => `diagnosis ${key}`) : keys
}

/** The day of what took one day; a month, or a stay of several days, is no day. */
function dayOf(span: Span | undefined): string | undefined {
  const [from, to] = [(span?.from ?? span?.to)?.slice(0, 10), (span?.to ?? span?.from)?.slice(0, 10)]
  return from !== undefined && from.length === 10 && from === to ? from : undefined
}

function npis(record: HistoryRecord, references: References): ReadonlySet<string> {
  const { organization, practitioner, location } = recordParties(record, references)
  return new Set([...organization, ...practitioner, ...location].flatMap(({ npi }) => npi))
}
