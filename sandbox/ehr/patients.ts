import type { Coverage, FhirResource } from 'fhir/r4'
import type { FhirStore } from '../fhir/store'
import type { Ehr } from './context'
import { displayName, familyFirst, medicalRecordNumber, otherNames } from './display'
import { allOf, type Record, resolve } from './records'

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ł/gi, 'l')
    .toLowerCase()

/** Patients by family name, those whose name or record number holds every word; accents and case do not count. */
export function searchPatients(store: FhirStore, words: string): readonly Record<'Patient'>[] {
  const wanted = folded(words).split(/\s+/).filter(Boolean)
  return allOf(store, 'Patient')
    .filter((patient) => {
      const names = [displayName(patient), familyFirst(patient), ...otherNames(patient)]
      const text = folded(`${names.join(' ')} ${medicalRecordNumber(patient)}`)
      return wanted.every((word) => text.includes(word))
    })
    .toSorted((a, b) => familyFirst(a).localeCompare(familyFirst(b), 'en'))
}

/** Coverages that hold today, the primary one (lowest order) first. */
export function activeCoverages(
  ehr: Pick<Ehr, 'store' | 'now'>,
  patient: string,
): readonly Record<'Coverage'>[] {
  const today = new Date(ehr.now()).toISOString().slice(0, 10)
  return allOf(ehr.store, 'Coverage', patient)
    .filter((c) => c.beneficiary.reference === `Patient/${patient}`)
    .filter(
      (c) => c.status === 'active' && (c.period?.end === undefined || c.period.end.slice(0, 10) >= today),
    )
    .toSorted((a, b) => (a.order ?? 99) - (b.order ?? 99))
}

/** The Organization that a Coverage names as payor, contained or stored. */
export function payorOf(store: FhirStore, coverage: Coverage): FhirResource | undefined {
  const reference = coverage.payor[0]?.reference ?? ''
  if (reference.startsWith('#'))
    return coverage.contained?.find((r): r is FhirResource => r.id === reference.slice(1))
  return resolve(store, reference)
}

/** What a Coverage's payer is called. */
export function payerName(store: FhirStore, coverage: Coverage): string {
  return coverage.payor[0]?.display ?? displayName(payorOf(store, coverage))
}
