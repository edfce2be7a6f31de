import * as v from 'valibot'
import { fail, ok, type Result } from './result'

/** Runs a valibot schema over what came from a wire, a URL or storage. Fails `malformed`, with the path of the first issue. */
export function parse<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  server: string,
): Result<v.InferOutput<S>> {
  const result = v.safeParse(schema, input)
  if (result.success) return ok(result.output)
  const issue = result.issues[0]
  return fail({ kind: 'malformed', server, path: v.getDotPath(issue) ?? '', message: issue.message })
}
