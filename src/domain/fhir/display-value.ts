import { type FhirJson, flag, isObject, type JsonObject, number, objects, text } from '../json'
import { said } from './code-words'
import { hasCode } from './coding'
import { formatDate } from './format-date'
import { counted, joined, labelled, listed, shortened } from './phrase'
import type { References } from './references'

/** UCUM as people write it. Nothing is converted. */
const UNITS: Readonly<Record<string, string>> = {
  Cel: '°C',
  '[degF]': '°F',
  'mm[Hg]': 'mmHg',
  'cm[H2O]': 'cmH2O',
  '[in_i]': 'in',
  '[ft_i]': 'ft',
  '[lb_av]': 'lb',
  '[oz_av]': 'oz',
  '[pH]': 'pH',
  '[IU]': 'IU',
  '[IU]/mL': 'IU/mL',
  'm[IU]/L': 'mIU/L',
  'm[IU]/mL': 'mIU/mL',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m2',
  '/min': 'per minute',
  '1': '',
}

const unitWords = (unit: string): string =>
  Object.hasOwn(UNITS, unit) ? (UNITS[unit] ?? unit) : unit.replaceAll(/[{}]/g, '').replaceAll('_', ' ')

/** More decimals than any device measures come from computing: six digits are shown. */
const amountWords = (amount: number): string =>
  /\.\d{5,}/.test(String(amount)) ? String(Number(amount.toPrecision(6))) : String(amount)

/** "70 kg"; with its comparator: "<5 mg/dL". */
export function quantityWords(value: unknown): string | undefined {
  const amount = number(value, 'value')
  if (amount === undefined) return undefined
  const unit = unitWords(text(value, 'unit') ?? text(value, 'code') ?? '')
  return `${text(value, 'comparator') ?? ''}${amountWords(amount)}${unit === '' ? '' : ` ${unit}`}`
}

/** The lower end, where the upper one says the same unit: "4" of "4 to 10 mg/dL". */
function withoutUnit(low: unknown, high: string): string | undefined {
  const [amount, whole] = [number(low, 'value'), quantityWords(low)]
  const unit = amount === undefined ? undefined : whole?.slice(amountWords(amount).length)
  return amount !== undefined && unit !== undefined && high.endsWith(unit) ? amountWords(amount) : undefined
}

/** "4 to 10 mg/dL". */
function rangeWords(range: unknown): string | undefined {
  if (!isObject(range)) return undefined
  const [low, high] = [quantityWords(range.low), quantityWords(range.high)]
  if (low !== undefined && high !== undefined) return `${withoutUnit(range.low, high) ?? low} to ${high}`
  return labelled('at least', low) ?? labelled('at most', high)
}

/** What an Observation says: its value, and those of its components, else why there is none. */
export const observationValue = (resource: FhirJson): string | undefined => valuesOf(resource, partValue)

const partValue = (part: JsonObject): string | undefined => valueText(part) ?? noValue(part)

const valuesOf = (resource: FhirJson, read: (part: JsonObject) => string | undefined): string | undefined =>
  joined([
    valueText(resource),
    ...objects(resource, 'component').map((part) => labelled(`${said(part.code) ?? 'Part'}:`, read(part))),
  ]) ?? noValue(resource)

/** The value, how it was judged, and what it was judged by: "6.3 mg/dL, high (reference 2 to 5 mg/dL)". */
export const observationDetail = (resource: FhirJson, references: References): string | undefined =>
  joined([
    withFlag(
      valuesOf(resource, (part) => withFlag(partValue(part), part)),
      resource,
    ),
    memberWords(resource, references),
    labelled('measured at', said(objects(resource, 'bodySite')[0])),
    labelled('note:', noteWords(resource)),
  ])

/** The results that a panel is made of. */
function memberWords(resource: FhirJson, references: References): string | undefined {
  const members = objects(resource, 'hasMember')
  const named = listed(
    members.map((member) => text(member, 'display') ?? said(references.find(member, resource)?.code)),
  )
  return members.length === 0 ? undefined : joined([counted(members.length, 'result'), named], ': ')
}

