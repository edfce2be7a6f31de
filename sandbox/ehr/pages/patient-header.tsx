/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Ehr } from '../context'
import { addressText, ageAt, dateText, displayName, medicalRecordNumber, otherNames } from '../display'
import { activeCoverages, payerName } from '../patients'
import type { Record } from '../records'

interface PatientHeaderProps {
  readonly ehr: Ehr
  readonly patient: Record<'Patient'>
  readonly children?: unknown
}

/** Who this is: name, born (age), gender, record number, coverage. */
export function PatientHeader({ ehr, patient }: PatientHeaderProps) {
  const age = ageAt(patient.birthDate, new Date(ehr.now()).toISOString().slice(0, 10))
  const coverages = activeCoverages(ehr, patient.id).map((c) => payerName(ehr.store, c))
  const facts: readonly (readonly [string, string])[] = [
    [
      'Born',
      [dateText(patient.birthDate) ?? 'Not known', age === undefined ? '' : `(${age})`].join(' ').trim(),
    ],
    ['Gender', patient.gender ?? 'Not known'],
    ['MRN', medicalRecordNumber(patient)],
    ['Coverage', coverages.join(', ') || 'None active'],
    ['Address', addressText(patient.address?.[0]) ?? 'Not known'],
  ]
  return (
    <div class="patient">
      <h1>{[displayName(patient), ...otherNames(patient)].join(', ')}</h1>
      <dl>
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
