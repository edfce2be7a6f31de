import { useQuery } from '@tanstack/react-query'
import type { AppliedStyle } from '../domain/smart-style'
import type { AppProps } from './App'

/** The EHR's SMART style, read once for a launch that names one; undefined until then, and where it is none that can be used. */
export function useSiteStyle(key: string, loadStyle: AppProps['loadStyle']): AppliedStyle | undefined {
  const file = useQuery({
    queryKey: ['style', key],
    queryFn: async () => {
      const loaded = await loadStyle?.()
      return loaded?.ok ? (await import('../domain/smart-style')).readSmartStyle(loaded.value) : null
    },
    enabled: loadStyle !== undefined,
  })
  return file.data ?? undefined
}
