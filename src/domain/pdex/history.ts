import type { Page } from '../fhir/bundle'
import type { References } from '../fhir/references'
import type { FhirJson } from '../json'
import type { FhirReader, SearchParams } from '../ports'
import type { Problem, Result } from '../result'
import { historyAccumulator, outcomeWords, type RecordOwner } from './history-accumulator'
import { historySearch, ignoredParameters, searchWays } from './history-searches'
import { HISTORY_TYPES, type HistoryType } from './history-types'
import type { Member } from './member-match'
import type { HistoryRecord } from './record'

export type { HistoryType } from './history-types'

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

/** All that is known at one moment. Immutable, but that `references` goes on growing while reading. */
export interface HistorySnapshot {
  readonly running: boolean
  readonly types: readonly TypeProgress[]
  readonly records: readonly HistoryRecord[]
  /** The payer's own words on an answer that is only a part. */
  readonly warnings: readonly string[]
  /** Entries that could not be read. */
  readonly unreadable: number
  /** Records about somebody else, or about nobody: set aside, never shown as this patient's. */
  readonly setAside: number
  /** The same record sent more than once, counted once. */
  readonly duplicates: number
  readonly references: References
}

interface ReadingOptions {
  readonly reader: FhirReader
  /** Called after every page and every change of state. */
  readonly onChange: (snapshot: HistorySnapshot) => void
  readonly pageSize?: number
  /** Pages of one type until it stops by itself; `read` goes on from there. */
  readonly pageLimit?: number
}

export interface HistoryOptions extends ReadingOptions {
  readonly member: Member
}

/** Any server's records about one patient. */
export interface OwnedOptions extends ReadingOptions {
  readonly owner: RecordOwner
  readonly types: readonly HistoryType[]
  /** Types that this session may not read are not asked for, and read "not shared". */
  readonly isAllowed?: (type: HistoryType) => boolean
  readonly atOnce?: number
}

export interface HistoryReading {
  snapshot(): HistorySnapshot
  /** Reads, or goes on where it was stopped or failed. Resolves when nothing more is under way. */
  read(): Promise<HistorySnapshot>
  /** Stops what is under way; what was read stays. */
  stop(): void
}

