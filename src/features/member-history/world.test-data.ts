import type { FhirJson } from '../../domain/json'
import type { Payer } from '../../domain/payer-directory'
import type { HistoryPreset } from '../../domain/pdex/preset'
import type { Reconciled } from '../../domain/pdex/reconcile'
import type { CdsPort, Created, Ports, PreferencePort } from '../../domain/ports'
import { ok, type Problem, type Result } from '../../domain/result'

export const acme: Payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [{ system: 'urn:payers', value: 'acme' }],
  fhirBase: 'https://payer.example/fhir',
  authorization: 'open',
  phone: '555-0100',
}

export const jane: FhirJson = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ type: { coding: [{ code: 'MR' }] }, value: '0045 1187' }],
  name: [{ family: 'Roe', given: ['Jane'] }],
  birthDate: '1965-07-14',
  gender: 'female',
}

export const memberJane: FhirJson = {
  ...jane,
  id: 'm1',
  identifier: [
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
      system: 'urn:acme:members',
      value: 'M-1',
    },
  ],
}

const coverage: FhirJson = {
  resourceType: 'Coverage',
  id: 'c1',
  status: 'active',
  subscriberId: 'M-1',
  beneficiary: { reference: 'Patient/p1' },
  payor: [{ identifier: { system: 'urn:payers', value: 'acme' }, display: 'Acme Health' }],
}

/** What the world answers in one test. Each answer is what the port returns. */
export interface World {
  readonly payers: readonly Payer[]
  readonly payerSignIn?: Ports['payerSignIn']
  readonly coverages: readonly FhirJson[]
  readonly appContext?: unknown
  /** Resource types with `create`. */
  readonly creates: readonly string[]
  /** Granted at launch; absent: all. */
  readonly scopes?: readonly string[]
  readonly coverageProblem?: Problem
  /** The payer's hooks. */
  readonly cds?: CdsPort
  /** What the payer's well-known file says. */
  readonly wellKnown?: Result<unknown>
  readonly capabilityProblem?: Problem
  /** What `$member-match` answers. */
  readonly match: Result<FhirJson> | (() => Result<FhirJson>)
  /** The payer's Patient, where it is not Jane. */
  readonly member?: FhirJson
  /** What the payer holds, by type. A Problem where the search fails. */
  readonly records: Readonly<Record<string, readonly FhirJson[] | Problem>>
  /** What the chart holds beside its coverages, by type. A Problem where the search fails. */
  readonly chart?: Readonly<Record<string, readonly FhirJson[] | Problem>>
  readonly pageSize?: number
  /** Answers a create. */
  readonly create?: (resource: FhirJson) => Result<Created> | Promise<Result<Created>>
  readonly pdf?: Result<Uint8Array>
  /** In place of comparing. */
  readonly comparison?: () => Result<Reconciled> | undefined
  /** The organization's filters. */
  readonly presets?: readonly HistoryPreset[]
  readonly preferences?: PreferencePort
  /** Holds every page of the payer until it resolves. */
  readonly gate?: () => Promise<void>
}

const condition = (id: string, code: string, display: string, when = '2026-06-18'): FhirJson => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/m1' },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, display }] },
  clinicalStatus: { coding: [{ code: 'active' }] },
  recordedDate: when,
})

const medication = (id: string, display: string, when = '2026-08-21'): FhirJson => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/m1' },
  medicationCodeableConcept: { text: display },
  authoredOn: when,
})

/** `$member-match` answered with a member identifier. */
const matched: Result<FhirJson> = ok({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'MemberIdentifier',
      valueIdentifier: {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
        system: 'urn:acme:members',
        value: 'M-1',
      },
    },
    { name: 'MemberId', valueReference: { reference: 'Patient/m1' } },
  ],
})

export const world: World = {
  payers: [acme],
  coverages: [coverage],
  creates: ['Condition', 'DocumentReference', 'Provenance'],
  match: matched,
  records: {
    Condition: [
      condition('1', 'I48.91', 'Atrial fibrillation'),
      condition('2', 'R07.9', 'Chest pain', '2019'),
    ],
    MedicationRequest: [medication('3', 'Apixaban 5 mg tablet')],
    Procedure: [],
    Encounter: [],
    MedicationDispense: [],
  },
}
