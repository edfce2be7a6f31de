import { type FhirJson, isResource, type JsonObject, list, objects } from '../json'
import { ok, type Result } from '../result'
import { requestedVersion } from './adapter'
import type { HookConfiguration } from './configuration'
import type { CdsService } from './discovery'
import { type HookContext, type HookFrame, hookSubject } from './hook-context'
import type { Scenario } from './scenario'

export { requestedVersion } from './adapter'
export type { HookConfiguration } from './configuration'
export type { HookContext, HookFrame } from './hook-context'

/**
 * Context of order-sign: the hypothetical orders as a Bundle (CRD found-35, found-36). Orders that the patient pays for are not
 * among them (dev-26). Fails `refused` where nobody can be named as the user.
 */
export function orderSignContext(scenario: Scenario, frame: HookFrame): Result<HookContext> {
  const { question: _, ...orders } = scenario
  const subject = hookSubject(orders, frame)
  return subject.ok ? ok(subject.value.context) : subject
}

/**
 * The body of a hook call. There is no `fhirAuthorization`: this app holds only the user's own token, and handing that on
 * would break CRD found-21, found-22 and sec-9. Complete prefetch takes its place (crd-facts A5, option a). `more`: what another
 * guide adds to the hook.
 */
export function hookRequest(
  hookInstance: string,
  frame: HookFrame,
  context: HookContext,
  prefetch: Readonly<Record<string, unknown>>,
  service: CdsService,
  configuration: HookConfiguration = {},
  more: JsonObject = {},
): JsonObject {
  const version = requestedVersion(service)
  return {
    hook: service.hook,
    hookInstance,
    fhirServer: frame.session.fhirBase,
    context,
    ...(Object.keys(prefetch).length > 0 && { prefetch }),
    extension: {
      // Before ours, so that it cannot change them.
      ...more,
      // A string, as CRD 2.2 has it (dev-3).
      ...(version !== undefined && { 'davinci-crd.requestedVersion': version }),
      // Sent whether the service lists it or not (CRD found-35, dev-16).
      'davinci-crd.configuration': { ...configuration, 'unsolicited-determ': false },
    },
  }
}

/** The resources that a context holds: draft orders, appointments, Tasks. */
export const ordersOf = (context: unknown): readonly FhirJson[] => [
  ...['draftOrders', 'appointments'].flatMap((name) =>
    objects(context, name, 'entry').flatMap((entry) => (isResource(entry.resource) ? [entry.resource] : [])),
  ),
  ...[...list(context, 'fulfillmentTasks'), ...list(context, 'task')].filter(isResource),
]
