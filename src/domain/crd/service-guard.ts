import type { FhirPathPort } from '../ports'
import type { CdsService } from './discovery'
import type { HookContext } from './hook-context'
import { namesIn } from './path'
import type { Prefetched } from './prefetch'

/** What a service's own rule for when it may be asked says of this question. */
export type ServiceGuard =
  | { readonly kind: 'open' }
  /** The rule says no: the service is not asked. */
  | { readonly kind: 'closed'; readonly message: string }
  /** The rule could not be evaluated; CRD 1.1 lets a client that itself asks only payers with active coverage go on. */
  | { readonly kind: 'unknown'; readonly message: string }

/**
 * Evaluates `davinci-guard` (CRD 1.1 "Controlling hook invocation"): FHIRPath over the fields of the context and the prefetch, each
 * by its name. It has to be true; false, empty and anything else is no.
 */
export async function evaluateServiceGuard(
  service: CdsService,
  context: HookContext,
  { prefetch, provenance }: Prefetched,
  payerName: string,
  fhirPath: FhirPathPort,
): Promise<ServiceGuard> {
  if (service.guard === undefined) return { kind: 'open' }
  const unknown: ServiceGuard = {
    kind: 'unknown',
    message: `${payerName} sets a rule for when it may be asked, which could not be evaluated: ${service.guard}. This patient has active coverage with it, so it can be asked.`,
  }
  const missing = provenance.filter((each) => each.outcome === 'left-out').map((each) => each.key)
  if (namesIn(service.guard).some((name) => missing.includes(name))) return unknown
  // A key that the chart has nothing for is empty.
  const keys = Object.fromEntries(Object.keys(service.prefetch).map((key) => [key, []]))
  const present = Object.fromEntries(Object.entries(prefetch).filter(([, value]) => value !== null))
  const variables = { ...keys, ...context, ...present, context }
  const result = await fhirPath.evaluate(service.guard, variables, variables)
  if (!result.ok) return unknown
  if (result.value.length === 1 && result.value[0] === true) return { kind: 'open' }
  return {
    kind: 'closed',
    message: `${payerName} wants to be asked only where its own rule holds, and here it does not: ${service.guard}`,
  }
}
