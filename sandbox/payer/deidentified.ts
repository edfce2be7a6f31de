import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { type Refusal, refuse } from './refusal'

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

const saysMasked = (element: unknown): boolean =>
  objectsIn(at(element, 'extension')).some(({ url, valueCode }) => url === ABSENT && valueCode === 'masked')

/** Elements of a Patient that tell who it is. */
const IDENTIFYING = ['identifier', 'telecom', 'address', 'photo', 'contact', 'text']

/** Whether a Patient is masked: an element says so, and neither family name nor birth date is there (CRD 1.1, de-identified calls). */
export function isMasked(patient: JsonObject): boolean {
  const marks = [
    patient._birthDate,
    patient._gender,
    ...objectsIn(patient.name),
    ...objectsIn(patient.identifier),
  ]
  const named = objectsIn(patient.name).some(({ family, given, text }) => family || given || text)
  return marks.some(saysMasked) && !named && textOf(patient.birthDate) === undefined
}

/** Checks a de-identified call: nothing identifying is left in Patient and Coverage, and the kind of coverage is told, for there is nothing else to answer from. */
export function checkDeidentified(patient: JsonObject, coverage: JsonObject): Refusal | undefined {
  const left = IDENTIFYING.filter((field) => {
    const value = patient[field]
    return value !== undefined && !objectsIn(value).some(saysMasked) && !saysMasked(value)
  })
  if (left.length > 0)
    return refuse(422, 'business-rule', `the patient is masked, and still has ${left.join(', ')}`)
  const ids = ['subscriberId', 'policyHolder'].filter(
    (field) => textOf(coverage[field]) || isObject(coverage[field]),
  )
  const numbered = objectsIn(coverage.identifier).some(({ value }) => textOf(value))
  if (ids.length > 0 || numbered)
    return refuse(
      422,
      'business-rule',
      'the patient is masked, and the Coverage still has a member or subscriber id',
    )
  const told = objectsIn(at(coverage, 'type', 'coding')).length > 0 || objectsIn(coverage.class).length > 0
  return told
    ? undefined
    : refuse(422, 'required', 'a de-identified call needs Coverage.type or Coverage.class to be answered')
}
