import { type CardDesk, card } from './cards'
import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import type { Member } from './members'
import type { Assertion } from './rules'

/** The first day of the service, `YYYY-MM-DD`; undefined when the order does not say when. */
export function dateOfService(order: JsonObject): string | undefined {
  const day =
    textOf(order.occurrenceDateTime) ??
    textOf(at(order, 'occurrencePeriod', 'start')) ??
    textOf(at(order, 'occurrenceTiming', 'event', 0)) ??
    textOf(at(order, 'occurrenceTiming', 'repeat', 'boundsPeriod', 'start')) ??
    textOf(at(order, 'dispenseRequest', 'validityPeriod', 'start')) ??
    textOf(order.start) ??
    textOf(at(order, 'requestedPeriod', 0, 'start')) ??
    textOf(at(order, 'period', 'start'))
  return day?.slice(0, 10)
}

const endOf = (coverage: unknown): string | undefined => textOf(at(coverage, 'period', 'end'))?.slice(0, 10)

/** The earlier end of the Coverage that was sent and of the payer's own; undefined when neither ends. */
export const endOfCoverage = (sent: JsonObject, own: JsonObject | undefined): string | undefined =>
  [endOf(sent), endOf(own)].flatMap((end) => end ?? []).sort()[0]

/** What is said of a service after the coverage has ended. */
export const lapsed = (end: string): Assertion => ({
  covered: 'not-covered',
  reasons: [{ code: 'no-active-coverage', text: `The coverage ends on ${end}, before the date of service` }],
})

/** The card that goes with it. */
export const lapsedCard = (desk: CardDesk, end: string, day: string, order: JsonObject): JsonObject =>
  card(desk, 'insurance', `${order.resourceType}/${order.id}`, {
    summary: 'The coverage ends before the date of service',
    indicator: 'critical',
    detail: `The coverage ends on **${end}**; the service is planned for ${day}. Choose an earlier day, or ask the member about a new coverage.`,
  })

/** Offers to bring the chart's Coverage up to date where the payer knows an end that the chart does not (CRD facts A7). */
export function coverageUpdate(
  desk: CardDesk,
  sent: JsonObject,
  own: JsonObject | undefined,
): readonly JsonObject[] {
  const end = endOf(own)
  if (!end || end === endOf(sent)) return []
  const period = { ...(isObject(sent.period) ? sent.period : {}), end }
  return [
    card(desk, 'insurance', `Coverage/${sent.id}`, {
      summary: 'The coverage in the chart is out of date',
      indicator: 'info',
      detail: `${desk.payer.title} has the end of this coverage as ${end}.`,
      selectionBehavior: 'at-most-one',
      suggestions: [
        {
          label: 'Take over the end of the coverage',
          uuid: desk.newId(),
          actions: [{ type: 'update', description: 'Update the coverage', resource: { ...sent, period } }],
        },
      ],
    }),
  ]
}

/** Offers the member's number of today where the chart has an old one (CRD facts A7): the rest of the Coverage stays as it was sent. */
export function numberUpdate(
  desk: CardDesk,
  sent: JsonObject,
  member: Member | undefined,
): readonly JsonObject[] {
  const old = member?.formerIds.find((id) =>
    [textOf(sent.subscriberId), ...objectsIn(sent.identifier).map(({ value }) => textOf(value))].includes(id),
  )
  if (member === undefined || old === undefined) return []
  const { memberId } = member
  const resource = {
    ...sent,
    ...(sent.subscriberId === old ? { subscriberId: memberId } : {}),
    ...(sent.identifier === undefined
      ? {}
      : {
          identifier: objectsIn(sent.identifier).map((identifier) =>
            identifier.value === old ? { ...identifier, value: memberId } : identifier,
          ),
        }),
  }
  return [
    card(desk, 'insurance', `Coverage/${sent.id}`, {
      summary: 'The member has a new number',
      indicator: 'warning',
      detail: `${desk.payer.title} knows this member by the number **${memberId}**; the chart has an old one. Claims under the old number are returned.`,
      selectionBehavior: 'at-most-one',
      suggestions: [
        {
          label: 'Take over the new member number',
          uuid: desk.newId(),
          actions: [{ type: 'update', description: 'Update the member number of the coverage', resource }],
        },
      ],
    }),
  ]
}

/** Says so when the Coverage is not the first one, and another payer is to be asked before. */
export function secondaryNotice(desk: CardDesk, sent: JsonObject): readonly JsonObject[] {
  if (typeof sent.order !== 'number' || sent.order < 2) return []
  return [
    card(desk, 'insurance', `Coverage/${sent.id}`, {
      summary: `${desk.payer.title} is not the member’s first payer`,
      indicator: 'info',
      detail:
        'Ask the first payer what it covers. What it leaves is paid by the rules of this plan once its answer is known.',
    }),
  ]
}

/** The payer's own Coverage of a member, among what it holds. */
export const ownCoverage = (records: readonly JsonObject[]): JsonObject | undefined =>
  objectsIn([...records]).find(({ resourceType }) => resourceType === 'Coverage')