/** What somebody wrote beside it. */
export const noteWords = (resource: FhirJson): string | undefined => {
  const notes = joined(
    objects(resource, 'note').map((note) => text(note, 'text')),
    ' ',
  )
  return notes && shortened(notes)
}

/** `Observation.interpretation` (R4 a list, before one), and what the laboratory takes for usual. */
function withFlag(value: string | undefined, element: JsonObject): string | undefined {
  const judged = joined(objects(element, 'interpretation').map(interpretationWords), ', ')
  const usual = joined(
    objects(element, 'referenceRange').map((range) => text(range, 'text') ?? rangeWords(range)),
    ' or ',
  )
  const all = joined([value, judged], ', ')
  const reference = usual === undefined ? undefined : `(reference ${usual})`
  return joined([all, all === undefined ? undefined : reference], ' ')
}

/** v3-ObservationInterpretation, where it comes as a bare code. */
const FLAGS: Readonly<Record<string, string>> = {
  A: 'abnormal',
  AA: 'critically abnormal',
  H: 'high',
  HH: 'critically high',
  HU: 'significantly high',
  L: 'low',
  LL: 'critically low',
  LU: 'significantly low',
  N: 'normal',
  POS: 'positive',
  NEG: 'negative',
  IND: 'indeterminate',
  DET: 'detected',
  ND: 'not detected',
  R: 'resistant',
  S: 'susceptible',
  I: 'intermediate',
}

function interpretationWords(concept: unknown): string | undefined {
  const words = said(concept)
  if (words === undefined) return undefined
  return Object.hasOwn(FLAGS, words) ? FLAGS[words] : words.charAt(0).toLowerCase() + words.slice(1)
}

function valueText(element: unknown): string | undefined {
  const yes = flag(element, 'valueBoolean')
  const whole = number(element, 'valueInteger')
  const written = text(element, 'valueString')
  const [over, under] = [
    quantityWords(objects(element, 'valueRatio')[0]?.numerator),
    quantityWords(objects(element, 'valueRatio')[0]?.denominator),
  ]
  return (
    quantityWords(objects(element, 'valueQuantity')[0]) ??
    (written && shortened(written)) ??
    said(objects(element, 'valueCodeableConcept')[0]) ??
    rangeWords(objects(element, 'valueRange')[0]) ??
    (over === undefined || under === undefined ? undefined : `${over} : ${under}`) ??
    (whole === undefined ? undefined : String(whole)) ??
    (yes === undefined ? undefined : yes ? 'yes' : 'no') ??
    momentWords(text(element, 'valueDateTime')) ??
    text(element, 'valueTime') ??
    periodWords(objects(element, 'valuePeriod')[0]) ??
    (objects(element, 'valueSampledData').length > 0 ? 'a series of measurements' : undefined)
  )
}

function noValue(element: unknown): string | undefined {
  const reason = said(objects(element, 'dataAbsentReason')[0])
  return reason === undefined ? undefined : `no value: ${reason}`
}

/** "14-Jul-2015", "14-Jul-2015 10:05": the time that was written, in its own zone. */
function momentWords(moment: string | undefined): string | undefined {
  if (moment === undefined) return undefined
  const time = /T(\d{2}:\d{2})/.exec(moment)?.[1]
  return joined([formatDate(moment), time], ' ')
}

/** "1-Oct-2021 to 31-Oct-2021". */
export function periodWords(period: unknown): string | undefined {
  const [start, end] = [text(period, 'start'), text(period, 'end')]
  if (start === undefined && end === undefined) return undefined
  if (start === undefined) return `until ${formatDate(end)}`
  if (end === undefined) return `from ${formatDate(start)}`
  const [first, last] = [formatDate(start), formatDate(end)]
  return first === last ? first : `${first} to ${last}`
}

export const isVitalSign = (resource: FhirJson): boolean =>
  objects(resource, 'category').some((category) => hasCode(category, 'vital-signs'))
