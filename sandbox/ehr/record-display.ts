import type { Coverage, FhirResource, Organization, Quantity, Range, Resource } from 'fhir/r4'
import { conceptText, referenceText } from './display'

/** What a row in the chart says of a record. Dates as FHIR has them. */
export interface RecordSummary {
  readonly what: string
  readonly when?: string | undefined
  readonly status?: string | undefined
  readonly who?: string | undefined
  /** Value, dose, reaction: what else a reader looks for. */
  readonly detail?: string | undefined
}

function quantityText(q: Quantity | undefined): string | undefined {
  return q?.value === undefined
    ? undefined
    : [`${q.comparator ?? ''}${q.value}`, q.unit ?? q.code].filter(Boolean).join(' ')
}

function rangeText(range: Range | undefined): string | undefined {
  const ends = [quantityText(range?.low), quantityText(range?.high)].filter(Boolean)
  return ends.length > 0 ? ends.join(' to ') : undefined
}

function join(...parts: readonly (string | undefined)[]): string | undefined {
  const text = parts.filter(Boolean).join(', ')
  return text === '' ? undefined : text
}

type Kind = FhirResource['resourceType']
type Summarizers = {
  readonly [K in Kind]?: (resource: Extract<FhirResource, { resourceType: K }>) => RecordSummary
}

const UNNAMED = 'Without a name'

/** The name of an Organization that a resource carries inside itself. */
function containedName(contained: Coverage['contained']): string | undefined {
  const isOrganization = (r: Resource): r is Organization => r.resourceType === 'Organization'
  return contained?.find(isOrganization)?.name
}

