import { type FhirJson, flag, number, objects, text } from '../json'
import { conceptText, hasCode } from './coding'
import type { Section } from './section'

type Detail = (resource: FhirJson) => string | undefined

const CUT = 200
const short = (value: string): string => (value.length > CUT ? `${value.slice(0, CUT)}…` : value)
const joined = (parts: readonly (string | undefined)[], by = '; '): string | undefined => {
  const said = [...new Set(parts.filter((part): part is string => part !== undefined && part !== ''))]
  return said.length === 0 ? undefined : said.join(by)
}

/** The first of a list of concepts, or of elements with a `text`, in words. */
export const firstText =
  (element: string): Detail =>
  (resource) =>
    conceptText(objects(resource, element)[0])

/** A plain text element, cut where it is long. */
export const noteText =
  (element: string): Detail =>
  (resource) => {
    const found = text(resource, element)
    return found === undefined ? undefined : short(found)
  }

/** "30 days' supply, 60 tablets". */
export const supply: Detail = (resource) => {
  const days = number(resource, 'daysSupply', 'value')
  return joined([days === undefined ? undefined : `${days} days' supply`, quantity(resource.quantity)], ', ')
}

/** "70 kg"; with its comparator: "<5 mg/dL". */
function quantity(value: unknown): string | undefined {
  const amount = number(value, 'value')
  if (amount === undefined) return undefined
  const unit = text(value, 'unit') ?? text(value, 'code')
  return `${text(value, 'comparator') ?? ''}${amount}${unit === undefined ? '' : ` ${unit}`}`
}

/** What an Observation says: its value, else the values of its components, else why there is none. */
export const observationValue: Detail = (resource) =>
  valueText(resource) ??
  joined(
    objects(resource, 'component').map((part) => {
      const said = valueText(part)
      return said === undefined ? undefined : `${conceptText(part.code) ?? 'Part'}: ${said}`
    }),
  )

function valueText(element: unknown): string | undefined {
  const [low, high] = [
    quantity(objects(element, 'valueRange')[0]?.low),
    quantity(objects(element, 'valueRange')[0]?.high),
  ]
  const whole = number(element, 'valueInteger')
  const yes = flag(element, 'valueBoolean')
  return (
    quantity(objects(element, 'valueQuantity')[0]) ??
    text(element, 'valueString') ??
    conceptText(objects(element, 'valueCodeableConcept')[0]) ??
    (low !== undefined || high !== undefined ? `${low ?? '…'} to ${high ?? '…'}` : undefined) ??
    (whole === undefined ? undefined : String(whole)) ??
    (yes === undefined ? undefined : yes ? 'yes' : 'no') ??
    text(element, 'valueDateTime') ??
    text(element, 'valueTime') ??
    noValue(element)
  )
}

function noValue(element: unknown): string | undefined {
  const reason = conceptText(objects(element, 'dataAbsentReason')[0])
  return reason === undefined ? undefined : `no value: ${reason}`
}

export const isVitalSign = (resource: FhirJson): boolean =>
  objects(resource, 'category').some((category) => hasCode(category, 'vital-signs'))

/** "dose 2; not given: patient declined". */
export const doseDetail: Detail = (resource) => {
  const dose =
    number(resource, 'protocolApplied', 0, 'doseNumberPositiveInt') ??
    text(resource, 'protocolApplied', 0, 'doseNumberString')
  const reason = conceptText(resource.statusReason)
  return joined([
    dose === undefined ? undefined : `dose ${dose}`,
    resource.status === 'not-done' ? `not given${reason === undefined ? '' : `: ${reason}`}` : undefined,
  ])
}

/** "hives, wheezing; high risk". */
export const allergyDetail: Detail = (resource) => {
  const signs = objects(resource, 'reaction').flatMap((reaction) =>
    objects(reaction, 'manifestation').map(conceptText),
  )
  const criticality = text(resource, 'criticality')
  return joined([
    joined(signs, ', '),
    criticality === 'high' || criticality === 'low' ? `${criticality} risk` : undefined,
  ])
}

/** "PDF": what kind of file it is. */
export const documentDetail: Detail = (resource) =>
  joined(
    objects(resource, 'content').map((content) => text(content, 'attachment', 'contentType')),
    ', ',
  )

/** "3 members". */
export const participants: Detail = (resource) => {
  const count = objects(resource, 'participant').length
  return count === 0 ? undefined : `${count} ${count === 1 ? 'member' : 'members'}`
}

/** CARIN and PDex: `use` tells a bill from what was asked for beforehand. */
export const claimSection = (resource: FhirJson): Section =>
  resource.use === 'preauthorization' || resource.use === 'predetermination' ? 'authorizations' : 'claims'

/** "Institutional claim". */
export const claimKind: Detail = (resource) => {
  const kind = conceptText(resource.type)
  const noun = claimSection(resource) === 'claims' ? 'claim' : 'prior authorization'
  return kind === undefined ? undefined : `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${noun}`
}

/** What kind of claim, its diagnoses and how many lines. Amounts are not told (PDex facts 5: cost stays out by default). */
export const claimDetail: Detail = (resource) => {
  const lines = objects(resource, 'item').length
  const diagnoses = joined(
    objects(resource, 'diagnosis').map((d) => conceptText(d.diagnosisCodeableConcept)),
    ', ',
  )
  return joined([
    claimKind(resource),
    diagnoses === undefined ? undefined : `for ${short(diagnoses)}`,
    lines > 1 ? `${lines} lines` : undefined,
  ])
}
