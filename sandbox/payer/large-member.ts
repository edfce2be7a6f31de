import type {
  Condition,
  DiagnosticReport,
  Encounter,
  ExplanationOfBenefit,
  FhirResource,
  Immunization,
  MedicationDispense,
  Observation,
  Procedure,
  Provenance,
} from 'fhir/r4'
import type { FhirStore } from '../fhir'

/** How many of each type; with the Patient and the Coverage, which are always there, ten thousand. */
const COUNTS = {
  Observation: 5198,
  MedicationDispense: 1450,
  ExplanationOfBenefit: 1000,
  Encounter: 850,
  Procedure: 600,
  Condition: 400,
  DiagnosticReport: 300,
  Immunization: 100,
  Provenance: 100,
} as const

type MadeType = keyof typeof COUNTS

const TERM = 'http://terminology.hl7.org/CodeSystem'
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
const CPT = 'http://www.ama-assn.org/go/cpt'
const UCUM = 'http://unitsofmeasure.org'

type Code = readonly [code: string, display: string]
type Test = readonly [...Code, unit: string, low: number]
type Some<T> = readonly [T, ...T[]]

const PROBLEMS: Some<Code> = [
  ['I10', 'Essential (primary) hypertension'],
  ['E11.9', 'Type 2 diabetes mellitus without complications'],
  ['E78.5', 'Hyperlipidemia, unspecified'],
  ['M54.50', 'Low back pain, unspecified'],
  ['J06.9', 'Acute upper respiratory infection, unspecified'],
  ['N39.0', 'Urinary tract infection, site not specified'],
]

