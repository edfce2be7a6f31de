import type { Coverage, Encounter, ExplanationOfBenefit, FhirResource, Patient, Procedure } from 'fhir/r4'
import type { FhirStore } from '../fhir'
import { clinicTime, daysAfter, deskDay, workdaysAfter } from '../front-desk/calendar'
import { CROWD, crowdPerson } from '../front-desk/crowd'
import { deskService, type Known, PEOPLE, type Person, type Plan, serviceConcept } from '../front-desk/people'
import type { Payer } from './payer'

type WithId = FhirResource & { readonly id: string }

const PAYERS = ['acme', 'borealis', 'cedar', 'delta'] as const

const idOf = (person: Person): string => `fd-${person.id}`

/** The payer's Patient, with its number of today, and the old one where the payer remembers it. */
function patientOf(
  person: Person,
  plan: Plan,
  number: string,
  payer: Payer,
): Patient & { readonly id: string } {
  const type = { coding: [payer.memberMatch.identifierType] }
  const system = payer.memberSystem
  const old = plan.remembers && plan.chartNumber
  const latin = { use: 'official' as const, family: person.family, given: [person.given] }
  return {
    resourceType: 'Patient',
    id: idOf(person),
    meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'] },
    identifier: [
      { type, system, value: number },
      ...(old ? [{ use: 'old' as const, type, system, value: old }] : []),
    ],
    active: true,
    name: person.own
      ? [
          { use: 'official', family: person.own[0], given: [person.own[1]] },
          { ...latin, use: 'usual' },
        ]
      : [latin],
    gender: person.gender,
    birthDate: person.born,
  }
}

function coverageOf(person: Person, plan: Plan, number: string, payer: Payer, desk: string): WithId {
  const end = plan.known?.end === undefined ? undefined : workdaysAfter(desk, plan.known.end)
  const coverage: Coverage & { readonly id: string } = {
    resourceType: 'Coverage',
    id: `cov-${idOf(person)}`,
    identifier: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
        system: payer.memberSystem,
        value: number,
      },
    ],
    status: 'active',
    subscriberId: number,
    beneficiary: { reference: `Patient/${idOf(person)}` },
    relationship: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship',
          code: plan.relationship ?? 'self',
        },
      ],
    },
    period: { start: '2024-01-01', ...(end === undefined ? {} : { end }) },
    payor: [{ identifier: { ...payer.identifier }, display: payer.title }],
  }
  return coverage
}

/** What was done, once a week up to a week ago. */
function done(known: NonNullable<Known['done']>, patient: string, today: string): readonly WithId[] {
  return Array.from({ length: known.times }, (_, i): Procedure & { readonly id: string } => ({
    resourceType: 'Procedure',
    id: `${patient}-done-${i + 1}`,
    status: 'completed',
    code: serviceConcept(deskService(known.service)),
    subject: { reference: `Patient/${patient}` },
    performedDateTime: daysAfter(today, -7 * (i + 1)),
  }))
}

function elsewhere(known: NonNullable<Known['visit']>, patient: string, desk: string): WithId {
  const visit: Encounter & { readonly id: string } = {
    resourceType: 'Encounter',
    id: `${patient}-elsewhere`,
    status: 'planned',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [serviceConcept(deskService(known.service))],
    subject: { reference: `Patient/${patient}` },
    period: { start: clinicTime(workdaysAfter(desk, known.day), 15 * 60) },
    serviceProvider: { display: 'Summit Specialty Group' },
  }
  return visit
}

function authorization(
  known: NonNullable<Known['authorized']>,
  patient: string,
  payer: Payer,
  today: string,
): WithId {
  const insurer = { identifier: { ...payer.identifier }, display: payer.title }
  const granted: ExplanationOfBenefit & { readonly id: string } = {
    resourceType: 'ExplanationOfBenefit',
    id: `${patient}-authorized`,
    status: 'active',
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }],
    },
    use: 'preauthorization',
    patient: { reference: `Patient/${patient}` },
    created: daysAfter(today, -10),
    insurer,
    provider: { display: 'Lakeside Clinic' },
    outcome: 'complete',
    preAuthRef: [known.number],
    preAuthRefPeriod: [{ start: daysAfter(today, -10), end: daysAfter(today, 80) }],
    insurance: [{ focal: true, coverage: { reference: `Coverage/cov-${patient}` } }],
    item: [{ sequence: 1, productOrService: serviceConcept(deskService(known.service)) }],
  }
  return granted
}

function knownOf({ known = {} }: Plan, patient: string, payer: Payer, now: Date): readonly WithId[] {
  const today = now.toISOString().slice(0, 10)
  return [
    ...(known.done ? done(known.done, patient, today) : []),
    ...(known.visit ? [elsewhere(known.visit, patient, deskDay(now))] : []),
    ...(known.authorized ? [authorization(known.authorized, patient, payer, today)] : []),
  ]
}

/** Makes members of the people who come to the sandbox's front desk, those of its busy days too, with what this payer knows about each. Days are counted from today. */
export function loadFrontDeskMembers(store: FhirStore, payer: Payer, now: Date): void {
  const name = PAYERS.find((each) => each === payer.name)
  if (name === undefined) return
  const crowd = Array.from({ length: CROWD }, (_, i) => crowdPerson(i + 1, name))
  for (const person of [...PEOPLE, ...crowd])
    for (const plan of person.plans) {
      if (plan.payer !== name || plan.number === undefined) continue
      const patient = idOf(person)
      for (const resource of [
        patientOf(person, plan, plan.number, payer),
        coverageOf(person, plan, plan.number, payer, deskDay(now)),
        ...knownOf(plan, patient, payer, now),
      ])
        store.load(resource, resource.id)
    }
  store.keepAsLoaded()
}
