import type { Page } from '../fhir/bundle'
import type { SearchParams } from '../ports'
import type { Problem } from '../result'
import { ignoredParameters } from './history-searches'
import type { HistoryType } from './history-types'

/** `records`: how many of this type so far. */
export type TypeState =
  | { readonly kind: 'waiting' }
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
}

/** Where one type is. `visited`: the `next` addresses followed, so that a circle of pages ends. */
export interface Lane {
  readonly type: HistoryType
  state: TypeState
  records: number
  page: number
  next?: string
  claimed?: number
  pages?: number
  partial?: true
  ignored?: readonly string[]
  narrowed?: string
  readonly visited: Set<string>
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
}: Lane): TypeProgress => ({
  type,
  state,
  ...(partial && { partial }),
  ...(ignored !== undefined && { ignored }),
  ...(narrowed !== undefined && { narrowed }),
  ...(claimed !== undefined && { claimed }),
  ...(pages !== undefined && { pages }),
})

/** 400 and 422: the server takes the question in another form perhaps. */
export const isRefusedQuestion = (problem: Problem): boolean =>
  problem.kind === 'http' && (problem.status === 400 || problem.status === 422)

/** What the answer shows of how it was asked. */
export function noteAnswer(lane: Lane, search: SearchParams, narrowed: string | undefined, page: Page): void {
  const ignored = ignoredParameters(search, page.self)
  if (ignored.length > 0) lane.ignored = ignored
  if (narrowed !== undefined) lane.narrowed = narrowed
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
