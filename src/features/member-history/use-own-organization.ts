import { useQuery } from '@tanstack/react-query'
import type { OwnOrganization } from '../../domain/pdex/own-organization'
import { useWork } from '../work'

/** `own` is absent where the EHR does not say which it is. */
export type OwnState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly own: OwnOrganization }
  | { readonly kind: 'unknown' }

/** The user's organization: looked up in the chart when a filter needs it, once. */
export function useOwnOrganization(enabled: boolean): OwnState {
  const { session, chart, ports } = useWork()
  const { data, isError } = useQuery({
    queryKey: ['member-history', session.key, 'own-organization'],
    queryFn: async ({ signal }) => {
      const { readOwnOrganization } = await import('../../domain/pdex/own-organization')
      return { own: await readOwnOrganization(ports.ehr, { session, chart }, signal) }
    },
    enabled,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    structuralSharing: false,
  })
  if (isError) return { kind: 'unknown' }
  if (data === undefined) return { kind: 'asking' }
  return data.own === undefined ? { kind: 'unknown' } : { kind: 'known', own: data.own }
}
