import { useQuery } from '@tanstack/react-query'
import type { CodeChoice, EhrPort, TerminologyPort } from '../../domain/ports'
import { fail, type Result } from '../../domain/result'
import { useWork } from '../work'
import { ONCE } from './once'
import { distinct, itemOfChoice, matches, type OrderItem } from './order-item'
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

/** Value sets that a server has said it does not know: asked for once. */
const unknown = new WeakMap<object, Set<string>>()

/** Asks the value sets in turn: a server knows one or the other. Fails with the last Problem. */
async function expandFirst(
  server: EhrPort | TerminologyPort,
  valueSets: readonly string[],
  filter: string,
  signal: AbortSignal,
): Promise<Result<readonly CodeChoice[]>> {
  const skip = unknown.get(server) ?? new Set<string>()
  unknown.set(server, skip)
  let last: Result<readonly CodeChoice[]> = fail({
    kind: 'http',
    server: server.name,
    status: 404,
    detail: 'No code list is known for this kind of order.',
  })
  for (const url of valueSets.filter((each) => !skip.has(each))) {
    last = await server.expand(url, filter, { signal })
    if (last.ok) return last
    if (last.problem.kind === 'http' && last.problem.status === 404) skip.add(url)
  }
  return last
}

/** What the code lists have. `chartFailed`: the chart's own could not be searched, wherever the choices then come from. */
interface LookedUp {
  readonly choices: readonly CodeChoice[]
  readonly chartFailed: boolean
}

/** The chart's own lists, then, where they have nothing, the site's terminology service. */
async function lookUp(
  ehr: EhrPort,
  terminology: TerminologyPort | undefined,
  valueSets: readonly string[],
  filter: string,
  signal: AbortSignal,
): Promise<LookedUp> {
  const listed = await expandFirst(ehr, valueSets, filter, signal)
  const chartFailed = !listed.ok && listed.problem.kind !== 'cancelled'
  const choices = listed.ok ? listed.value : []
  if (choices.length > 0 || terminology === undefined || signal.aborted) return { choices, chartFailed }
  const further = await expandFirst(terminology, valueSets, filter, signal)
  const found = further.ok ? further.value : []
  // A chart that keeps no such list has not failed where the site's service has it.
  const hasNoList = !listed.ok && listed.problem.kind === 'http' && listed.problem.status === 404
  return { choices: found, chartFailed: chartFailed && !(hasNoList && found.length > 0) }
}

/** What a code is searched for. */
export interface CodeSubject {
  /** Equal for equal subjects. */
  readonly key: string
  /** Canonicals that `$expand` is asked for, in this order, until one is known. */
  readonly valueSets: readonly string[]
}

/** What to offer for a text: what is near (the chart's own, then presets), then code lists from three letters on, then presets of other kinds. */
export function useCodeChoices(
  subject: CodeSubject,
  filter: string,
  near: readonly OrderItem[],
  elsewhere: readonly OrderItem[],
): Choices {
  const { ports, session } = useWork()
  const rested = useRested(filter.trim(), PAUSE_MS)
  const enabled = rested.length >= LEAST_LETTERS
  const query = useQuery({
    queryKey: ['asking', session.key, 'codes', subject.key, rested],
    queryFn: ({ signal }) => lookUp(ports.ehr, ports.terminology, subject.valueSets, rested, signal),
    enabled,
    ...ONCE,
  })
  const listed = enabled && query.data ? query.data.choices.map(itemOfChoice) : []
  return {
    // Matched before doubles go: an order of the chart with the same code but other words must not hide a preset.
    items: distinct([
      ...distinct([...near.filter((item) => matches(item, filter)), ...listed]).slice(0, 30),
      ...(filter.trim() === '' ? [] : elsewhere.filter((item) => matches(item, filter))),
    ]),
    searching: enabled && query.isPending,
    failed: enabled && query.data?.chartFailed === true,
  }
}
