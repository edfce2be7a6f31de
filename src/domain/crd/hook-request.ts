import { type FhirJson, isResource, type JsonObject, objects } from '../json'
import { fail, ok, type Result } from '../result'
import type { Session } from '../session'
import type { CdsService } from './discovery'
import { draftResource } from './order'
import { type Scenario, sharedOrders } from './scenario'

/** The part of a hook request that prefetch templates may look into. */
export interface HookContext extends JsonObject {
  readonly userId: string
  readonly patientId: string
  readonly encounterId?: string
  readonly draftOrders: FhirJson
}

/** What a hook request is made of besides the scenario. `authoredOn`: FHIR dateTime. */
export interface HookFrame {
  readonly session: Pick<Session, 'fhirBase' | 'fhirUser'>
  readonly coverageId: string
  readonly authoredOn: string
}

/**
 * Context of order-sign: the hypothetical orders as a Bundle (CRD found-35, found-36). Orders that the patient pays for are not
 * among them (dev-26). Fails `refused` where nobody can be named as the user.
 */
export function orderSignContext(scenario: Scenario, frame: HookFrame): Result<HookContext> {
  const userId = userOf(scenario, frame.session)
  if (userId === undefined)
    return fail({
      kind: 'refused',
      rule: 'user',
      message:
        'A payer has to be told which practitioner asks. The chart did not say who is signed in, and no order names one.',
    })
  const { encounterId, patientId } = scenario
  const orders = sharedOrders(scenario).map((order) =>
    draftResource(order, {
      patientId,
      ...(encounterId !== undefined && { encounterId }),
      coverageId: frame.coverageId,
      authoredOn: frame.authoredOn,
    }),
  )
  return ok({
    userId,
    patientId,
    ...(encounterId !== undefined && { encounterId }),
    draftOrders: {
      resourceType: 'Bundle',
      type: 'collection',
      entry: orders.map((resource) => ({
        fullUrl: `${frame.session.fhirBase}/${resource.resourceType}/${resource.id}`,
        resource,
      })),
    },
  })
}

/** order-sign takes a Practitioner or a PractitionerRole; else the first order's requester stands in for the user. */
function userOf(scenario: Scenario, session: HookFrame['session']): string | undefined {
  const asReference = (reference: string | undefined): string | undefined =>
    reference === undefined
      ? undefined
      : /(?:^|\/)(Practitioner(?:Role)?\/[A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1]
  const candidates = [session.fhirUser, ...sharedOrders(scenario).map((order) => order.requester?.reference)]
  return candidates.map(asReference).find((reference) => reference !== undefined)
}

/** CRD versions that this app speaks, newest first. */
const knownVersions = ['2.2', '2.1', '2.0'] as const

/** What to ask for where the service offers versions (CRD dev-3); undefined for services that name none, or none that we know. */
export const requestedVersion = (service: CdsService): string | undefined =>
  knownVersions.find((version) => service.versions.includes(version))

/** Values of configuration options by their code, beside the one that what-if always sends. */
export type HookConfiguration = Readonly<Record<string, boolean | number>>

/**
 * The body of an order-sign call. There is no `fhirAuthorization`: this app holds only the user's own token, and handing that on
 * would break CRD found-21, found-22 and sec-9. Complete prefetch takes its place (crd-facts A5, option a).
 */
export function hookRequest(
  hookInstance: string,
  frame: HookFrame,
  context: HookContext,
  prefetch: Readonly<Record<string, unknown>>,
  service: CdsService,
  configuration: HookConfiguration = {},
): JsonObject {
  const version = requestedVersion(service)
  return {
    hook: 'order-sign',
    hookInstance,
    fhirServer: frame.session.fhirBase,
    context,
    ...(Object.keys(prefetch).length > 0 && { prefetch }),
    extension: {
      // A string, as CRD 2.2 has it (dev-3).
      ...(version !== undefined && { 'davinci-crd.requestedVersion': version }),
      // Sent whether the service lists it or not (CRD found-35, dev-16).
      'davinci-crd.configuration': { ...configuration, 'unsolicited-determ': false },
    },
  }
}

/** The draft orders in a context. */
export const ordersOf = (context: unknown): readonly FhirJson[] =>
  objects(context, 'draftOrders', 'entry').flatMap((entry) =>
    isResource(entry.resource) ? [entry.resource] : [],
  )
