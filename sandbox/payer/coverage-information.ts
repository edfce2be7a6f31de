import { at, type JsonObject, objectsIn } from './json'
import type { Payer } from './payer'
import type { Assertion, Detail, Reason } from './rules'

/** Canonical of the extension that carries the payer's answer (CRD facts A6). */
export const COVERAGE_INFORMATION =
  'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information'

const TEMP = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp'
const DETAIL_2_2 = 'http://terminology.hl7.org/CodeSystem/crd-coverage-detail'

/** What one extension says it about and when. */
export interface Occasion {
  readonly payer: Payer
  /** `Coverage/id` as the caller named it. */
  readonly coverageReference: string
  readonly billingCode: JsonObject | undefined
  readonly today: string
  readonly assertionId: string
}

const part = (url: string, value: JsonObject): JsonObject => ({ url, ...value })

const codes = (url: string, values: readonly string[] | undefined): readonly JsonObject[] =>
  (values ?? []).map((valueCode) => part(url, { valueCode }))

const reason = ({ code, text }: Reason): JsonObject =>
  part('reason', { valueCodeableConcept: code ? { coding: [{ system: TEMP, code }], text } : { text } })

function detail(payer: Payer, { category, code, display, value, qualification }: Detail): JsonObject {
  const system = payer.crd === '2.2' ? DETAIL_2_2 : TEMP
  return {
    url: 'detail',
    extension: [
      // The category came with CRD 2.2.
      ...(payer.crd === '2.2' ? [part('category', { valueCode: category })] : []),
      part('code', { valueCodeableConcept: { coding: [{ system, code, display }] } }),
      part('value', value),
      ...(qualification ? [part('qualification', { valueString: qualification })] : []),
    ],
  }
}

/** ContactDetail since CRD 2.2, ContactPoint before. */
function contact({ crd, title, providerLine }: Payer): JsonObject {
  const phone = { system: 'phone', value: providerLine }
  return part(
    'contact',
    crd === '2.2'
      ? { valueContactDetail: { name: `${title} provider line`, telecom: [phone] } }
      : { valueContactPoint: phone },
  )
}

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** One coverage-information extension in the payer's CRD version. */
export function coverageInformation(assertion: Assertion, occasion: Occasion): JsonObject {
  const { payer, coverageReference, billingCode, today, assertionId } = occasion
  return {
    url: COVERAGE_INFORMATION,
    extension: [
      part('coverage', { valueReference: { reference: coverageReference } }),
      ...codes('covered', [assertion.covered]),
      ...codes('pa-needed', assertion.paNeeded && [assertion.paNeeded]),
      ...codes('doc-needed', assertion.docNeeded),
      ...codes('doc-purpose', assertion.docPurpose),
      ...codes('info-needed', assertion.infoNeeded),
      ...(billingCode ? [part('billingCode', { valueCoding: billingCode })] : []),
      ...(assertion.reasons ?? []).map(reason),
      ...(assertion.details ?? []).map((line) => detail(payer, line)),
      ...(assertion.questionnaires ?? []).map((valueCanonical) => part('questionnaire', { valueCanonical })),
      part('date', { valueDate: today }),
      part('coverage-assertion-id', { valueString: assertionId }),
      ...(assertion.satisfiedPaId ? [part('satisfied-pa-id', { valueString: assertion.satisfiedPaId })] : []),
      contact(payer),
      ...(payer.crd === '2.2' && assertion.validDays
        ? [part('expiry-date', { valueDate: daysAfter(today, assertion.validDays) })]
        : []),
    ],
  }
}

const isAbout = (extension: JsonObject, coverageReference: string): boolean =>
  extension.url === COVERAGE_INFORMATION &&
  objectsIn(extension.extension).some(
    (inner) => inner.url === 'coverage' && at(inner, 'valueReference', 'reference') === coverageReference,
  )

/** The resource with these answers in place of what was said about the same coverage before; nothing else is touched (CRD facts A7). */
export const withAnswers = (
  resource: JsonObject,
  answers: readonly JsonObject[],
  coverageReference: string,
): JsonObject => ({
  ...resource,
  extension: [
    ...objectsIn(resource.extension).filter((extension) => !isAbout(extension, coverageReference)),
    ...answers,
  ],
})
