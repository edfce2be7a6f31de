import { payorReferences } from '../crd/coverage'
import { createPrefetchCache, type PrefetchCache } from '../crd/prefetch-cache'
import type { Page } from '../fhir/bundle'
import { readPerson } from '../fhir/person'
import { type FhirJson, text } from '../json'
import type { CallOptions, EhrPort, SearchParams } from '../ports'
import { ok, type Result } from '../result'
import { type CoveragesRead, readCoverages } from './day-coverages'
import { type DayVisit, readDayVisit, wallTime } from './day-visit'

/** The appointments of one day with all that asking about them needs, each resource read once. */
export interface Day {
  /** `YYYY-MM-DD` */
  readonly date: string
  /** In the order of the clock. */
  readonly visits: readonly DayVisit[]
  readonly patients: ReadonlyMap<string, FhirJson>
  /** By the patient's id; a problem where they could not be read. */
  readonly coverages: ReadonlyMap<string, CoveragesRead>
  /** Names of people and places by `Type/id`. */
  readonly names: ReadonlyMap<string, string>
  /** Entries that could not be read. */
  readonly unreadable: number
  /** There are more than are read. */
  readonly isCut: boolean
  /** The chart's reads of this list: who asks about its rows finds all of them here. */
  readonly cache: PrefetchCache
}

const PAGE_SIZE = 100
/** Nobody looks through more rows than these pages have. */
const MOST_PAGES = 20
/** As many ids as fit into a URL that every server takes. */
const GROUP = 40

/** Which appointments: those that begin within the user's own day. `from`, `until`: FHIR instants, the second not included. */
export interface DayQuery {
  readonly date: string
  readonly from: string
  readonly until: string
}

/** Reads a day by the user's own right (`user/` scopes). Problems: those of searching Appointment; nothing else stops it. */
export async function readDay(
  ehr: EhrPort,
  query: DayQuery,
  fhirBase: string,
  options: CallOptions = {},
): Promise<Result<Day>> {
  const found = await readAppointments(ehr, query, options)
  if (!found.ok) return found
  const cache = createPrefetchCache(ehr)
  for (const included of found.value.includes) cache.seed(included)
  const visits = found.value.appointments
    .flatMap((each) => readDayVisit(each, fhirBase) ?? [])
    // A server that passes over the dates sends the appointments of other days too.
    .filter(({ start }) => isWithin(start, query))
    .toSorted((a, b) => momentOf(a) - momentOf(b) || a.id.localeCompare(b.id))
  const ids = [...new Set(visits.flatMap(({ patientId }) => patientId ?? []))]
  const [patients, coverages, names] = await Promise.all([
    readAll(cache, 'Patient', ids),
    readCoverages(ehr, ids, options),
    readNames(cache, visits),
  ])
  await readPayors(cache, coverages, fhirBase)
  return ok({
    date: query.date,
    visits,
    patients: new Map(patients.map((each) => [each.id ?? '', each])),
    coverages,
    names,
    unreadable:
      found.value.unreadable + found.value.appointments.filter((each) => each.id === undefined).length,
    isCut: found.value.isCut,
    cache,
  })
}

interface Appointments {
  readonly appointments: readonly FhirJson[]
  readonly includes: readonly FhirJson[]
  readonly unreadable: number
  readonly isCut: boolean
}

/** Of every status, so that a cancelled one is listed as such. Some EHRs refuse an include that they do not know. */
async function readAppointments(
  ehr: EhrPort,
  { from, until }: DayQuery,
  options: CallOptions,
): Promise<Result<Appointments>> {
  const params: SearchParams = [
    ['date', `ge${from}`],
    ['date', `lt${until}`],
    ['_count', String(PAGE_SIZE)],
  ]
  const including: SearchParams = [...params, ['_include', 'Appointment:actor']]
  const first = await ehr.search('Appointment', including, options)
  const isRefused = !first.ok && first.problem.kind === 'http' && first.problem.status === 400
  return allPages(ehr, isRefused ? await ehr.search('Appointment', params, options) : first, options)
}

async function allPages(
  ehr: EhrPort,
  first: Result<Page>,
  options: CallOptions,
): Promise<Result<Appointments>> {
  const byId = new Map<string, FhirJson>()
  const includes: FhirJson[] = []
  let unreadable = 0
  const seen = new Set<string>()
  let page = first
  for (let count = 1; ; count += 1) {
    if (!page.ok) return page
    // A page may repeat what came before, where somebody books meanwhile.
    for (const each of page.value.matches) byId.set(each.id ?? `?${byId.size}`, each)
    includes.push(...page.value.includes)
    unreadable += page.value.unreadable
    const { next } = page.value
    const isOver = next === undefined || seen.has(next)
    if (isOver || count >= MOST_PAGES)
      return ok({ appointments: [...byId.values()], includes, unreadable, isCut: !isOver })
    seen.add(next)
    page = await ehr.next(next, options)
  }
}

const momentOf = ({ start }: DayVisit): number => {
  const at = Date.parse(start ?? '')
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at
}

/** What says no time cannot be told to be of another day. */
function isWithin(start: string | undefined, { date, from, until }: DayQuery): boolean {
  const at = Date.parse(start ?? '')
  if (Number.isNaN(at)) return true
  return (at >= Date.parse(from) && at < Date.parse(until)) || wallTime(start)?.day === date
}

/** Those that can be read, in few requests: what came along is not read again. */
async function readAll(
  cache: PrefetchCache,
  type: string,
  ids: readonly string[],
): Promise<readonly FhirJson[]> {
  const groups = Array.from({ length: Math.ceil(ids.length / GROUP) }, (_, i) =>
    ids.slice(i * GROUP, (i + 1) * GROUP),
  )
  const reads = await Promise.all(groups.map((group) => cache.search(type, [['_id', group.join(',')]])))
  return reads.flatMap((read) => (read.ok ? read.value.matches : []))
}

/** The payers' Organizations, for all patients at once. */
async function readPayors(
  cache: PrefetchCache,
  coverages: ReadonlyMap<string, CoveragesRead>,
  fhirBase: string,
): Promise<void> {
  const all = [...coverages.values()].flatMap((read) => (read.ok ? read.value : []))
  await readAll(cache, 'Organization', payorReferences(all, fhirBase))
}

/** Who and where in the words of the appointment, else of the chart. */
async function readNames(
  cache: PrefetchCache,
  visits: readonly DayVisit[],
): Promise<ReadonlyMap<string, string>> {
  const parties = visits.flatMap(({ practitioners, places }) => [...practitioners, ...places])
  const names = new Map(
    parties.flatMap(({ reference, name }) => (name === undefined ? [] : [[reference, name]])),
  )
  const nameless = [...new Set(parties.map(({ reference }) => reference))].filter((each) => !names.has(each))
  await Promise.all(
    ['Practitioner', 'Location'].map(async (type) => {
      const ids = nameless.flatMap((each) =>
        each.startsWith(`${type}/`) ? [each.slice(type.length + 1)] : [],
      )
      for (const resource of await readAll(cache, type, ids)) {
        const name = nameOf(resource)
        if (name !== undefined) names.set(`${type}/${resource.id}`, name)
      }
    }),
  )
  return names
}

const nameOf = (resource: FhirJson): string | undefined =>
  resource.resourceType === 'Location' ? text(resource, 'name') : readPerson(resource).name
