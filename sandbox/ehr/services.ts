import type { Coding } from 'fhir/r4'

/** Something that can be booked here. */
export interface Service {
  readonly id: string
  readonly label: string
  /** The clinic's own service type, and the code a payer knows it by. */
  readonly coding: readonly [own: Coding, payers: Coding]
  readonly minutes: number
}

const HCPCS = 'http://terminology.hl7.org/CodeSystem/HCPCS'
const LOINC = 'http://loinc.org'

const own = (code: string, display: string): Coding => ({
  system: 'https://lakeside.example/service-types',
  code,
  display,
})

/** What the booking form offers. Codes only of systems whose descriptions may be shipped. */
export const SERVICES: readonly Service[] = [
  {
    id: 'specialist',
    label: 'Specialist visit',
    coding: [
      own('new-patient', 'New patient visit'),
      { system: HCPCS, code: 'G0463', display: 'Hospital outpatient clinic visit' },
    ],
    minutes: 30,
  },
  {
    id: 'mri-lumbar',
    label: 'MRI of the lower back',
    coding: [own('imaging', 'Imaging'), { system: LOINC, code: '24968-9', display: 'MR Lumbar spine' }],
    minutes: 45,
  },
  {
    id: 'nutrition',
    label: 'Nutrition counselling',
    coding: [
      own('nutrition', 'Nutrition counselling'),
      { system: HCPCS, code: 'G0270', display: 'Medical nutrition therapy, reassessment' },
    ],
    minutes: 30,
  },
  {
    id: 'sleep-test',
    label: 'Home sleep test, hand-out',
    coding: [
      own('sleep-study', 'Sleep study set-up'),
      { system: HCPCS, code: 'G0398', display: 'Home sleep study test' },
    ],
    minutes: 15,
  },
  {
    id: 'laboratory',
    label: 'Blood draw, HbA1c',
    coding: [
      own('laboratory', 'Laboratory draw'),
      { system: LOINC, code: '4548-4', display: 'Hemoglobin A1c/Hemoglobin.total in Blood' },
    ],
    minutes: 15,
  },
  {
    id: 'laser',
    label: 'Laser eye surgery',
    coding: [
      own('new-patient', 'New patient visit'),
      { system: HCPCS, code: 'S0800', display: 'Laser in situ keratomileusis (LASIK)' },
    ],
    minutes: 60,
  },
]

export function findService(id: string | undefined): Service | undefined {
  return SERVICES.find((service) => service.id === id)
}