const TESTS: Some<Test> = [
  ['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '%', 5],
  ['2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'mg/dL', 80],
  ['2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', 3],
  ['2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'mmol/L', 132],
  ['29463-7', 'Body weight', 'kg', 70],
  ['8867-4', 'Heart rate', '/min', 60],
]

const MEDICINES: Some<Code> = [
  ['314076', 'lisinopril 10 MG Oral Tablet'],
  ['861007', 'metformin hydrochloride 500 MG Oral Tablet'],
  ['617310', 'atorvastatin 20 MG Oral Tablet'],
]

const DONE: Some<Code> = [
  ['93000', 'Electrocardiogram'],
  ['97110', 'Therapeutic exercises'],
  ['36415', 'Collection of venous blood'],
]

const of = <T>(list: Some<T>, i: number): T => list[i % list.length] ?? list[0]

/** A day of the last twenty years, another for each number. */
const dayOf = (i: number): string =>
  new Date(Date.UTC(2006, 11, 1) + ((i * 37) % 7250) * 86_400_000).toISOString().slice(0, 10)

const coded = (system: string, [code, display]: Code) => ({
  coding: [{ system, code, display }],
  text: display,
})

/** The records of one member, the same at every start: `i` is the number of the record among its type. */
function maker(patient: string): { readonly [T in MadeType]: (id: string, i: number) => FhirResource } {
  const subject = { reference: `Patient/${patient}`, display: 'Hugo Lang' }
  const northside = { reference: 'Organization/northside', display: 'Northside Hospital' }
  const acme = { reference: 'Organization/acme-health', display: 'Acme Health' }
  return {
    Observation: (id, i): Observation => {
      const [code, display, unit, low] = of(TESTS, i)
      const category = i % TESTS.length < 4 ? 'laboratory' : 'vital-signs'
      return {
        resourceType: 'Observation',
        id,
        status: 'final',
        category: [{ coding: [{ system: `${TERM}/observation-category`, code: category }] }],
        code: coded('http://loinc.org', [code, display]),
        subject,
        effectiveDateTime: dayOf(i),
        valueQuantity: { value: low + (i % 17), unit, system: UCUM, code: unit },
      }
    },
    MedicationDispense: (id, i): MedicationDispense => ({
      resourceType: 'MedicationDispense',
      id,
      status: 'completed',
      medicationCodeableConcept: coded('http://www.nlm.nih.gov/research/umls/rxnorm', of(MEDICINES, i)),
      subject,
      performer: [{ actor: { reference: 'Organization/harbor-2210', display: 'Harbor Pharmacy 2210' } }],
      quantity: { value: 30, unit: 'tablets' },
      daysSupply: { value: 30, unit: 'days', system: UCUM, code: 'd' },
      whenHandedOver: dayOf(i),
    }),
    ExplanationOfBenefit: (id, i): ExplanationOfBenefit => ({
      resourceType: 'ExplanationOfBenefit',
      id,
      status: 'active',
      type: { coding: [{ system: `${TERM}/claim-type`, code: 'professional' }] },
      use: 'claim',
      patient: subject,
      billablePeriod: { start: dayOf(i), end: dayOf(i) },
      created: dayOf(i),
      insurer: acme,
      provider: northside,
      outcome: 'complete',
      diagnosis: [{ sequence: 1, diagnosisCodeableConcept: coded(ICD, of(PROBLEMS, i)) }],
      insurance: [{ focal: true, coverage: { reference: 'Coverage/cov-90002' } }],
      item: [{ sequence: 1, productOrService: coded(CPT, of(DONE, i)), servicedDate: dayOf(i) }],
    }),
    Encounter: (id, i): Encounter => ({
      resourceType: 'Encounter',
      id,
      status: 'finished',
      class: { system: `${TERM}/v3-ActCode`, code: 'AMB', display: 'ambulatory' },
      type: [{ text: 'Office visit' }],
      subject,
      period: { start: dayOf(i), end: dayOf(i) },
      reasonCode: [coded(ICD, of(PROBLEMS, i))],
      serviceProvider: northside,
    }),
    Procedure: (id, i): Procedure => ({
      resourceType: 'Procedure',
      id,
      status: 'completed',
      code: coded(CPT, of(DONE, i)),
      subject,
      performedDateTime: dayOf(i),
    }),
    Condition: (id, i): Condition => ({
      resourceType: 'Condition',
      id,
      clinicalStatus: { coding: [{ system: `${TERM}/condition-clinical`, code: 'active' }] },
      verificationStatus: { coding: [{ system: `${TERM}/condition-ver-status`, code: 'confirmed' }] },
      category: [{ coding: [{ system: `${TERM}/condition-category`, code: 'encounter-diagnosis' }] }],
      code: coded(ICD, of(PROBLEMS, i)),
      subject,
      recordedDate: dayOf(i),
    }),
    DiagnosticReport: (id, i): DiagnosticReport => ({
      resourceType: 'DiagnosticReport',
      id,
      status: 'final',
      category: [{ coding: [{ system: `${TERM}/v2-0074`, code: 'LAB' }] }],
      code: coded('http://loinc.org', ['24323-8', 'Comprehensive metabolic panel']),
      subject,
      effectiveDateTime: dayOf(i),
      result: [{ reference: `Observation/${idOf('Observation', i)}` }],
    }),
    Immunization: (id, i): Immunization => ({
      resourceType: 'Immunization',
      id,
      status: 'completed',
      vaccineCode: coded('http://hl7.org/fhir/sid/cvx', ['150', 'Influenza, injectable, quadrivalent']),
      patient: subject,
      occurrenceDateTime: dayOf(i),
    }),
    // Each of the exchange's Provenances is about fifty observations.
    Provenance: (id, i): Provenance => ({
      resourceType: 'Provenance',
      id,
      target: Array.from({ length: 50 }, (_, n) => ({
        reference: `Observation/${idOf('Observation', i * 50 + n)}`,
      })),
      recorded: `${dayOf(i)}T06:00:00Z`,
      agent: [
        {
          type: {
            coding: [
              {
                system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type',
                code: 'transmitter',
              },
            ],
          },
          who: acme,
        },
      ],
    }),
  }
}

const idOf = (type: MadeType, i: number): string =>
  `large-${type.toLowerCase()}-${String(i).padStart(4, '0')}`

/** The member who has ten thousand records. */
export const LARGE_MEMBER = 'm-90002'

/** Puts the large member's records into the store, unless they are there. Does nothing where there is no such member. */
export function makeLargeMember(store: FhirStore): void {
  if (!store.get('Patient', LARGE_MEMBER) || store.get('Observation', idOf('Observation', 0))) return
  const make = maker(LARGE_MEMBER)
  for (const type of Object.keys(COUNTS) as MadeType[])
    for (let i = 0; i < COUNTS[type]; i += 1) {
      const id = idOf(type, i)
      store.load(make[type](id, i), id)
    }
}
