import { useSyncExternalStore } from 'react'

const QUERY = '(max-width: 599.98px)'

/** Too narrow for a table: below 600 px (U8). */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia?.(QUERY).matches ?? false)
}

function subscribe(changed: () => void): () => void {
  const media = window.matchMedia?.(QUERY)
  media?.addEventListener('change', changed)
  return () => media?.removeEventListener('change', changed)
}
