import type { Page } from '../fhir/bundle'
import type { Problem } from '../result'
import { ignoredParameters, type SearchWay } from './history-searches'
import type { HistoryType } from './history-types'
import type { RecordKey } from './record'

/** `records`: how many of this type so far. */
export type TypeState =
  | { readonly kind: 'waiting' }
  /** The user did not want it read. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'reading'; readonly page: number; readonly records: number }
  | { readonly kind: 'done'; readonly records: number }
  | { readonly kind: 'stopped'; readonly records: number; readonly why: 'user' | 'page-limit' }
  /** The payer does not share it with us (403): not the same as none. */
  | { readonly kind: 'not-shared' }
  /** The payer's API has no such type. */
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly records: number }

export interface TypeProgress {
  readonly type: HistoryType
  readonly state: TypeState
  /** What the payer claims there is; often wrong. */
  readonly claimed?: number
  /** Pages that make up `claimed`, by the size of the first page. */
  readonly pages?: number
  /** The payer said that its answer is only a part. */
  readonly partial?: true
  /** Parameters of the search that the answer's `self` link shows as not used. */
  readonly ignored?: readonly string[]
  /** Could be asked for only by this parameter: records without a usual value in it may be missing. */
  readonly narrowed?: string
  /** Asked for within the period alone, by this parameter: what is older, or has no such date, is missing. */
  readonly limited?: string
}

/** Where one type is. `visited`: the `next` addresses followed, so that a circle of pages ends. */
export interface Lane {
  readonly type: HistoryType
  state: TypeState
  /** Of the records that came for it. */
  readonly keys: Set<RecordKey>
  records: number
  page: number
  next?: string
  claimed?: number
  pages?: number
  partial?: true
  ignored?: readonly string[]
  narrowed?: string
  limited?: string
  readonly visited: Set<string>
}

/** Where every type begins. */
export const newLane = (type: HistoryType): Lane => ({
  type,
  state: { kind: 'waiting' },
  keys: new Set(),
  records: 0,
  page: 0,
  visited: new Set(),
})

/** From its first page, as though nothing had been asked; the records stay where they are held. */
export function startAnew(lane: Lane): void {
  lane.state = { kind: 'waiting' }
  lane.page = 0
  lane.records = 0
  lane.keys.clear()
  lane.visited.clear()
  for (const key of ['next', 'claimed', 'pages', 'partial', 'ignored', 'narrowed', 'limited'] as const)
    delete lane[key]
}

/** For those who look on. */
export const progress = ({
  type,
  state,
  claimed,
  pages,
  partial,
  ignored,
  narrowed,
  limited,
}: Lane): TypeProgress => ({
  type,
  state,
  ...(partial && { partial }),
  ...(ignored !== undefined && { ignored }),
  ...(narrowed !== undefined && { narrowed }),
  ...(limited !== undefined && { limited }),
  ...(claimed !== undefined && { claimed }),
  ...(pages !== undefined && { pages }),
})

/** 400 and 422: the server takes the question in another form perhaps. */
export const isRefusedQuestion = (problem: Problem): boolean =>
  problem.kind === 'http' && (problem.status === 400 || problem.status === 422)

/** What the answer shows of how it was asked. A period that the server did not use limits nothing. */
export function noteAnswer(lane: Lane, { search, narrowed, limited }: SearchWay, page: Page): void {
  const ignored = ignoredParameters(search, page.self)
  if (ignored.length > 0) lane.ignored = ignored
  if (narrowed !== undefined) lane.narrowed = narrowed
  if (limited !== undefined && !ignored.includes(limited)) lane.limited = limited
}

/** What a further `read` takes up again. */
export const isOpen = (state: TypeState): boolean => ['waiting', 'stopped', 'failed'].includes(state.kind)

/** What a problem makes of a type: not shared (403), not offered, stopped, or failed. */
export function failure(lane: Lane, problem: Problem, signal: AbortSignal): TypeState {
  const { records } = lane
  if (signal.aborted || problem.kind === 'cancelled') return { kind: 'stopped', records, why: 'user' }
  if (problem.kind === 'http' && lane.page === 0) {
    if (problem.status === 403) return { kind: 'not-shared' }
    if (problem.status === 404 || problem.status === 501) return { kind: 'not-offered' }
  }
  return { kind: 'failed', problem, records }
}

/** A `next` that was followed before would never end. */
export function circle(lane: Lane, server: string): TypeState {
  const message = 'The pages of the answer lead back to one that was read before.'
  return {
    kind: 'failed',
    records: lane.records,
    problem: { kind: 'malformed', server, path: 'link.next', message },
  }
}
