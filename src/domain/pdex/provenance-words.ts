import { formatDate } from '../fhir/format-date'
import { type FhirJson, list } from '../json'
import type { RecordProvenance } from './provenance'
import type { HistoryRecord } from './record'
import type { WriteContext } from './write-plan'

const ORIGINS = {
  'billing-derived': 'From a bill',
  clinical: 'Clinical',
  unknown: 'Kind of source not stated',
} as const

/** Who recorded it, who passed it on, and when: the same words in a document and in an entry's note (PDex §229). */
export function provenanceWords(
  { origin, author, chain, transmitter, recorded }: RecordProvenance,
  payerName: string,
): string {
  const hands = chain ?? [transmitter ?? payerName]
  return [
    ORIGINS[origin],
    author === undefined ? 'recorded by: not stated' : `recorded by ${author}`,
    `passed on by ${hands.join(', then ')}`,
    ...(recorded === undefined ? [] : [`source dated ${formatDate(recorded)}`]),
  ].join('; ')
}

/** Epic takes no longer note (PDex facts 6.3). */
const LONGEST_NOTE = 450

/** The entry with its source in its note: all types that become entries have one (R4). */
export function withSourceNote(entry: FhirJson, record: HistoryRecord, context: WriteContext): FhirJson {
  const words = provenanceWords(record.provenance, context.member.payer.name)
  const note = `Outside record from ${context.member.payer.name}, not verified. ${words}.`
  return { ...entry, note: [...list(entry, 'note'), { text: note.slice(0, LONGEST_NOTE) }] }
}
