import { codes, conceptText } from '../fhir/coding'
import { observationValue } from '../fhir/display-detail'
import { formatDate } from '../fhir/format-date'
import { type FhirJson, number, objects, text } from '../json'
import { codeKey, plainText } from './reconcile-codes'
import { type Span, sameDate, spanOf } from './reconcile-dates'

/** One field in which two records differ, in words. */
export interface FieldDifference {
  readonly label: string
  readonly payer: string
  readonly chart: string
}

/** What a field says: in words, and made alike for comparing. */
interface Said {
  readonly words: string
  /** Equal where they have one in common. */
  readonly keys: readonly string[]
  readonly date?: string
}

interface Field {
  readonly label: string
  readonly read: (resource: FhirJson) => Said | undefined
  /** What the chart leaves open counts as a difference: the payer's record would add to it. */
  readonly adds?: true
}

const plain = (words: string | undefined): Said | undefined =>
  words === undefined ? undefined : { words, keys: [plainText(words)] }

const concept =
  (...elements: readonly string[]) =>
  (resource: FhirJson): Said | undefined => {
    const found = elements.flatMap((element) => objects(resource, element))
    const words = found.map(conceptText).filter((w) => w !== undefined)
    if (words.length === 0) return undefined
    const coded = found.flatMap((each) => codes(each).flatMap((code) => codeKey(code) ?? []))
    return { words: [...new Set(words)].join(', '), keys: [...coded, ...words.map(plainText)] }
  }

const date =
  (end: keyof Span, ...elements: readonly string[]) =>
  (resource: FhirJson): Said | undefined => {
    const found = spanOf(resource, elements)?.[end]
    return found === undefined ? undefined : { words: formatDate(found), keys: [], date: found }
  }

const word =
  (...path: readonly (string | number)[]) =>
  (resource: FhirJson) =>
    plain(text(resource, ...path))

/** A number is compared as one: 7.0 is 7. Other units are another value: nothing is converted. */
function value(resource: FhirJson): Said | undefined {
  const words = observationValue(resource)
  if (words === undefined) return undefined
  const amount = number(resource, 'valueQuantity', 'value')
  if (amount === undefined) {
    const parts = objects(resource, 'component').map((part) =>
      JSON.stringify([codes(part.code)[0]?.code, part.valueQuantity]),
    )
    return { words, keys: [plainText(words), ...(parts.length > 0 ? [parts.sort().join()] : [])] }
  }
  const units = [text(resource, 'valueQuantity', 'code'), text(resource, 'valueQuantity', 'unit')]
  const comparator = text(resource, 'valueQuantity', 'comparator') ?? ''
  return { words, keys: [...new Set(units)].map((unit) => `${comparator}${amount} ${plainText(unit ?? '')}`) }
}

/** A set of signs: alike only where every one of them is. */
function reactions(resource: FhirJson): Said | undefined {
  const signs = objects(resource, 'reaction').flatMap((reaction) =>
    objects(reaction, 'manifestation').flatMap((sign) => conceptText(sign) ?? []),
  )
  if (signs.length === 0) return undefined
  return { words: signs.join(', '), keys: [signs.map(plainText).sort().join()] }
}

const STATUS: Field = { label: 'Status', read: word('status') }
const CERTAINTY: Field = { label: 'Certainty', read: concept('verificationStatus') }

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  Condition: [
    { label: 'Onset', read: date('from', 'onsetDateTime', 'onsetPeriod') },
    { label: 'Ended', read: date('from', 'abatementDateTime', 'abatementPeriod'), adds: true },
    { label: 'Status', read: concept('clinicalStatus') },
    CERTAINTY,
    { label: 'Severity', read: concept('severity'), adds: true },
  ],
  AllergyIntolerance: [
    { label: 'Status', read: concept('clinicalStatus') },
    CERTAINTY,
    { label: 'Risk', read: word('criticality'), adds: true },
    { label: 'Reaction', read: reactions, adds: true },
  ],
  Procedure: [
    { label: 'Date', read: date('from', 'performedDateTime', 'performedPeriod') },
    STATUS,
    { label: 'Body site', read: concept('bodySite') },
  ],
  Immunization: [
    { label: 'Date', read: date('from', 'occurrenceDateTime') },
    STATUS,
    { label: 'Lot', read: word('lotNumber'), adds: true },
    {
      label: 'Dose',
      read: (r) => plain(number(r, 'protocolApplied', 0, 'doseNumberPositiveInt')?.toString()),
    },
  ],
  MedicationRequest: [
    { label: 'Prescribed', read: date('from', 'authoredOn') },
    STATUS,
    { label: 'Dose', read: word('dosageInstruction', 0, 'text'), adds: true },
  ],
  MedicationStatement: [
    { label: 'Taken', read: date('from', 'effectiveDateTime', 'effectivePeriod') },
    STATUS,
    { label: 'Dose', read: word('dosage', 0, 'text'), adds: true },
  ],
  MedicationDispense: [
    { label: 'Handed over', read: date('from', 'whenHandedOver', 'whenPrepared') },
    STATUS,
    { label: "Days' supply", read: (r) => plain(number(r, 'daysSupply', 'value')?.toString()) },
  ],
  Observation: [
    { label: 'Date', read: date('from', 'effectiveDateTime', 'effectivePeriod', 'effectiveInstant') },
    { label: 'Value', read: value, adds: true },
    STATUS,
  ],
  DiagnosticReport: [
    { label: 'Date', read: date('from', 'effectiveDateTime', 'effectivePeriod') },
    STATUS,
    { label: 'Conclusion', read: word('conclusion'), adds: true },
  ],
  Encounter: [
    { label: 'From', read: date('from', 'period') },
    { label: 'To', read: date('to', 'period') },
    STATUS,
    { label: 'Reason', read: concept('reasonCode'), adds: true },
  ],
  Goal: [{ label: 'Status', read: word('lifecycleStatus') }],
}

const GENERIC: readonly Field[] = [STATUS]

/**
 * In what two records of one thing differ. What the payer leaves open is no difference; what the chart leaves open is one only
 * where the payer's record would add something. `asWritten`: the chart's is our own copy, in which the certainty was lowered on
 * purpose and a prescription became a statement.
 */
export function differences(
  payer: FhirJson,
  chart: FhirJson,
  asWritten: boolean,
): readonly FieldDifference[] {
  const sameType = payer.resourceType === chart.resourceType
  const table = Object.hasOwn(FIELDS, payer.resourceType) ? FIELDS[payer.resourceType] : undefined
  const others = Object.hasOwn(FIELDS, chart.resourceType) ? FIELDS[chart.resourceType] : undefined
  return (table ?? GENERIC).flatMap((field) => {
    if (asWritten && (field === CERTAINTY || !sameType)) return []
    const theirs = field.read(payer)
    const ours = (sameType ? field : others?.find(({ label }) => label === field.label))?.read(chart)
    if (theirs === undefined || (ours === undefined && !(field.adds && sameType))) return []
    if (ours !== undefined && alike(theirs, ours)) return []
    return [{ label: field.label, payer: theirs.words, chart: ours?.words ?? 'Not stated' }]
  })
}

function alike(a: Said, b: Said): boolean {
  if (a.date !== undefined && b.date !== undefined) return sameDate(a.date, b.date)
  return a.keys.some((key) => b.keys.includes(key))
}
