import { useQuery } from '@tanstack/react-query'
import type { CodeChoice, EhrPort } from '../../domain/ports'
import { fail, type Result } from '../../domain/result'
import { useWork } from '../work'
import { ONCE } from './once'
import { distinct, itemOfChoice, matches, type OrderItem } from './order-item'
import { kindOfOrder, type OrderKind } from './order-kinds'
import { useRested } from './use-rested'

/** Fewer letters would list half a code system. */
export const LEAST_LETTERS = 3
const PAUSE_MS = 200

interface Choices {
  readonly items: readonly OrderItem[]
  readonly searching: boolean
  /** The EHR's code list could not be searched; what is already here is still offered. */
  readonly failed: boolean
}

/** Value sets that an EHR has said it does not know: asked for once. */
const unknown = new WeakMap<EhrPort, Set<string>>()

/** Asks the value sets in turn: an EHR knows one or the other. Fails with the last Problem. */
async function expandFirst(
  ehr: EhrPort,
  valueSets: readonly string[],
  filter: string,
  signal: AbortSignal,
): Promise<Result<readonly CodeChoice[]>> {
  const skip = unknown.get(ehr) ?? new Set<string>()
  unknown.set(ehr, skip)
  let last: Result<readonly CodeChoice[]> = fail({
    kind: 'http',
    server: ehr.name,
    status: 404,
    detail: 'No code list is known for this kind of order.',
  })
  for (const url of valueSets.filter((each) => !skip.has(each))) {
    last = await ehr.expand(url, filter, { signal })
    if (last.ok) return last
    if (last.problem.kind === 'http' && last.problem.status === 404) skip.add(url)
  }
  return last
}

/** What to offer for a text: the chart's own orders, the site's presets, then the EHR's code list from three letters on, then presets of other kinds. */
export function useCodeChoices(
  kind: OrderKind,
  filter: string,
  near: readonly OrderItem[],
  elsewhere: readonly OrderItem[],
): Choices {
  const { ports, session, site } = useWork()
  const rested = useRested(filter.trim(), PAUSE_MS)
  const enabled = rested.length >= LEAST_LETTERS
  const query = useQuery({
    queryKey: ['what-if', session.key, 'codes', kind, rested],
    queryFn: ({ signal }) =>
      expandFirst(
        ports.ehr,
        [...site.presets.valueSets[kind], ...kindOfOrder(kind).valueSets],
        rested,
        signal,
      ),
    enabled,
    ...ONCE,
  })
  const listed = enabled && query.data?.ok ? query.data.value.map(itemOfChoice) : []
  return {
    // Matched before doubles go: an order of the chart with the same code but other words must not hide a preset.
    items: distinct([
      ...distinct([...near.filter((item) => matches(item, filter)), ...listed]).slice(0, 30),
      ...(filter.trim() === '' ? [] : elsewhere.filter((item) => matches(item, filter))),
    ]),
    searching: enabled && query.isPending,
    failed: enabled && query.data?.ok === false && query.data.problem.kind !== 'cancelled',
  }
}
