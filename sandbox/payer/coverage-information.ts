import type { CrdVersion } from './hooks'
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
  readonly version: CrdVersion
  /** `Coverage/id` as the caller named it. */
  readonly coverageReference: string
  readonly billingCode: JsonObject | undefined
  /** References of the orders that it depends on. */
  readonly dependencies: readonly string[]
  readonly today: string
  readonly assertionId: string
}

const part = (url: string, value: JsonObject): JsonObject => ({ url, ...value })

const codes = (url: string, values: readonly string[] | undefined): readonly JsonObject[] =>
  (values ?? []).map((valueCode) => part(url, { valueCode }))

/** Reason codes of each version; others go as words. */
const REASONS: Readonly<Record<CrdVersion, readonly string[]>> = {
  '1.1': [],
  '2.0.1': ['gold-card', 'detail-code'],
  '2.1': ['gold-card', 'detail-code'],
  '2.2': [
    'gold-card',
    'no-member-found',
    'no-active-coverage',
    'coverage-not-found',
    'auth-out-network',
    'technical',
  ],
}

const reason = (version: CrdVersion, { code, text }: Reason): JsonObject =>
  part('reason', {
    valueCodeableConcept:
      code && REASONS[version].includes(code) ? { coding: [{ system: TEMP, code }], text } : { text },
  })

function detail(version: CrdVersion, { category, code, display, value, qualification }: Detail): JsonObject {
  const system = version === '2.2' ? DETAIL_2_2 : TEMP
  return {
    url: 'detail',
    extension: [
      // The category came with CRD 2.2.
      ...(version === '2.2' ? [part('category', { valueCode: category })] : []),
      part('code', { valueCodeableConcept: { coding: [{ system, code, display }] } }),
      part('value', value),
      ...(qualification ? [part('qualification', { valueString: qualification })] : []),
    ],
  }
}

/** ContactDetail since CRD 2.2, ContactPoint before. */
function contact(version: CrdVersion, { title, providerLine }: Payer): JsonObject {
  const phone = { system: 'phone', value: providerLine }
  return part(
    'contact',
    version === '2.2'
      ? { valueContactDetail: { name: `${title} provider line`, telecom: [phone] } }
      : { valueContactPoint: phone },
  )
}

/** CRD 2.0.1 takes one kind of document, or `both` (CRD facts A6). */
const documents = (version: CrdVersion, kinds: readonly string[] | undefined): readonly string[] => {
  if (version !== '2.0.1' || !kinds || kinds.length < 2) return kinds ?? []
  return kinds.includes('clinical') && kinds.includes('admin') ? ['both'] : kinds.slice(0, 1)
}

/** Versions before 2.2 have no word for undecided: what they can say is that it depends. */
function inVersion(version: CrdVersion, assertion: Assertion): Assertion {
  const undecided = [assertion.covered, assertion.paNeeded, ...(assertion.docNeeded ?? [])].includes(
    'indeterminate',
  )
  if (version === '2.2' || !undecided) return assertion
  const { paNeeded, docNeeded, ...rest } = assertion
  return {
    ...rest,
    covered: rest.covered === 'indeterminate' ? 'conditional' : rest.covered,
    ...(paNeeded && paNeeded !== 'indeterminate' ? { paNeeded } : {}),
    ...(docNeeded && !docNeeded.includes('indeterminate') ? { docNeeded } : {}),
    // What depends must say on what (q3).
    infoNeeded: rest.infoNeeded?.length ? rest.infoNeeded : ['OTH'],
  }
}

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Details that a version has codes for; links and instructions came with CRD 2.1. */
const isSayable =
  (version: CrdVersion) =>
  ({ code }: Detail): boolean =>
    version !== '2.0.1' || (code !== 'policy-link' && code !== 'instructions')

/** One coverage-information extension in a CRD version. */
export function coverageInformation(told: Assertion, occasion: Occasion): JsonObject {
  const { payer, version, coverageReference, billingCode, dependencies, today, assertionId } = occasion
  const assertion = inVersion(version, told)
  return {
    url: COVERAGE_INFORMATION,
    extension: [
      part('coverage', { valueReference: { reference: coverageReference } }),
      ...codes('covered', [assertion.covered]),
      ...codes('pa-needed', assertion.paNeeded && [assertion.paNeeded]),
      ...codes('doc-needed', documents(version, assertion.docNeeded)),
      ...codes('doc-purpose', assertion.docPurpose),
      ...codes('info-needed', assertion.infoNeeded),
      ...(billingCode ? [part('billingCode', { valueCoding: billingCode })] : []),
      ...(assertion.reasons ?? []).map((given) => reason(version, given)),
      ...(assertion.details ?? []).filter(isSayable(version)).map((line) => detail(version, line)),
      ...dependencies.map((reference) => part('dependency', { valueReference: { reference } })),
      ...(assertion.questionnaires ?? []).map((valueCanonical) => part('questionnaire', { valueCanonical })),
      part('date', { valueDate: today }),
      part('coverage-assertion-id', { valueString: assertionId }),
      ...(assertion.satisfiedPaId ? [part('satisfied-pa-id', { valueString: assertion.satisfiedPaId })] : []),
      contact(version, payer),
      ...(version !== '2.0.1' && assertion.validDays
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