/** Where one type is. `visited`: the `next` addresses followed, so that a circle of pages ends. */
interface Lane {
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

/** Several at a time, and not so many as to be a burden to a payer. */
const AT_ONCE = 4

/** Reads a member's history, type by type and page by page. Nothing is asked before `read` is called. */
export function historyReading({ member, ...options }: HistoryOptions): HistoryReading {
  const { patient, patientId, identifier } = member
  const owner = { source: member.payer.id, patient, patientId, ...(identifier && { identifier }) }
  return recordReading({ ...options, owner, types: HISTORY_TYPES })
}

/** Reads one patient's records of some types from any FHIR server; the chart's too. */
export function recordReading(options: OwnedOptions): HistoryReading {
  const { reader, owner, onChange, pageSize = 100, pageLimit = 500, atOnce = AT_ONCE } = options
  const accumulator = historyAccumulator(owner, reader.base)
  const lanes: readonly Lane[] = options.types.map((type) => ({
    type,
    state: { kind: 'waiting' },
    records: 0,
    page: 0,
    visited: new Set<string>(),
  }))
  let statement: FhirJson | undefined
  let control: AbortController | undefined
  let underWay: Promise<HistorySnapshot> | undefined

  const snapshot = (): HistorySnapshot => ({
    running: control !== undefined,
    types: lanes.map(progress),
    records: accumulator.records(),
    references: accumulator.references,
    ...accumulator.counts(),
  })
  const enter = (lane: Lane, state: TypeState): void => {
    lane.state = state
    onChange(snapshot())
  }

  /** Asks in one way after the other, as long as the server refuses the question and not the asker. */
  const firstPage = async (lane: Lane, signal: AbortSignal): Promise<Result<Page> | undefined> => {
    const search = historySearch(lane.type, owner.patientId, pageSize, statement)
    if (search === undefined) return undefined
    let page: Result<Page> | undefined
    for (const way of searchWays(lane.type, search)) {
      page = await reader.search(lane.type, way.search, { signal })
      if (page.ok) noteAnswer(lane, way.search, way.narrowed, page.value)
      if (page.ok || !isRefusedQuestion(page.problem)) break
    }
    return page
  }

  const readLane = async (lane: Lane, signal: AbortSignal): Promise<void> => {
    for (let pages = 0; ; pages += 1) {
      const { records } = lane
      if (pages === pageLimit) return enter(lane, { kind: 'stopped', records, why: 'page-limit' })
      enter(lane, { kind: 'reading', page: lane.page + 1, records })
      if (signal.aborted) return enter(lane, { kind: 'stopped', records, why: 'user' })
      if (options.isAllowed?.(lane.type) === false) return enter(lane, { kind: 'not-shared' })
      const page = await (lane.next === undefined
        ? firstPage(lane, signal)
        : reader.next(lane.next, { signal }))
      if (page === undefined) return enter(lane, { kind: 'not-offered' })
      if (!page.ok) return enter(lane, failure(lane, page.problem, signal))
      take(lane, page.value)
      const { next } = page.value
      if (next === undefined) return enter(lane, { kind: 'done', records: lane.records })
      if (lane.visited.has(next)) return enter(lane, circle(lane, reader.name))
      lane.visited.add(next)
      lane.next = next
    }
  }

  const take = (lane: Lane, page: Page): void => {
    const size = page.matches.length
    if (page.outcomes.some((outcome) => outcomeWords(outcome).length > 0)) lane.partial = true
    lane.records += accumulator.add(lane.type, page)
    lane.page += 1
    if (lane.page > 1 || page.total === undefined) return
    lane.claimed = page.total
    if (size > 0) lane.pages = Math.ceil(page.total / size)
  }

  const readAll = async (abort: AbortController): Promise<HistorySnapshot> => {
    const open = lanes.filter((lane) => isOpen(lane.state))
    for (const lane of open) lane.state = { kind: 'waiting' }
    onChange(snapshot())
    if (statement === undefined) {
      // A payer whose statement cannot be read is asked for every type all the same.
      const capability = await reader.capability({ signal: abort.signal })
      if (capability.ok) statement = capability.value
    }
    const queue = [...open]
    const work = async (): Promise<void> => {
      for (let lane = queue.shift(); lane !== undefined; lane = queue.shift())
        await readLane(lane, abort.signal)
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    control = undefined
    underWay = undefined
    const end = snapshot()
    onChange(end)
    return end
  }

  return {
    snapshot,
    stop: () => control?.abort(),
    read() {
      if (underWay) return underWay
      control = new AbortController()
      underWay = readAll(control)
      return underWay
    },
  }
}

const progress = ({ type, state, claimed, pages, partial, ignored, narrowed }: Lane): TypeProgress => ({
  type,
  state,
  ...(partial && { partial }),
  ...(ignored !== undefined && { ignored }),
  ...(narrowed !== undefined && { narrowed }),
  ...(claimed !== undefined && { claimed }),
  ...(pages !== undefined && { pages }),
})

/** 400 and 422: the server takes the question in another form perhaps. */
const isRefusedQuestion = (problem: Problem): boolean =>
  problem.kind === 'http' && (problem.status === 400 || problem.status === 422)

function noteAnswer(lane: Lane, search: SearchParams, narrowed: string | undefined, page: Page): void {
  const ignored = ignoredParameters(search, page.self)
  if (ignored.length > 0) lane.ignored = ignored
  if (narrowed !== undefined) lane.narrowed = narrowed
}

/** What a further `read` takes up again. */
const isOpen = (state: TypeState): boolean => ['waiting', 'stopped', 'failed'].includes(state.kind)

function failure(lane: Lane, problem: Problem, signal: AbortSignal): TypeState {
  const { records } = lane
  if (signal.aborted || problem.kind === 'cancelled') return { kind: 'stopped', records, why: 'user' }
  if (problem.kind === 'http' && lane.page === 0) {
    if (problem.status === 403) return { kind: 'not-shared' }
    if (problem.status === 404 || problem.status === 501) return { kind: 'not-offered' }
  }
  return { kind: 'failed', problem, records }
}

/** A `next` that was followed before would never end. */
function circle(lane: Lane, server: string): TypeState {
  const message = 'The pages of the answer lead back to one that was read before.'
  return {
    kind: 'failed',
    records: lane.records,
    problem: { kind: 'malformed', server, path: 'link.next', message },
  }
}
