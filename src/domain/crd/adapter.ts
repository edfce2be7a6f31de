import type { CdsService, Discovery } from './discovery'
import type { ContentSpelling } from './order-kinds'

/** Versions of the CRD guide whose requests differ. */
export type CrdVersion = '1.1' | '2.0.1' | '2.1' | '2.2'

/** How to speak to one service. */
export interface Adapter {
  readonly version: CrdVersion
  /** Why this version, for the page that shows where things come from. */
  readonly because: string
  /** `davinci-crd.requestedVersion`, where it is due (CRD dev-3). */
  readonly requestedVersion?: string
  /** order-dispatch 1.0 (order, performer, task) or 1.1 (dispatchedOrders, performer, fulfillmentTasks). */
  readonly dispatch: '1.0' | '1.1'
  readonly contentSpelling: ContentSpelling
  /** Whether the service asks for the orders that an appointment is based on; else the appointment has to say itself what for. */
  readonly followsBasedOn: boolean
}

/** What `davinci-crd.version` may list, newest first, and the guide that it means. */
const offered: readonly (readonly [string, CrdVersion])[] = [
  ['2.2', '2.2'],
  ['2.1', '2.1'],
  ['2.0', '2.0.1'],
]

/** What to ask for where the service offers versions (CRD dev-3); undefined for services that name none, or none that we know. */
export const requestedVersion = (service: CdsService): string | undefined =>
  offered.find(([name]) => service.versions.includes(name))?.[0]

/**
 * The adapter for a service. Only CRD 2.2 services name their versions; the others are known by what only one guide has: the
 * guard and the plain tokens over resources of CRD 1.1, the FHIRPath prefetch and `dispatchedOrders` of CRD 2.1.
 */
export function adapterFor(service: CdsService): Adapter {
  const asked = requestedVersion(service)
  const named = offered.find(([name]) => name === asked)?.[1]
  if (named !== undefined && asked !== undefined)
    return adapter(named, `The payer offers CRD ${service.versions.join(', ')}.`, service, asked)
  const templates = Object.values(service.prefetch).join('\n')
  if (service.guard !== undefined)
    return adapter('1.1', 'The payer sets a rule for when it may be asked, as only CRD 1.1 has.', service)
  if (resourceToken.test(templates))
    return adapter('1.1', 'The payer names orders in prefetch as CRD 1.1 does.', service)
  if (/context\.dispatchedOrders|\.resolve\(\)|ofType\(/.test(templates))
    return adapter('2.1', 'The payer asks with FHIRPath, as since CRD 2.1.', service)
  return adapter('2.0.1', 'The payer names no version, so the one most in use is spoken.', service)
}

/** `context.draftOrders.ServiceRequest.id` of CRD 1.1. */
const resourceToken = /context\.[A-Za-z]+\.[A-Z][A-Za-z]+\.id\b/

function adapter(version: CrdVersion, because: string, service: CdsService, asked?: string): Adapter {
  const templates = Object.values(service.prefetch).join('\n')
  const isOld = version === '1.1' || version === '2.0.1'
  // What the service itself looks into says more than its version.
  const dispatch = /context\.dispatchedOrders/.test(templates)
    ? '1.1'
    : /context\.(order|task)\b/.test(templates) || isOld
      ? '1.0'
      : '1.1'
  return {
    version,
    because,
    ...(asked !== undefined && { requestedVersion: asked }),
    dispatch,
    contentSpelling: isOld ? 'plain' : 'escaped',
    followsBasedOn: /\bbasedOn\b/.test(templates),
  }
}

const newestFirst: readonly CrdVersion[] = ['2.2', '2.1', '2.0.1', '1.1']

/** The service of a hook: where a payer has several, the one of the newest guide, and among equals the first. */
export function serviceFor(discovery: Discovery, hook: string): CdsService | undefined {
  const offered = discovery.services.filter((service) => service.hook === hook)
  const age = (service: CdsService): number => newestFirst.indexOf(adapterFor(service).version)
  return [...offered].sort((a, b) => age(a) - age(b))[0]
}
