import { useQuery } from '@tanstack/react-query'
import type { PrefetchCache } from '../../domain/crd/prefetch-cache'
import { type OrderType, orderTypes } from '../../domain/crd/scenario'
import { type FhirJson, text } from '../../domain/json'
import { ONCE } from '../asking/once'
import { useWork } from '../work'
import { orderSearch } from './use-chart'

/** Orders of the chart that are not over, newest first, and the kinds that could not be read. */
export interface ChartOrdersRead {
  readonly orders: readonly FhirJson[]
  readonly failed: readonly OrderType[]
}

const OPEN = ['draft', 'active', 'on-hold']

/** All open orders of the patient, each kind read once. */
export function useChartOrders(cache: PrefetchCache): ChartOrdersRead | undefined {
  const { session } = useWork()
  const query = useQuery({
    queryKey: ['what-if', session.key, 'open-orders'],
    queryFn: async (): Promise<ChartOrdersRead> => {
      const read = await Promise.all(
        orderTypes.map(async (type) => ({
          type,
          page: await cache.search(type, orderSearch(type, session.patientId)),
        })),
      )
      return {
        orders: read
          .flatMap(({ type, page }) =>
            page.ok ? page.value.matches.filter((order) => isOpen(order) && order.resourceType === type) : [],
          )
          .sort((a, b) => writtenOn(b).localeCompare(writtenOn(a))),
        failed: read.flatMap(({ type, page }) => (page.ok ? [] : [type])),
      }
    },
    ...ONCE,
  })
  return query.data
}

/** An order not to do something is nothing to begin with, and nothing to send out. */
const isOpen = (order: FhirJson): boolean =>
  OPEN.includes(text(order, 'status') ?? '') && order.doNotPerform !== true

/** When it was written: FHIR date or dateTime; empty where it does not say. */
export const writtenOn = (order: FhirJson): string =>
  text(order, 'authoredOn') ?? text(order, 'dateTime') ?? text(order, 'dateWritten') ?? ''

/** "Type/id". */
export const referenceOf = (order: FhirJson): string => `${order.resourceType}/${order.id ?? ''}`
