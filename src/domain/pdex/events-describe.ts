import { codes } from '../fhir/coding'
import { at, objects } from '../json'
import { type EventKind, rankOf } from './events-types'
import { daysApart, type Span, spanOf } from './reconcile-dates'
import type { HistoryRecord } from './record'

const typeOf = ({ resource }: HistoryRecord): string => resource.resourceType

/** Who names an event: the visit, the fill, the claim, then what was done, found and thought. */
const leadRank = (record: HistoryRecord): number => {
  const type = typeOf(record)
  if (type === 'Encounter') return record.resource.partOf === undefined ? 0 : 1
  if (type === 'MedicationDispense') return 2
  if (type === 'ExplanationOfBenefit') return 3
  return 4 + rankOf(type)
}

const isVoid = ({ hold, caution }: HistoryRecord): number =>
  hold === 'entered-in-error' || caution !== undefined ? 1 : 0

/** In the order that they are told in. The key decides last, so that any order of reading gives the same. */
export const byTelling = (a: HistoryRecord, b: HistoryRecord): number =>
  leadRank(a) - leadRank(b) ||
  isVoid(a) - isVoid(b) ||
  compare(a.display.when ?? '~', b.display.when ?? '~') ||
  compare(a.key, b.key)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** When an event took place: when its visits did, else its claims, else what leads it. Not since when a problem is known. */
export function eventSpan(records: readonly HistoryRecord[]): Span {
  const [first, ...others] = records
  if (first !== undefined && others.length === 0) return recordSpan(first)
  for (const type of ['Encounter', 'MedicationDispense', 'ExplanationOfBenefit']) {
    const spans = records.filter((record) => typeOf(record) === type).map(recordSpan)
    const whole = around(spans)
    if (whole !== undefined) return whole
  }
  return (
    around(
      records
        .toSorted(byTelling)
        .map(recordSpan)
        .filter((span) => span.from !== undefined)
        .slice(0, 1),
    ) ?? {}
  )
}

function recordSpan({ resource, display }: HistoryRecord): Span {
  const element = PERIODS[resource.resourceType]
  const span = element === undefined ? undefined : spanOf(resource, [element])
  const from = span?.from ?? display.when
  const to = span?.to ?? from
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** Where these say until when; of the others it is when a plan or a coverage ends. */
const PERIODS: Readonly<Record<string, string | undefined>> = {
  Encounter: 'period',
  ExplanationOfBenefit: 'billablePeriod',
  Procedure: 'performedPeriod',
}

function around(spans: readonly Span[]): Span | undefined {
  const [first] = spans.flatMap(({ from }) => from ?? []).sort()
  const last = spans
    .flatMap(({ to }) => to ?? [])
    .sort()
    .at(-1)
  return first === undefined ? undefined : { from: first, ...(last !== undefined && { to: last }) }
}

/** v3-ActEncounterCode: admitted, or watched overnight. */
const STAYS: ReadonlySet<string> = new Set(['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS'])

export function kindOf(lead: HistoryRecord, { from, to }: Span): EventKind {
  const { resource } = lead
  switch (resource.resourceType) {
    case 'Encounter': {
      const listed = [
        at(resource, 'class', 'code'),
        ...objects(resource, 'class')
          .flatMap(codes)
          .map(({ code }) => code),
      ]
      const isAdmitted = listed.some((code) => typeof code === 'string' && STAYS.has(code))
      return isAdmitted || (from !== undefined && to !== undefined && daysApart(from, to) > 1)
        ? 'stay'
        : 'visit'
    }
    case 'MedicationDispense':
      return 'fill'
    case 'ExplanationOfBenefit':
      return (resource.use ?? 'claim') === 'claim' ? 'claim' : 'authorization'
    case 'Procedure':
    case 'Immunization':
      return 'procedure'
    case 'DiagnosticReport':
    case 'Observation':
    case 'Specimen':
      return 'result'
    default:
      return 'other'
  }
}
