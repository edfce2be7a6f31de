import type { Ehr } from './context'
import { displayName } from './display'
import { type Origin, originOf, provenanceOf } from './provenance'
import { type RecordSummary, summarize } from './record-display'
import { allOf, type FhirType, type Record, resolve } from './records'

/** One part of the chart. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly types: readonly FhirType[]
  readonly empty: string
}

export const SECTIONS: readonly Section[] = [
  { id: 'problems', title: 'Problems', types: ['Condition'], empty: 'No problems on file.' },
  {
    id: 'medications',
    title: 'Medications',
    types: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense'],
    empty: 'No medications on file.',
  },
  {
    id: 'allergies',
    title: 'Allergies',
    types: ['AllergyIntolerance'],
    empty: 'No allergies recorded. Ask the patient.',
  },
  { id: 'procedures', title: 'Procedures', types: ['Procedure'], empty: 'No procedures on file.' },
  { id: 'encounters', title: 'Encounters', types: ['Encounter'], empty: 'No visits on file.' },
  {
    id: 'results',
    title: 'Results',
    types: ['Observation', 'DiagnosticReport'],
    empty: 'No results on file.',
  },
  {
    id: 'immunizations',
    title: 'Immunizations',
    types: ['Immunization'],
    empty: 'No immunizations on file.',
  },
  { id: 'documents', title: 'Documents', types: ['DocumentReference'], empty: 'No documents on file.' },
  {
    id: 'orders',
    title: 'Orders',
    types: [
      'ServiceRequest',
      'DeviceRequest',
      'NutritionOrder',
      'VisionPrescription',
      'CommunicationRequest',
    ],
    empty: 'No orders on file.',
  },
  { id: 'plans', title: 'Plans and goals', types: ['CarePlan', 'Goal'], empty: 'No plans on file.' },
  { id: 'coverages', title: 'Coverages', types: ['Coverage'], empty: 'No coverage on file.' },
]

/** A record as the chart lists it. */
export interface ChartRow {
  readonly reference: string
  readonly record: Record<FhirType>
  readonly summary: RecordSummary
  /** Set when it came through the API since the start: when, ISO instant. */
  readonly writtenAt?: string
  readonly origins: readonly Origin[]
}

/** The name behind a reference without display, where the chart knows it. */
function named(ehr: Ehr, who: string | undefined): string | undefined {
  if (who === undefined || !/^[A-Z][A-Za-z]+\/\S+$/.test(who)) return who
  const name = displayName(resolve(ehr.store, who))
  return name === 'Not known' ? who : name
}

/** One record with its origin, ready to be shown. */
export function chartRow(ehr: Ehr, patient: string, record: Record<FhirType>): ChartRow {
  const reference = `${record.resourceType}/${record.id}`
  const summary = summarize(record)
  const origins = provenanceOf(ehr.store, patient, reference).map(originOf)
  return {
    reference,
    record,
    summary: { ...summary, who: named(ehr, summary.who) },
    ...(ehr.isNew(record.resourceType, record.id) ? { writtenAt: record.meta.lastUpdated } : {}),
    origins: origins.map((o) => ({
      ...o,
      source: named(ehr, o.source) ?? o.source,
      via: named(ehr, o.via),
      by: named(ehr, o.by),
    })),
  }
}

/** A section's records: what was written here lately first, then by date, latest first. At most `limit` of them are looked into. */
export function sectionRows(
  ehr: Ehr,
  patient: string,
  section: Section,
  limit: number,
): { readonly rows: readonly ChartRow[]; readonly total: number } {
  const records = section.types.flatMap((type): readonly Record<FhirType>[] =>
    allOf(ehr.store, type, patient),
  )
  const keyed = records.map((record) => ({
    record,
    isNew: ehr.isNew(record.resourceType, record.id),
    when: summarize(record).when ?? '',
  }))
  const ordered = keyed.toSorted((a, b) => Number(b.isNew) - Number(a.isNew) || b.when.localeCompare(a.when))
  return {
    rows: ordered.slice(0, limit).map(({ record }) => chartRow(ehr, patient, record)),
    total: records.length,
  }
}
