import { formatDate } from '../fhir/format-date'
import { type FhirJson, text } from '../json'
import { daysApart, otherMoment, overlap, type Span, sameDate, spanOf } from './reconcile-dates'
import { sameParty } from './reconcile-parties'
import type { ComparedRecord } from './reconcile-record'

/** How near two records of one code are. `event`: the same thing at the same time. `near`: perhaps; the reason says why. */
export type Nearness =
  | { readonly level: 'event'; readonly reason: string }
  | { readonly level: 'near'; readonly reason: string; readonly days: number }
  | { readonly level: 'other' }

type Rule = (payer: FhirJson, chart: FhirJson) => Nearness

const DATES: Readonly<Record<string, readonly string[]>> = {
  Procedure: ['performedDateTime', 'performedPeriod'],
  Immunization: ['occurrenceDateTime'],
  Observation: ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod'],
  DiagnosticReport: ['effectiveDateTime', 'effectivePeriod', 'issued'],
  DocumentReference: ['date', 'context.period'],
  ServiceRequest: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'],
  MedicationRequest: ['authoredOn'],
  MedicationStatement: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'],
  MedicationDispense: ['whenHandedOver', 'whenPrepared'],
  Encounter: ['period'],
  CarePlan: ['period', 'created'],
  CareTeam: ['period'],
  Goal: ['startDate', 'statusDate'],
}

/** When what a record tells of took place. Asked again for every pair that it is one of, and so read once. */
export function happened(resource: FhirJson): Span | undefined {
  const known = SPANS.get(resource)
  if (known !== undefined) return known
  const elements = Object.hasOwn(DATES, resource.resourceType) ? DATES[resource.resourceType] : undefined
  const span = spanOf(resource, elements ?? [])
  if (span !== undefined) SPANS.set(resource, span)
  return span
}

const SPANS = new WeakMap<FhirJson, Span>()

const beginning = (span: Span | undefined): string | undefined => span?.from ?? span?.to

/**
 * Same code, same day. `windowDays`: from there on it is another event; `Infinity` where two of one code are likely one thing.
 * Undated may pair with dated, and then is near only (PDex facts 9).
 */
const dated =
  (windowDays: number): Rule =>
  (payer, chart) => {
    const [theirs, ours] = [happened(payer), happened(chart)]
    const [a, b] = [beginning(theirs), beginning(ours)]
    if (theirs !== undefined && ours !== undefined && overlap(theirs, ours)) {
      const isOneDay = a !== undefined && b !== undefined && sameDate(a, b)
      return { level: 'event', reason: isOneDay ? 'Same code and same day.' : 'Same code, in the same days.' }
    }
    if (a === undefined && b === undefined)
      return { level: 'near', reason: 'Same code; neither says when.', days: 0 }
    if (a === undefined || b === undefined)
      return {
        level: 'near',
        reason: `Same code, but ${a === undefined ? "the payer's has" : "the chart's has"} no date.`,
        days: 1,
      }
    const days = daysApart(a, b)
    return days <= windowDays
      ? { level: 'near', reason: `Same code, another day: the chart has ${formatDate(b)}.`, days }
      : { level: 'other' }
  }

/** Onset with onset; else the days they were recorded. The same problem dated otherwise is near, however far apart. */
const problem: Rule = (payer, chart) => {
  const [theirOnset, ourOnset] = [payer, chart].map((r) =>
    beginning(spanOf(r, ['onsetDateTime', 'onsetPeriod'])),
  )
  const [theirs, ours] = [text(payer, 'recordedDate'), text(chart, 'recordedDate')]
  if (theirOnset !== undefined && ourOnset !== undefined)
    return sameDate(theirOnset, ourOnset)
      ? { level: 'event', reason: 'Same code and same onset.' }
      : {
          level: 'near',
          reason: `Same code, another onset: the chart has ${formatDate(ourOnset)}.`,
          days: daysApart(theirOnset, ourOnset),
        }
  if (theirs !== undefined && ours !== undefined && sameDate(theirs, ours))
    return { level: 'event', reason: 'Same code, recorded on the same day.' }
  const [a, b] = [theirOnset ?? theirs, ourOnset ?? ours]
  if (a === undefined || b === undefined)
    return { level: 'near', reason: 'Same code, but only one of the two has a date.', days: 1 }
  return {
    level: 'near',
    reason: `Same code; the chart dates it ${formatDate(b)}, the payer ${formatDate(a)}.`,
    days: daysApart(a, b),
  }
}

/** An allergy has no day: the substance decides. */
const allergy: Rule = () => ({ level: 'event', reason: 'Same substance.' })

/** Two timed at different moments are two measurements, though of one day. */
const measurement: Rule = (payer, chart) => {
  const [a, b] = [beginning(happened(payer)), beginning(happened(chart))]
  return a !== undefined && b !== undefined && otherMoment(a, b) ? { level: 'other' } : dated(0)(payer, chart)
}

/** No code is compared: the time overlaps, and a practitioner or the organization is the same. */
function visit(payer: ComparedRecord, chart: ComparedRecord): Nearness {
  const [theirs, ours] = [happened(payer.resource), happened(chart.resource)]
  if (theirs === undefined || ours === undefined || !overlap(theirs, ours)) return { level: 'other' }
  if (payer.parties?.some((a) => chart.parties?.some((b) => sameParty(a, b))))
    return { level: 'event', reason: 'Same time, and the same practitioner or organization.' }
  return { level: 'other' }
}

const RULES: Readonly<Record<string, Rule>> = {
  Condition: problem,
  AllergyIntolerance: allergy,
  Observation: measurement,
  Procedure: dated(3),
  Immunization: dated(7),
  DiagnosticReport: dated(0),
  DocumentReference: dated(0),
  ServiceRequest: dated(0),
  MedicationDispense: dated(0),
  MedicationRequest: dated(Number.POSITIVE_INFINITY),
  MedicationStatement: dated(Number.POSITIVE_INFINITY),
  CarePlan: dated(Number.POSITIVE_INFINITY),
  CareTeam: dated(Number.POSITIVE_INFINITY),
  Goal: dated(Number.POSITIVE_INFINITY),
  Device: dated(Number.POSITIVE_INFINITY),
}

/** How near a chart's record is to a payer's of the same code (PDex facts 9). */
export const nearness = (payer: ComparedRecord, chart: ComparedRecord): Nearness =>
  payer.resource.resourceType === 'Encounter'
    ? visit(payer, chart)
    : (RULES[payer.resource.resourceType] ?? dated(0))(payer.resource, chart.resource)
