import { isResource, type JsonObject, objects, text } from '../domain/json'
import type { CodeChoice, TerminologyPort } from '../domain/ports'
import { fail, ok } from '../domain/result'
import { query } from './fhir-reader'
import type { Http } from './http'

/** `ValueSet/$expand` at a FHIR server, for at most `count` codings. */
export const createExpand =
  (http: Http, count: number): TerminologyPort['expand'] =>
  async (valueSet, filter, options) => {
    const params = [
      ['url', valueSet],
      ['filter', filter],
      ['count', String(count)],
    ] as const
    const answer = await http.send({
      method: 'GET',
      url: `${http.base}/ValueSet/$expand${query(params)}`,
      ...(options?.signal && { signal: options.signal }),
    })
    if (!answer.ok) return answer
    const { json } = answer.value
    if (!isResource(json) || json.resourceType !== 'ValueSet')
      return fail({
        kind: 'malformed',
        server: http.name,
        path: 'resourceType',
        message: 'Expected ValueSet.',
      })
    return ok(objects(json, 'expansion', 'contains').flatMap(codeChoice))
  }

function codeChoice(contained: JsonObject): readonly CodeChoice[] {
  const [system, code] = [text(contained, 'system'), text(contained, 'code')]
  if (system === undefined || code === undefined) return []
  return [{ system, code, display: text(contained, 'display') ?? code }]
}
