import { renderText } from '../document/text'
import { readPage } from '../fhir/bundle'
import { serverCapability } from '../fhir/capability'
import { at, type FhirJson, list, objects, text } from '../json'
import type { ChartWriterPort, Created, FhirReader, JournalPort } from '../ports'
import { fail, ok, type Problem, type Result } from '../result'
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
  | 'conflict'
  | 'not offered'
  | 'too large'
  | 'accept'
  | 'forget'
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
  'conflict',
  'not offered',
  'too large',
  'accept',
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
  /** Attached content types that are taken; absent: all. Others are refused with `refusal`, else 422. */
  readonly attachments?: readonly string[]
  readonly refusal?: number
  /** `DocumentReference.context` is taken and not kept. */
  readonly dropsContext?: boolean
  /** A document that names the records in it is refused with this status. */
  readonly refusesList?: number
  readonly oneContent?: boolean
  /** Larger DocumentReferences are refused with 413. */
  readonly maxCharacters?: number
  readonly fhirVersion?: string
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
          if (name === 'identifier') {
            const tokens = value.split(/(?<!\\),/).map((token) => token.replace(/\\/g, ''))
            return objects(r, 'identifier').some((i) => tokens.includes(`${i.system}|${i.value}`))
          }
          if (name === 'target') return text(r, 'target', 0, 'reference') === value
          return true
        }),
    )
  const commit = (
    resource: FhirJson,
    ifNoneExist: string | undefined,
  ): { readonly ok: true; readonly value: Created } => {
    const query = [...new URLSearchParams(ifNoneExist ?? '')]
    const there = ifNoneExist === undefined ? [] : matches(resource.resourceType, query)
    const [first] = there
    const { resourceType } = resource
    if (first !== undefined)
      return { ok: true, value: { isNew: false, reference: `${first.resourceType}/${first.id}` } }
    const id = String(stored.length + 1)
    const { context: _dropped, ...rest } = resource
    stored.push(config.dropsContext === true ? { ...rest, resourceType, id } : { ...resource, id })
    return { ok: true, value: { isNew: true, reference: `${resource.resourceType}/${id}` } }
  }
  const refusesDocument = (resource: FhirJson): number | undefined => {
    if (resource.resourceType !== 'DocumentReference') return undefined
    if (!documents) return 422
    if (JSON.stringify(resource).length > (config.maxCharacters ?? Number.POSITIVE_INFINITY)) return 413
    if (config.refusesList !== undefined && at(resource, 'context', 'related') !== undefined)
      return config.refusesList
    const types = list(resource, 'content').map((c) => text(c, 'attachment', 'contentType') ?? '')
    if (config.oneContent === true && types.length > 1) return config.refusal ?? 422
    if (types.some((type) => config.attachments?.includes(type) === false)) return config.refusal ?? 422
    return undefined
  }
  /** One life of the app: after a crash nothing of it reaches the chart or the journal any more. */
  const start = (): WriteDependencies => {
    const life = { isOver: false }
    const crash = (): Promise<never> => {
      life.isOver = true
      return Promise.reject(new Crash())
    }
    const alive =
      <A extends readonly unknown[], T>(run: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        if (life.isOver) throw new Crash()
        const value = await run(...args)
        // An answer to a dead app is heard by nobody.
        if (life.isOver) throw new Crash()
        return value
      }
    const writer: ChartWriterPort = {
      create: alive((resource, options): Promise<Result<Created>> => {
        posts += 1
        const { ifNoneExist } = options ?? {}
        const fault = faults.shift() ?? 'none'
        if (ifNoneExist !== undefined && !conditional)
          throw new Error('the chart knows no conditional create')
        const refusal = refusesDocument(resource)
        if (refusal !== undefined) return Promise.resolve(fail(http(refusal)))
        if (fault.endsWith('after commit')) commit(resource, ifNoneExist)
        switch (fault) {
          case 'crash before commit':
          case 'crash after commit':
            return crash()
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
          case 'conflict':
            return Promise.resolve(fail(http(409)))
          case 'not offered':
            return Promise.resolve(fail(http(405)))
          case 'too large':
            return Promise.resolve(fail(http(413)))
          case 'accept': {
            const done = commit(resource, ifNoneExist)
            return Promise.resolve(done.value.isNew ? ok({ isNew: true, isAccepted: true }) : done)
          }
          case 'forget':
            return Promise.resolve(ok({ isNew: true, reference: `${resource.resourceType}/nowhere` }))
          default:
            return Promise.resolve(commit(resource, ifNoneExist))
        }
      }),
    }
    const unused = () => Promise.reject(new Error('not expected'))
    const chart: FhirReader = {
      name: 'the chart',
      base: 'https://ehr.example/fhir',
      capability: unused,
      read: alive((type, id) => {
        const found = stored.find((r) => r.resourceType === type && r.id === id)
        return Promise.resolve(found ? ok(found) : fail(http(404)))
      }),
      next: unused,
      search: alive((type, params) => {
        if (!search) throw new Error('the chart cannot be searched')
        const entry = matches(type, params).map((resource) => ({ resource }))
        return Promise.resolve(readPage({ resourceType: 'Bundle', entry }, 'the chart'))
      }),
    }
    const journal: JournalPort = {
      load: () => Promise.resolve(saved === undefined ? undefined : (JSON.parse(saved) as unknown)),
      save: alive((_, value) => {
        if (faults[0] === 'crash at journal') {
          faults.shift()
          return crash()
        }
        saved = JSON.stringify(value)
        return Promise.resolve()
      }),
    }
    return {
      writer,
      chart,
      journal,
      clock: {
        now: () => 0,
        after: (ms, run) => {
          if (ms > 0) waits.push(ms)
          queueMicrotask(run)
          return () => undefined
        },
      },
      // A PDF that can be looked into.
      pdf: { render: (document) => Promise.resolve(ok(new TextEncoder().encode(renderText(document)))) },
      digest: async (algorithm, bytes) => {
        const hash = new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)))
        return btoa(String.fromCharCode(...hash))
      },
    }
  }
  const statement: FhirJson = {
    resourceType: 'CapabilityStatement',
    fhirVersion: config.fhirVersion ?? '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: ['Condition', 'Procedure', ...(provenance ? ['Provenance'] : []), 'DocumentReference'].map(
          (type) => ({
            type,
            conditionalCreate: conditional,
            interaction: [{ code: 'create' }, ...(search ? [{ code: 'search-type' }, { code: 'read' }] : [])],
          }),
        ),
      },
    ],
  }
  return {
    /** Each time another life of the app. */
    get dependencies() {
      return start()
    },
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
