import { at, type FhirJson, flag, type JsonObject, number, objects, text } from '../json'
import { said } from './code-words'
import { codes } from './coding'
import { quantityWords } from './display-value'
import { joined, labelled, shortened } from './phrase'

/** "30 days' supply, 60 tablets, refill". */
const supply = (resource: FhirJson): string | undefined =>
  joined(
    [
      daysWords(number(resource, 'daysSupply', 'value')),
      quantityWords(resource.quantity),
      fillWords(objects(resource, 'type')[0]),
    ],
    ', ',
  )

/** v3-ActPharmacySupplyType, which payers send without words, and by more than one system's name. */
const FILLS: Readonly<Record<string, string>> = {
  DF: 'daily fill',
  EM: 'emergency supply',
  FF: 'first fill',
  FFC: 'first fill, complete',
  FFP: 'first fill, part',
  RF: 'refill',
  RFC: 'refill, complete',
  RFP: 'refill, part',
  TF: 'trial fill',
}

function fillWords(type: unknown): string | undefined {
  const code = codes(type)[0]?.code
  return code !== undefined && Object.hasOwn(FILLS, code) ? FILLS[code] : said(type)?.toLowerCase()
}

/** A fill: what was given, and how it is to be taken. */
export const dispenseDetail = (resource: FhirJson): string | undefined =>
  joined([supply(resource), doses(resource, 'dosageInstruction')])

/** A prescription: how it is to be taken, how much of it, why, and what kind of request it is where it is no order. */
export function prescriptionDetail(resource: FhirJson): string | undefined {
  const dispense = objects(resource, 'dispenseRequest')[0]
  const refills = number(dispense, 'numberOfRepeatsAllowed')
  const intent = text(resource, 'intent')
  return joined([
    doses(resource, 'dosageInstruction'),
    joined(
      [
        daysWords(dayCount(dispense?.expectedSupplyDuration)),
        quantityWords(dispense?.quantity),
        refills === undefined ? undefined : `${refills} ${refills === 1 ? 'refill' : 'refills'}`,
      ],
      ', ',
    ),
    labelled('for', reasons(resource)),
    intent === undefined || ORDERS.includes(intent) ? undefined : `not an order: ${intent}`,
    flag(resource, 'reportedBoolean') === true || resource.reportedReference !== undefined
      ? 'as reported, not prescribed by the source'
      : undefined,
  ])
}

/** What somebody says is taken. */
export const statementDetail = (resource: FhirJson): string | undefined =>
  joined([doses(resource, 'dosage'), labelled('for', reasons(resource))])

const ORDERS = ['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order']

const reasons = (resource: FhirJson): string | undefined =>
  joined(objects(resource, 'reasonCode').map(said), ', ')

const daysWords = (days: number | undefined): string | undefined =>
  days === undefined ? undefined : `${days} ${days === 1 ? "day's" : "days'"} supply`

/** Days alone: a month is not counted in days. */
function dayCount(duration: unknown): number | undefined {
  const unit = text(duration, 'code') ?? text(duration, 'unit')
  return unit === 'd' || unit === 'day' || unit === 'days' ? number(duration, 'value') : undefined
}

const doses = (resource: FhirJson, element: string): string | undefined =>
  joined(objects(resource, element).map(doseWords), ', then ')

/** In its own words, else in those of its parts: "1 tablet, 2 times a day, by mouth, as needed". */
function doseWords(dose: JsonObject): string | undefined {
  const written = text(dose, 'text') ?? text(dose, 'patientInstruction')
  if (written !== undefined) return shortened(written)
  const rate = objects(dose, 'doseAndRate')[0]
  const range = objects(rate, 'doseRange')[0]
  const isAsNeeded = flag(dose, 'asNeededBoolean') === true || dose.asNeededCodeableConcept !== undefined
  return joined(
    [
      quantityWords(rate?.doseQuantity ?? dose.doseQuantity) ??
        joined([quantityWords(range?.low), quantityWords(range?.high)], ' to '),
      timingWords(dose.timing),
      said(dose.route),
      isAsNeeded
        ? joined(['as needed', labelled('for', said(dose.asNeededCodeableConcept))], ' ')
        : undefined,
      ...objects(dose, 'additionalInstruction').map(said),
    ],
    ', ',
  )
}

const UNITS: Readonly<Record<string, string>> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  a: 'year',
}

/** "2 times a day", "every 6 hours". */
function timingWords(timing: unknown): string | undefined {
  const named = said(at(timing, 'code'))
  if (named !== undefined) return named
  const repeat = at(timing, 'repeat')
  const [frequency, period] = [number(repeat, 'frequency') ?? 1, number(repeat, 'period')]
  const code = text(repeat, 'periodUnit')
  const unit = code !== undefined && Object.hasOwn(UNITS, code) ? UNITS[code] : undefined
  if (period === undefined || unit === undefined) return undefined
  const times = frequency === 1 ? 'once' : `${frequency} times`
  if (period === 1) return `${times} ${unit === 'hour' ? 'an' : 'a'} ${unit}`
  return frequency === 1 ? `every ${period} ${unit}s` : `${times} in ${period} ${unit}s`
}
