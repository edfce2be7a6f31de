import type { InvocationRecord } from './audit'
import { invocationRecord } from './audit-record'
import { type AnswerFrame, type PayerAnswer, understand } from './crd/ask'
import { at, type FhirJson, isObject, isResource, objects, text } from './json'
import type { Payer } from './payer-directory'
import type { Problem } from './result'

/** A question to a payer as the site's relay kept it: request and answer to the letter, and nothing that was made of them. */
export interface RelayedInvocation {
  readonly id: string
  /** The payer as the site calls it now. */
  readonly payer: Payer
  readonly chart: string
  readonly patientId: string
  readonly user?: string
  /** Epoch milliseconds. */
  readonly askedAt: number
  readonly endedAt: number
  readonly request: string
  /** Absent where nothing was kept of what came of it. */
  readonly outcome?: RelayedOutcome
}

/** `why`: as the relay names it. */
export type RelayedOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly why: string }

/** The same record that a browser keeps, read anew from the relay's (CRD found-37). Undefined where the request cannot be read. */
export function relayedRecord(kept: RelayedInvocation): InvocationRecord | undefined {
  const { id, payer, chart, patientId, user, askedAt, endedAt, outcome } = kept
  const request = parsed(kept.request)
  const hookInstance = text(request, 'hookInstance')
  if (hookInstance === undefined) return undefined
  const orders = askedAbout(request)
  const coverage = `Coverage/${carried(request).find(({ resourceType }) => resourceType === 'Coverage')?.id ?? ''}`
  const response = outcome?.kind === 'answered' ? parsed(outcome.body) : undefined
  const frame = { scenarioVersion: 0, payer, hookInstance, askedAt, endedAt }
  return invocationRecord({
    id,
    session: { fhirBase: chart, patientId, ...(user !== undefined && { fhirUser: user }) },
    request,
    ...(response !== undefined && { response }),
    orders,
    coverage,
    answer: answerOf(frame, payer.name, outcome, response, { orders, coverage }),
  })
}

function answerOf(
  frame: AnswerFrame,
  server: string,
  outcome: RelayedOutcome | undefined,
  response: unknown,
  about: { readonly orders: readonly FhirJson[]; readonly coverage: string },
): PayerAnswer {
  const failed = (problem: Problem): PayerAnswer => ({
    ...frame,
    kind: 'failed',
    problem,
    serviceChanged: false,
  })
  // Nobody waited for it, or it is still under way.
  if (outcome === undefined) return { ...frame, kind: 'skipped' }
  if (outcome.kind === 'failed')
    return failed(
      outcome.why === 'timeout'
        ? { kind: 'timeout', server, afterMs: frame.endedAt - frame.askedAt }
        : { kind: 'network', server },
    )
  const { status } = outcome
  if (status < 200 || status >= 300) return failed({ kind: 'http', server, status })
  return understand(frame, response, { server, ...about })
}

/** What a request asks about, by its hook: drafts, appointments, orders that are dispatched, the visit. */
function askedAbout(request: unknown): readonly FhirJson[] {
  const context = at(request, 'context')
  const within = ['draftOrders', 'appointments'].flatMap((name) =>
    objects(context, name, 'entry').map((entry) => entry.resource),
  )
  const dispatched = at(context, 'dispatchedOrders')
  const references = Array.isArray(dispatched) ? dispatched : [text(context, 'order')]
  const isVisit = text(request, 'hook')?.startsWith('encounter-') ?? false
  const named = isVisit ? [`Encounter/${text(context, 'encounterId') ?? ''}`] : references
  const outside = carried(request).filter(({ resourceType, id }) => named.includes(`${resourceType}/${id}`))
  return [...within, ...outside].filter(isResource)
}

/** All resources that a request carries as prefetch. */
function carried(request: unknown): readonly FhirJson[] {
  const prefetch = at(request, 'prefetch')
  return Object.values(isObject(prefetch) ? prefetch : {})
    .flatMap((value) => [value, ...objects(value, 'entry').map((entry) => entry.resource)])
    .filter(isResource)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