const SUMMARIZERS: Summarizers = {
  Condition: (r) => ({
    what: conceptText(r.code) ?? UNNAMED,
    when: r.onsetDateTime ?? r.onsetPeriod?.start ?? r.recordedDate,
    status: join(conceptText(r.clinicalStatus), conceptText(r.verificationStatus)),
    who: referenceText(r.recorder ?? r.asserter),
  }),
  AllergyIntolerance: (r) => ({
    what: conceptText(r.code) ?? UNNAMED,
    when: r.onsetDateTime ?? r.recordedDate,
    status: join(conceptText(r.clinicalStatus), conceptText(r.verificationStatus)),
    who: referenceText(r.recorder),
    detail: join(...(r.reaction ?? []).flatMap((x) => x.manifestation.map(conceptText)), r.criticality),
  }),
  MedicationRequest: (r) => ({
    what: conceptText(r.medicationCodeableConcept) ?? referenceText(r.medicationReference) ?? UNNAMED,
    when: r.authoredOn,
    status: join('ordered', r.status),
    who: referenceText(r.requester),
    detail: r.dosageInstruction?.[0]?.text,
  }),
  MedicationStatement: (r) => ({
    what: conceptText(r.medicationCodeableConcept) ?? referenceText(r.medicationReference) ?? UNNAMED,
    when: r.effectiveDateTime ?? r.effectivePeriod?.start ?? r.dateAsserted,
    status: join('reported', r.status),
    who: referenceText(r.informationSource),
    detail: r.dosage?.[0]?.text,
  }),
  MedicationDispense: (r) => ({
    what: conceptText(r.medicationCodeableConcept) ?? referenceText(r.medicationReference) ?? UNNAMED,
    when: r.whenHandedOver ?? r.whenPrepared,
    status: join('dispensed', r.status),
    who: referenceText(r.performer?.[0]?.actor),
    detail: quantityText(r.quantity),
  }),
  Procedure: (r) => ({
    what: conceptText(r.code) ?? UNNAMED,
    when: r.performedDateTime ?? r.performedPeriod?.start,
    status: r.status,
    who: referenceText(r.performer?.[0]?.actor),
  }),
  Encounter: (r) => ({
    what: conceptText(r.type?.[0]) ?? r.class?.display ?? r.class?.code ?? UNNAMED,
    when: r.period?.start,
    status: r.status,
    who: referenceText(r.participant?.[0]?.individual ?? r.serviceProvider),
    detail: join(...(r.reasonCode ?? []).map(conceptText)),
  }),
  Observation: (r) => ({
    what: conceptText(r.code) ?? UNNAMED,
    when: r.effectiveDateTime ?? r.effectivePeriod?.start ?? r.issued,
    status: r.status,
    who: referenceText(r.performer?.[0]),
    detail:
      quantityText(r.valueQuantity) ??
      conceptText(r.valueCodeableConcept) ??
      r.valueString ??
      rangeText(r.valueRange) ??
      join(
        ...(r.component ?? []).map(
          (c) => quantityText(c.valueQuantity) ?? conceptText(c.valueCodeableConcept),
        ),
      ),
  }),
  DiagnosticReport: (r) => ({
    what: conceptText(r.code) ?? UNNAMED,
    when: r.effectiveDateTime ?? r.effectivePeriod?.start ?? r.issued,
    status: r.status,
    who: referenceText(r.performer?.[0]),
    detail: r.conclusion,
  }),
  Immunization: (r) => ({
    what: conceptText(r.vaccineCode) ?? UNNAMED,
    when: r.occurrenceDateTime ?? r.occurrenceString,
    status: r.status,
    who: referenceText(r.performer?.[0]?.actor),
  }),
  DocumentReference: (r) => ({
    what: r.description ?? conceptText(r.type) ?? r.content?.[0]?.attachment?.title ?? UNNAMED,
    when: r.date ?? r.context?.period?.start,
    status: join(r.status, r.docStatus),
    who: referenceText(r.author?.[0] ?? r.custodian),
  }),
  Coverage: (r) => ({
    what: referenceText(r.payor?.[0]) ?? containedName(r.contained) ?? UNNAMED,
    when: r.period?.start,
    status: r.status,
    detail: join(
      conceptText(r.type),
      r.subscriberId && `member ${r.subscriberId}`,
      r.period?.end && `until ${r.period.end}`,
    ),
  }),
  ServiceRequest: (r) => ({
    what: conceptText(r.code) ?? UNNAMED,
    when: r.authoredOn,
    status: r.status,
    who: referenceText(r.requester),
  }),
  DeviceRequest: (r) => ({
    what: conceptText(r.codeCodeableConcept) ?? referenceText(r.codeReference) ?? UNNAMED,
    when: r.authoredOn,
    status: r.status,
    who: referenceText(r.requester),
  }),
  NutritionOrder: (r) => ({
    what:
      conceptText(r.oralDiet?.type?.[0]) ??
      conceptText(r.enteralFormula?.baseFormulaType) ??
      conceptText(r.supplement?.[0]?.type) ??
      UNNAMED,
    when: r.dateTime,
    status: r.status,
    who: referenceText(r.orderer),
    detail: r.oralDiet?.instruction ?? r.enteralFormula?.administrationInstruction,
  }),
  VisionPrescription: (r) => ({
    what: conceptText(r.lensSpecification?.[0]?.product) ?? UNNAMED,
    when: r.dateWritten,
    status: r.status,
    who: referenceText(r.prescriber),
    detail: join(...r.lensSpecification.map((lens) => `${lens.eye} ${lens.sphere ?? ''}`.trim())),
  }),
  CommunicationRequest: (r) => ({
    what: r.payload?.[0]?.contentString ?? conceptText(r.category?.[0]) ?? UNNAMED,
    when: r.authoredOn,
    status: r.status,
    who: referenceText(r.requester),
    detail: referenceText(r.recipient?.[0]),
  }),
  CarePlan: (r) => ({
    what: r.title ?? conceptText(r.category?.at(-1)) ?? UNNAMED,
    when: r.period?.start ?? r.created,
    status: r.status,
  }),
  Goal: (r) => ({
    what: conceptText(r.description) ?? UNNAMED,
    when: r.startDate,
    status: r.lifecycleStatus,
  }),
}

/** A record of any type, as a row. Types without a summary of their own show their type. */
export function summarize(resource: FhirResource): RecordSummary {
  const summarizer = SUMMARIZERS[resource.resourceType] as ((r: FhirResource) => RecordSummary) | undefined
  return summarizer?.(resource) ?? { what: resource.resourceType }
}
