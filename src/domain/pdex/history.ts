import type { Page } from '../fhir/bundle'
import type { FhirJson } from '../json'
import type { CallOptions, FhirReader } from '../ports'
import { fail, type Result } from '../result'
import type { Breathe } from './breathe'
import { historyAccumulator, outcomeWords, type RecordOwner } from './history-accumulator'
import {
  circle,
  failure,
  isOpen,
  isRefusedQuestion,
  type Lane,
  newLane,
  noteAnswer,
  progress,
  startAnew,
  type TypeState,
} from './history-lane'
import { readOwnSearch, runOwnSearch, type SearchFound } from './history-own-search'
import { NAMES_AT_MOST, readNamed } from './history-references'
import { periodParameters, type ReadScope } from './history-scope'
import { historySearch, searchWays } from './history-searches'
import type { HistorySnapshot } from './history-snapshot'
import { HISTORY_TYPES, type HistoryType } from './history-types'
import type { Member } from './member-match'
import type { RecordKey } from './record'

export type { TypeProgress, TypeState } from './history-lane'
export type { SearchFound } from './history-own-search'
export type { ReadPeriod, ReadScope } from './history-scope'
export type { HistorySnapshot } from './history-snapshot'
export type { HistoryType } from './history-types'

interface ReadingOptions {
  readonly reader: FhirReader
  /** Called after every page and every change of state. */
  readonly onChange: (snapshot: HistorySnapshot) => void
  readonly pageSize?: number
  /** Lets others at the thread in the midst of long work. */
  readonly breathe?: Breathe
  /** Pages of one type until it stops by itself; `read` goes on from there. */
  readonly pageLimit?: number
}

export interface HistoryOptions extends ReadingOptions {
  readonly member: Member
  /** Absent: everything. */
  readonly scope?: ReadScope
}

/** Any server's records about one patient. */
export interface OwnedOptions extends ReadingOptions {
  readonly owner: RecordOwner
  readonly types: readonly HistoryType[]
  /** Types that this session may not read are not asked for, and read "not shared". */
  readonly isAllowed?: (type: HistoryType) => boolean
  readonly atOnce?: number
  readonly scope?: ReadScope
  /** Reads people, places and medications that no include brought, by id, after the rows. */
  readonly isNaming?: boolean
}

export interface HistoryReading {
  snapshot(): HistorySnapshot
  /** Reads, or goes on where it was stopped or failed. Resolves when nothing more is under way. */
  read(): Promise<HistorySnapshot>
  /** Stops what is under way; what was read stays. */
  stop(): void
  /** Asks too for what the scope left out, and without its period. */
  widen(): Promise<HistorySnapshot>
  /** One more search, as the user wrote it (`readOwnSearch`); what it finds joins the rest. */
  search(written: string, options?: CallOptions): Promise<Result<SearchFound>>
}

/** Several at a time, and not so many as to be a burden to a payer. */
const AT_ONCE = 4

/** Reads a member's history, type by type and page by page. Nothing is asked before `read` is called. */
export function historyReading({ member, ...options }: HistoryOptions): HistoryReading {
  const { payer, ...known } = member
  const owner = { source: payer.id, ...known }
  return recordReading({ ...options, owner, types: HISTORY_TYPES, isNaming: true })
}

/** Reads one patient's records of some types from any FHIR server; the chart's too. */
export function recordReading(options: OwnedOptions): HistoryReading {
  const { reader, owner, onChange, pageSize = 100, pageLimit = 500, atOnce = AT_ONCE } = options
  const accumulator = historyAccumulator(owner, reader.base)
  const lanes: readonly Lane[] = options.types.map(newLane)
  const wanted = options.scope?.types
  for (const lane of lanes) if (wanted?.includes(lane.type) === false) lane.state = { kind: 'skipped' }
  let period = options.scope?.period
  const searched = new Set<RecordKey>()
  let statement: FhirJson | undefined
  let control: AbortController | undefined
  let naming = new AbortController()
  let names = 0
  let underWay: Promise<HistorySnapshot> | undefined

  const snapshot = (): HistorySnapshot => ({
    running: control !== undefined,
    types: lanes.map(progress),
    records: accumulator.records(),
    references: accumulator.references,
    ...(searched.size > 0 && { searched: new Set(searched) }),
    ...(period && { period }),
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
    for (const way of searchWays(lane.type, search, periodParameters(lane.type, period, statement))) {
      page = await reader.search(lane.type, way.search, { signal })
      if (page.ok) noteAnswer(lane, way, page.value)
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
      await freshen()
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
    accumulator.add(lane.type, page, lane.keys)
    lane.records = lane.keys.size
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
    if (!abort.signal.aborted) void nameAll()
    return end
  }

  const freshen = async (): Promise<void> => {
    const steps = accumulator.freshen()
    while (steps.next().done !== true) await options.breathe?.()
  }
  const takeNamed = (found: readonly FhirJson[]): Promise<void> => {
    accumulator.addNamed(found)
    return freshen()
  }

  /** Twice: a role that was read names people of its own. */
  const nameAll = async (): Promise<void> => {
    if (options.isNaming !== true) return
    if (naming.signal.aborted) naming = new AbortController()
    const { signal } = naming
    for (let round = 0; round < 2 && !signal.aborted && names < NAMES_AT_MOST; round += 1) {
      const missing = accumulator.takeMissing(NAMES_AT_MOST - names)
      names += missing.length
      await readNamed(reader, missing, takeNamed, { signal })
      if (missing.length > 0) onChange(snapshot())
    }
  }

  const read = (): Promise<HistorySnapshot> => {
    if (underWay) return underWay
    control = new AbortController()
    underWay = readAll(control)
    return underWay
  }

  return {
    snapshot,
    stop() {
      control?.abort()
      naming.abort()
    },
    read,
    async widen() {
      await underWay
      period = undefined
      for (const lane of lanes)
        if (lane.state.kind === 'skipped' || lane.limited !== undefined) startAnew(lane)
      return read()
    },
    async search(written, call) {
      const own = readOwnSearch(written, statement, owner.patientId)
      const search = own.ok ? historySearch(own.value.type, owner.patientId, pageSize, statement) : undefined
      if (!own.ok || search === undefined) return own.ok ? fail({ kind: 'cancelled' }) : own
      const question = { type: own.value.type, search: [...search, ...own.value.params] }
      const { keys, result } = await runOwnSearch(question, reader, accumulator, call)
      await freshen()
      for (const key of keys) searched.add(key)
      onChange(snapshot())
      void nameAll()
      return result
    },
  }
}
