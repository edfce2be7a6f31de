import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { HookConfiguration } from '../../../domain/crd/configuration'
import type { CdsService } from '../../../domain/crd/discovery'
import type { Payer } from '../../../domain/payer-directory'
import { ONCE } from '../../asking/once'
import { useWork } from '../../work'

/** What the user wants in the payers' answers, for asking. */
export interface Configuration {
  /** Always the same function while the task is open: it looks up what holds when it is called. */
  readonly of: (payer: Payer, service: CdsService) => Promise<HookConfiguration>
  /** Counts up when something changed: what was prepared before carries the old choice. */
  readonly version: number
  /** To be called when the user changed something. */
  readonly changed: () => void
}

/** Who configures, as a digest that nothing can be read from: choices are remembered beside it (CRD dev-13). */
export function useUserDigest() {
  const { ports, session } = useWork()
  return useQuery({
    queryKey: digestKey(session.key),
    queryFn: async () => {
      const words = new TextEncoder().encode(`${session.fhirBase} ${session.fhirUser ?? ''}`)
      const digest = await ports.digest('SHA-256', words)
      return digest.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
    },
    ...ONCE,
  })
}

const digestKey = (sessionKey: string): readonly string[] => ['user-digest', sessionKey]

/** The choices that hold for this user. Until it is known who that is, those of the role hold. */
export function useConfiguration(): Configuration {
  const { ports, session } = useWork()
  const client = useQueryClient()
  const isKnown = useUserDigest().data !== undefined
  const [changes, setChanges] = useState(0)
  const of = useCallback(
    async (payer: Payer, service: CdsService): Promise<HookConfiguration> => {
      // Asking loads it too: nothing of it is needed before.
      const { configurationFor, configurationKey, roleOf } = await import('../../../domain/crd/configuration')
      const user = client.getQueryData<string>(digestKey(session.key))
      const stored =
        user === undefined
          ? undefined
          : ports.preferences.load(configurationKey(user, payer.id, service.hook))
      return configurationFor(stored, roleOf(session.intent), service)
    },
    [client, ports, session],
  )
  const changed = useCallback(() => setChanges((count) => count + 1), [])
  const version = isKnown ? changes + 1 : 0
  return useMemo(() => ({ of, version, changed }), [of, version, changed])
}
