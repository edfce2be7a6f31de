import type { Coding } from 'fhir/r4'

/** Something that can be booked here. */
export interface Service {
  readonly id: string
  readonly label: string
  readonly coding: Coding
  readonly minutes: number
}

const HCPCS = 'http://terminology.hl7.org/CodeSystem/HCPCS'
const LOINC = 'http://loinc.org'

/** What the booking form offers. Codes only of systems whose descriptions may be shipped. */
export const SERVICES: readonly Service[] = [
  {
    id: 'specialist',
    label: 'Specialist visit',
    coding: { system: HCPCS, code: 'G0463', display: 'Hospital outpatient clinic visit' },
    minutes: 30,
  },
  {
    id: 'mri-lumbar',
    label: 'MRI of the lower back',
    coding: { system: LOINC, code: '24968-9', display: 'MR Lumbar spine' },
    minutes: 45,
  },
  {
    id: 'nutrition',
    label: 'Nutrition counselling',
    coding: { system: HCPCS, code: 'G0270', display: 'Medical nutrition therapy, reassessment' },
    minutes: 30,
  },
  {
    id: 'sleep-test',
    label: 'Home sleep test, hand-out',
    coding: { system: HCPCS, code: 'G0398', display: 'Home sleep study test' },
    minutes: 15,
  },
  {
    id: 'laboratory',
    label: 'Blood draw, HbA1c',
    coding: { system: LOINC, code: '4548-4', display: 'Hemoglobin A1c/Hemoglobin.total in Blood' },
    minutes: 15,
  },
  {
    id: 'laser',
    label: 'Laser eye surgery',
    coding: { system: HCPCS, code: 'S0800', display: 'Laser in situ keratomileusis (LASIK)' },
    minutes: 60,
  },
]

export function findService(id: string | undefined): Service | undefined {
  return SERVICES.find((service) => service.id === id)
}
