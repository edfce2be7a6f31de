import { useState } from 'react'
import type { KeptLogPort, LogLine, LogSearch } from '../../domain/kept-log'
import type { Problem } from '../../domain/result'

/** What was found so far. `before`: there is more. */
export interface Found {
  readonly search: LogSearch
  readonly lines: readonly LogLine[]
  readonly before?: number
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly search: LogSearch }
  | { readonly kind: 'found'; readonly found: Found; readonly isMore: boolean; readonly problem?: Problem }

/** Searches the site's log by hand alone: each search is itself recorded there. */
export function useLogSearch(log: KeptLogPort) {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const search = async (wanted: LogSearch): Promise<Found | undefined> => {
    setState({ kind: 'searching' })
    const page = await log.search(wanted)
    if (!page.ok) {
      setState({ kind: 'failed', problem: page.problem, search: wanted })
      return undefined
    }
    const found = { search: wanted, ...page.value }
    setState({ kind: 'found', found, isMore: false })
    return found
  }
  const more = async (found: Found): Promise<void> => {
    if (found.before === undefined) return
    setState({ kind: 'found', found, isMore: true })
    const page = await log.search({ ...found.search, before: found.before })
    if (!page.ok) {
      setState({ kind: 'found', found, isMore: false, problem: page.problem })
      return
    }
    const lines = [...found.lines, ...page.value.lines]
    setState({ kind: 'found', found: { ...page.value, search: found.search, lines }, isMore: false })
  }
  return { state, search, more }
}
