import type { Coverage, HumanName, Patient, Reference } from 'fhir/r4'
import { workdaysAfter } from '../../front-desk/calendar'
import type { Person, Plan } from '../../front-desk/people'

/** What the chart calls each payer, and where that payer's member numbers come from. */
const PAYERS = {
  acme: ['acme-health', 'Acme Health', 'https://acme-health.example/fhir/member-id'],
  borealis: ['borealis-mutual', 'Borealis Mutual', 'https://borealis-mutual.example/members'],
  cedar: ['cedar-care', 'Cedar Care', 'https://cedar-care.example/member-number'],
  delta: ['delta-plan', 'Delta Plan', 'https://delta-plan.example/fhir/member'],
  unlisted: ['unlisted-plan', 'Unlisted Plan', 'https://unlisted-plan.example/members'],
} as const

const LANGUAGES = { en: 'English', es: 'Spanish' } as const

const MEMBER = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB', display: 'Member Number' }],
}
const RECORD = {
  coding: [
    { system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR', display: 'Medical record number' },
  ],
}

/** What a person is called where only one line is shown. */
export const nameOf = ({ given, family }: Person): string => `${given} ${family}`

/** A reference to a person's Patient. */
export const patientReference = (person: Person): Reference => ({
  reference: `Patient/${person.id}`,
  display: nameOf(person),
})

/** A name in its own script, which in Han script is written family name first. */
const ownName = ([family, given]: NonNullable<Person['own']>): HumanName => ({
  use: 'official',
  family,
  given: [given],
  ...(/\p{Script=Han}/u.test(family) ? { text: `${family} ${given}` } : {}),
})

/** The Patient of a person. `language` is the one to speak with them. */
export function patientOf(person: Person, recordNumber: string): Patient & { readonly id: string } {
  const { id, family, given, own, gender, born, language = 'en' } = person
  const latin = { use: 'official' as const, family, given: [given] }
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ use: 'usual', type: RECORD, system: 'urn:oid:1.2.3.4.5.1', value: recordNumber }],
    active: true,
    name: own ? [ownName(own), { ...latin, use: 'usual' }] : [latin],
    telecom: [{ system: 'phone', value: `608-555-${recordNumber.slice(-4)}`, use: 'mobile' }],
    gender,
    birthDate: born,
    communication: [
      {
        language: {
          coding: [{ system: 'urn:ietf:bcp:47', code: language, display: LANGUAGES[language] }],
          text: LANGUAGES[language],
        },
        preferred: true,
      },
    ],
    managingOrganization: { reference: 'Organization/lakeside-clinic', display: 'Lakeside Clinic' },
  }
}

/** Nobody but the patient pays. */
const selfPay = (person: Person): Pick<Coverage, 'type' | 'payor'> => ({
  type: {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/coverage-selfpay', code: 'pay', display: 'PAY' },
    ],
    text: 'Patient pays',
  },
  payor: [patientReference(person)],
})

const insured = (payer: Exclude<Plan['payer'], 'self'>): Pick<Coverage, 'type' | 'payor'> => ({
  type: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
        code: 'PPO',
        display: 'preferred provider organization policy',
      },
    ],
  },
  payor: [{ reference: `Organization/${PAYERS[payer][0]}`, display: PAYERS[payer][1] }],
})

const endOf = ({ end }: Plan, desk: string): string | undefined =>
  typeof end === 'number' ? workdaysAfter(desk, end) : end

/** The Coverages of a person, the first one first. `desk` is the desk day, from which relative ends count. */
export function coveragesOf(person: Person, desk: string): readonly (Coverage & { readonly id: string })[] {
  return person.plans.map((plan, index) => {
    const { payer, relationship = 'self' } = plan
    const number = plan.chartNumber ?? plan.number
    const end = endOf(plan, desk)
    return {
      resourceType: 'Coverage',
      id: `${person.id}-${payer}`,
      ...(payer !== 'self' && number
        ? { identifier: [{ type: MEMBER, system: PAYERS[payer][2], value: number }], subscriberId: number }
        : {}),
      status: plan.status ?? 'active',
      beneficiary: patientReference(person),
      relationship: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship', code: relationship },
        ],
      },
      period: { start: '2024-01-01', ...(end === undefined ? {} : { end }) },
      order: index + 1,
      ...(payer === 'self' ? selfPay(person) : insured(payer)),
    }
  })
}
