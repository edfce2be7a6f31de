import * as v from 'valibot'
import { words } from './fhir/type-words'
import { parse } from './parse'
import type { Result } from './result'

const readSchema = v.object({
  /** Epoch milliseconds. */
  at: v.number(),
  status: v.number(),
  /** `Type/id` of each that was given. */
  resources: v.pipe(v.array(v.string()), v.readonly()),
})

/** One read by a payer of what its question held, at the relay. */
export type PayerRead = Readonly<v.InferOutput<typeof readSchema>>

/** What the payer of this session's question read of it, as the relay saw it. */
export type PayerReadsPort = (hookInstance: string) => Promise<Result<readonly PayerRead[]>>

const readsSchema = v.object({ reads: v.pipe(v.array(readSchema), v.readonly()) })

/** What a payer read for a question so far, as the site's relay tells it. */
export const readPayerReads = (json: unknown): Result<readonly PayerRead[]> => {
  const read = parse(readsSchema, json, 'This site’s relay')
  return read.ok ? { ok: true, value: read.value.reads } : read
}

/** What was given of each kind, each record once: "Coverage", "Order for a service (2)". */
export function givenWords(reads: readonly PayerRead[]): readonly string[] {
  const types = new Map<string, number>()
  for (const name of new Set(reads.flatMap(({ resources }) => resources))) {
    const type = words(name.split('/')[0] ?? '')
    types.set(type, (types.get(type) ?? 0) + 1)
  }
  return [...types].map(([type, count]) => (count === 1 ? type : `${type} (${count})`))
}
