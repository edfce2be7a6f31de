import type { PrefetchCache } from '../crd/prefetch-cache'
import { literal } from '../fhir/references'
import { type FhirJson, text } from '../json'
import type { CallOptions, EhrPort, SearchParams } from '../ports'
import { fail, ok, type Problem, type Result } from '../result'

/** A patient's Coverages, or why they could not be read. */
export type CoveragesRead = Result<readonly FhirJson[]>

/** Patients in one search: their ids fit into a URL that every server takes. */
const GROUP = 40
/** Single searches at the same time. */
const AT_ONCE = 4
const MOST_PAGES = 20

/**
 * The Coverages of many patients in few requests. Whoever comes out of a group without any is looked up alone: a server that does
 * not know lists of patients finds nobody, and "no coverage" must not be said on its word.
 */
export async function readCoverages(
  ehr: EhrPort,
  patientIds: readonly string[],
  options: CallOptions = {},
): Promise<ReadonlyMap<string, CoveragesRead>> {
  const found = new Map<string, CoveragesRead>()
  const groups = Array.from({ length: Math.ceil(patientIds.length / GROUP) }, (_, i) =>
    patientIds.slice(i * GROUP, (i + 1) * GROUP),
  )
  await inTurn(groups, async (group) => {
    const read = await searchAll(ehr, [['patient', group.join(',')]], options)
    if (read.ok) for (const [id, own] of byPatient(group, read.value)) found.set(id, ok(own))
    else if (group.length === 1) found.set(group[0] ?? '', read)
  })
  const alone = patientIds.filter((id) => !found.has(id))
  await inTurn(groups.length === 1 && patientIds.length === 1 ? [] : alone, async (id) => {
    const read = await searchAll(ehr, [['patient', id]], options)
    found.set(id, read.ok ? ok(byPatient([id], read.value).get(id) ?? []) : read)
  })
  for (const id of patientIds) if (!found.has(id)) found.set(id, ok([]))
  return found
}

/** Only what says whose it is: a coverage of nobody that was asked for is nobody's. */
function byPatient(
  ids: readonly string[],
  coverages: readonly FhirJson[],
): ReadonlyMap<string, readonly FhirJson[]> {
  const owned = new Map<string, FhirJson[]>()
  for (const coverage of coverages) {
    const target = literal(text(coverage, 'beneficiary', 'reference'))
    if (coverage.resourceType !== 'Coverage' || target?.type !== 'Patient' || !ids.includes(target.id))
      continue
    owned.set(target.id, [...(owned.get(target.id) ?? []), coverage])
  }
  return owned
}

/** All pages, or the problem: half of somebody's coverages is worse than none. */
async function searchAll(
  ehr: EhrPort,
  params: SearchParams,
  options: CallOptions,
): Promise<Result<readonly FhirJson[]>> {
  const all: FhirJson[] = []
  let page = await ehr.search('Coverage', [...params, ['_count', '200']], options)
  for (let count = 1; ; count += 1) {
    if (!page.ok) return page
    if (page.value.unreadable > 0 || count > MOST_PAGES) return fail(inPart(ehr))
    all.push(...page.value.matches)
    if (page.value.next === undefined) return ok(all)
    page = await ehr.next(page.value.next, options)
  }
}

const inPart = (ehr: EhrPort): Problem => ({
  kind: 'malformed',
  server: ehr.name,
  path: '',
  message: 'Part of the search result could not be read.',
})

async function inTurn<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

/** The chart with the coverages of a day already read: choosing one and asking about it reads none of them again. */
export const withCoverages = (
  cache: PrefetchCache,
  coverages: ReadonlyMap<string, CoveragesRead>,
): PrefetchCache => ({
  ...cache,
  async search(type, params) {
    const [[name, patient] = []] = params
    const known = type === 'Coverage' && name === 'patient' ? coverages.get(patient ?? '') : undefined
    const isPlain = params.every(([each]) => each === 'patient' || each === '_include')
    if (known === undefined || !isPlain) return cache.search(type, params)
    return known.ok ? ok({ matches: known.value, includes: [] }) : known
  },
})
