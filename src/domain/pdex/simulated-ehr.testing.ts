import { readPage } from '../fhir/bundle'
import { serverCapability } from '../fhir/capability'
import { type FhirJson, objects, text } from '../json'
import type { ChartWriterPort, FhirReader, JournalPort } from '../ports'
import { fail, ok, type Problem } from '../result'
import type { WriteDependencies } from './write'

/** Faults of one POST, in the order they strike. `crash`: the app is gone at that moment. */
export type Fault =
  | 'none'
  | 'drop before commit'
  | 'drop after commit'
  | 'crash before commit'
  | 'crash after commit'
  | 'fault before commit'
  | 'fault after commit'
  | 'too many'
  | 'expired'
  | 'refuse'
  | 'crash at journal'

export const FAULTS: readonly Fault[] = [
  'none',
  'drop before commit',
  'drop after commit',
  'crash before commit',
  'crash after commit',
  'fault before commit',
  'fault after commit',
  'too many',
  'expired',
  'refuse',
  'crash at journal',
]

export class Crash extends Error {}

const http = (status: number, retryAfterSeconds?: number): Problem => ({
  kind: 'http',
  server: 'the chart',
  status,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
})

export interface Config {
  readonly conditional: boolean
  readonly search: boolean
  readonly provenance: boolean
  readonly documents: boolean
  /** `identifier` is left out of every search, as a server may do with a parameter that it does not know. */
  readonly lenient?: boolean
}

/** A chart that keeps what is posted, with faults on the way. */
export function simulatedEhr(config: Config, faults: Fault[] = []) {
  const { conditional, search, provenance, documents, lenient = false } = config
  const stored: FhirJson[] = []
  const waits: number[] = []
  let saved: string | undefined
  let posts = 0
  const matches = (type: string, query: readonly (readonly [string, string])[]): readonly FhirJson[] =>
    stored.filter(
      (r) =>
        r.resourceType === type &&
        query.every(([name, value]) => {
          if (name === 'identifier' && lenient) return true
          if (name === 'identifier')
            return objects(r, 'identifier').some((i) => `${i.system}|${i.value}` === value.replace(/\\/g, ''))
          if (name === 'target') return text(r, 'target', 0, 'reference') === value
          return true
        }),
    )
  const commit = (resource: FhirJson, ifNoneExist: string | undefined) => {
    const query = [...new URLSearchParams(ifNoneExist ?? '')]
    const there = ifNoneExist === undefined ? [] : matches(resource.resourceType, query)
    const [first] = there
    if (first !== undefined) return ok({ isNew: false, reference: `${first.resourceType}/${first.id}` })
    const id = String(stored.length + 1)
    stored.push({ ...resource, id })
    return ok({ isNew: true, reference: `${resource.resourceType}/${id}` })
  }
  const writer: ChartWriterPort = {
    create: (resource, options) => {
      posts += 1
      const { ifNoneExist } = options ?? {}
      const fault = faults.shift() ?? 'none'
      if (ifNoneExist !== undefined && !conditional) throw new Error('the chart knows no conditional create')
      if (resource.resourceType === 'DocumentReference' && !documents) return Promise.resolve(fail(http(422)))
      if (fault.endsWith('after commit')) commit(resource, ifNoneExist)
      switch (fault) {
        case 'crash before commit':
        case 'crash after commit':
          return Promise.reject(new Crash())
        case 'drop before commit':
        case 'drop after commit':
          return Promise.resolve(fail({ kind: 'network', server: 'the chart' }))
        case 'fault before commit':
        case 'fault after commit':
          return Promise.resolve(fail(http(500)))
        case 'too many':
          return Promise.resolve(fail(http(429, 7)))
        case 'expired':
          return Promise.resolve(fail(http(401)))
        case 'refuse':
          return Promise.resolve(fail(http(422)))
        default:
          return Promise.resolve(commit(resource, ifNoneExist))
      }
    },
  }
  const unused = () => Promise.reject(new Error('not expected'))
  const chart: FhirReader = {
    name: 'the chart',
    base: 'https://ehr.example/fhir',
    capability: unused,
    read: unused,
    next: unused,
    search: (type, params) => {
      if (!search) throw new Error('the chart cannot be searched')
      const entry = matches(type, params).map((resource) => ({ resource }))
      return Promise.resolve(readPage({ resourceType: 'Bundle', entry }, 'the chart'))
    },
  }
  const journal: JournalPort = {
    load: () => Promise.resolve(saved === undefined ? undefined : (JSON.parse(saved) as unknown)),
    save: (_, value) => {
      if (faults[0] === 'crash at journal') {
        faults.shift()
        return Promise.reject(new Crash())
      }
      saved = JSON.stringify(value)
      return Promise.resolve()
    },
  }
  const dependencies: WriteDependencies = {
    writer,
    chart,
    journal,
    clock: {
      now: () => 0,
      after: (ms, run) => {
        waits.push(ms)
        queueMicrotask(run)
        return () => undefined
      },
    },
    pdf: { render: () => Promise.resolve(ok(new Uint8Array([37, 80, 68, 70]))) },
    digest: async (algorithm, bytes) => {
      const hash = new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)))
      return btoa(String.fromCharCode(...hash))
    },
  }
  const statement: FhirJson = {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: ['Condition', 'Procedure', ...(provenance ? ['Provenance'] : []), 'DocumentReference'].map(
          (type) => ({
            type,
            conditionalCreate: conditional,
            interaction: [{ code: 'create' }, ...(search ? [{ code: 'search-type' }] : [])],
          }),
        ),
      },
    ],
  }
  return {
    dependencies,
    stored,
    waits,
    capability: serverCapability(statement, ['user/*.crus']),
    forgetSession: () => {
      saved = undefined
    },
    posts: () => posts,
    journalText: () => saved ?? '',
  }
}

export type Ehr = ReturnType<typeof simulatedEhr>
