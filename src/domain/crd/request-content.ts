import { type FhirJson, isResource, objects } from '../json'
import { type Redacted, redact } from '../redact'
import { fail, ok, type Result } from '../result'
import type { HookContext, HookSubject } from './hook-context'
import type { Prefetched } from './prefetch'
import type { Scenario } from './scenario'

/** What goes into a request, whole or de-identified. */
interface RequestContent {
  readonly context: HookContext
  readonly prefetch: Prefetched['prefetch']
  /** What is asked about, as it is sent: the drafts, and what of the chart the context refers to. */
  readonly orders: readonly FhirJson[]
  /** What of that exists nowhere. */
  readonly hypotheticals: readonly FhirJson[]
  /** Only where de-identified. */
  readonly removed?: readonly Redacted[]
}

/**
 * What a question sends, de-identified where the scenario says so. Fails `refused` where something hypothetical is carried neither
 * by the context nor by any prefetch key: the payer could not know it.
 */
export function contentOf(
  subject: HookSubject,
  { prefetch }: Prefetched,
  scenario: Scenario,
  payerName: string,
): Result<RequestContent> {
  const lost = subject.travelling.find(
    (each) => findIn(prefetch, `${each.resourceType}/${each.id}`) === undefined,
  )
  if (lost !== undefined) {
    const what = lost.resourceType === 'Encounter' ? 'the visit' : 'the orders'
    const instead =
      lost.resourceType === 'Encounter'
        ? 'Ask about a visit of the chart, or about an appointment.'
        : 'Ask about signing the order with this performer instead.'
    const message = `${payerName} does not ask for ${what} that this is about, and what exists nowhere else can only be sent where it is asked for. ${instead}`
    return fail({ kind: 'refused', rule: 'not-asked-for', message })
  }
  if (scenario.deIdentified !== true) return ok(partsOf(subject, prefetch))
  const { value, removed } = redact({ subject, prefetch })
  return ok({ ...partsOf(value.subject, value.prefetch), removed })
}

const partsOf = (subject: HookSubject, prefetch: Prefetched['prefetch']): RequestContent => ({
  context: subject.context,
  prefetch,
  orders: askedAbout(subject, prefetch),
  hypotheticals: subject.hypotheticals,
})

function askedAbout(subject: HookSubject, prefetch: Prefetched['prefetch']): readonly FhirJson[] {
  const { context, hypotheticals } = subject
  const order = typeof context.order === 'string' ? [context.order] : []
  const visit = context.encounterId === undefined ? [] : [`Encounter/${context.encounterId}`]
  // The encounter of an order is no subject of the question; that of an encounter hook is.
  const isOfVisit = context.draftOrders === undefined && context.appointments === undefined
  const references = [...(context.dispatchedOrders ?? []), ...order, ...(isOfVisit ? visit : [])]
  const known = new Set(hypotheticals.map((each) => `${each.resourceType}/${each.id}`))
  const found = references.flatMap((reference) =>
    known.has(reference) ? [] : (findIn(prefetch, reference) ?? []),
  )
  return [...hypotheticals, ...found]
}

const findIn = (prefetch: Prefetched['prefetch'], reference: string): FhirJson | undefined =>
  Object.values(prefetch)
    .flatMap((value) => [value, ...objects(value, 'entry').map((entry) => entry.resource)])
    .filter(isResource)
    .find((each) => `${each.resourceType}/${each.id}` === reference)
