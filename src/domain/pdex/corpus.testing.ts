/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { filesOf } from '../crd/guide-profiles.test-data'
import { readPage } from '../fhir/bundle'
import { type FhirJson, isObject, isResource, objects } from '../json'
import { type HistoryAccumulator, historyAccumulator } from './history-accumulator'
import { HISTORY_TYPES } from './history-types'
import type { RecordKey } from './record'

/** Resources that somebody else made: a guide's examples, a fixture, a synthetic patient. */
export interface Corpus {
  readonly name: string
  readonly resources: readonly FhirJson[]
}

export const base = 'https://payer.example/fhir'

/** The published examples beside this project; empty where they are not there. */
export function corpora(): readonly Corpus[] {
  return [
    ...inFolder('../shared/ig', /\.tgz$/).map((file) => ({
      name: file,
      resources: [...filesOf(file, /^package\/(example\/)?[A-Z][^/]*\.json$/)].flatMap(resourcesIn),
    })),
    ...[
      ...inFolder('../shared/fixtures/crd-2.1.0', /\.json$/),
      ...inFolder('sandbox/data/acme/members', /\.json$/),
    ].map(fromFile),
    ...inFolder('../shared/data/synthea', /_.*\.json$/).map(fromFile),
  ].filter(({ resources }) => resources.length > 0)
}

const inFolder = (folder: string, name: RegExp): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => name.test(file))
        .map((file) => `${folder}/${file}`)
    : []

/** References of a transaction are made literal, as a server does when it takes one. */
function fromFile(file: string): Corpus {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const names = new Map(
    resourcesIn(json).map((each) => [`urn:uuid:${each.id}`, `${each.resourceType}/${each.id}`]),
  )
  const literal = JSON.stringify(json).replace(/urn:uuid:[0-9a-f-]{36}/g, (urn) => names.get(urn) ?? urn)
  return { name: file, resources: resourcesIn(JSON.parse(literal)) }
}

/** Resources at any depth of what was read, those of Bundles one by one; contained ones stay inside. */
function resourcesIn(json: unknown): readonly FhirJson[] {
  if (Array.isArray(json)) return json.flatMap(resourcesIn)
  if (!isObject(json)) return []
  if (json.resourceType === 'Bundle')
    return objects(json, 'entry').flatMap((entry) => resourcesIn(entry.resource))
  if (json.resourceType === 'Parameters')
    return objects(json, 'parameter').flatMap((each) => resourcesIn(each.resource))
  if (isResource(json)) return [json]
  return Object.values(json).flatMap(resourcesIn)
}

/** The patients of a corpus: those with a Patient, and those that records name. */
export function patientsOf({ resources }: Corpus): readonly string[] {
  const named = resources.flatMap((each) => {
    const about = each.subject ?? each.patient ?? each.beneficiary
    const reference = isObject(about) && typeof about.reference === 'string' ? about.reference : ''
    return /^Patient\/([\w.-]+)$/.exec(reference)?.[1] ?? []
  })
  const own = resources.flatMap((each) => (each.resourceType === 'Patient' ? (each.id ?? []) : []))
  return [...new Set([...own, ...named])]
}

/** Takes a corpus in as a payer's answers about one patient: a page a type, with everything that explains it. */
export function readCorpus(
  { resources }: Corpus,
  patientId: string,
): { readonly accumulator: HistoryAccumulator; readonly sent: number } {
  const patient = resources.find((each) => each.resourceType === 'Patient' && each.id === patientId)
  const owner = { source: 'acme', patient: patient ?? { resourceType: 'Patient', id: patientId }, patientId }
  const accumulator = historyAccumulator(owner, base)
  const explaining = resources.filter((each) => !HISTORY_TYPES.some((type) => type === each.resourceType))
  let sent = 0
  for (const type of HISTORY_TYPES) {
    const own = resources.filter((each) => each.resourceType === type)
    sent += own.length
    const entry = [
      ...own.map((resource) => ({ resource, search: { mode: 'match' } })),
      ...explaining.map((resource) => ({ resource, search: { mode: 'include' } })),
    ]
    const page = readPage({ resourceType: 'Bundle', type: 'searchset', entry }, 'Acme Health')
    if (page.ok) accumulator.add(type, page.value, new Set<RecordKey>())
  }
  while (accumulator.freshen().next().done !== true);
  return { accumulator, sent }
}
