import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { readPresets } from '../../domain/pdex/own-presets'
import { type HistoryPreset, isSameName } from '../../domain/pdex/preset'
import { useWork } from '../work'

export interface OwnPresets {
  /** Undefined until it is known whose they are. */
  readonly presets: readonly HistoryPreset[] | undefined
  /** false: this browser keeps them only while the page is open. */
  readonly isKept: boolean
  add(preset: HistoryPreset): void
  rename(from: string, to: string): void
  remove(name: string): void
}

/** The user's own filters, in this browser, beside a digest that nothing can be read from. Nothing of a patient is in them. */
export function useOwnPresets(): OwnPresets {
  const { ports, session } = useWork()
  const { data: key } = useQuery({
    queryKey: ['member-history', session.key, 'presets-of'],
    queryFn: async () => {
      const user = new TextEncoder().encode(`${session.fhirBase} ${session.fhirUser ?? ''}`)
      return `history-filters ${await ports.digest('SHA-256', user)}`
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const [changes, setChanges] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew after each change
  const presets = useMemo(
    () => (key === undefined ? undefined : readPresets(ports.preferences.load(key))),
    [key, ports, changes],
  )
  /** Another tab may have changed them since. */
  const change = (apply: (now: readonly HistoryPreset[]) => readonly HistoryPreset[]): void => {
    if (key === undefined) return
    ports.preferences.save(key, apply(readPresets(ports.preferences.load(key))))
    setChanges(changes + 1)
  }
  return {
    presets,
    isKept: ports.preferences.isDurable(),
    add: (preset) => change((now) => [...now.filter(({ name }) => !isSameName(name, preset.name)), preset]),
    rename: (from, to) =>
      change((now) => now.map((one) => (isSameName(one.name, from) ? { ...one, name: to.trim() } : one))),
    remove: (name) => change((now) => now.filter((one) => !isSameName(one.name, name))),
  }
}
