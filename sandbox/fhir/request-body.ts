import type { Context } from 'hono'
import { Refusal } from './refusal'

/** The largest body taken: 5 MiB, what US Core asks servers to take inline. */
const largestBody = 5 * 1024 * 1024

/** No resource is nested this deep; what is was made to exhaust the stack. */
const deepestNesting = 200

/** Refuses (406) clients that want something other than JSON, by `_format` or Accept. */
export const requireJsonAccepted = (c: Context): void => {
  const format = new URL(c.req.url).searchParams.get('_format')
  const wanted = format ?? c.req.header('Accept') ?? '*/*'
  if (!/json|\*\/\*|application\/\*/i.test(wanted)) {
    throw new Refusal(406, `Only JSON (application/fhir+json) can be had here, not ${wanted}`)
  }
}

/** The body as parsed JSON. Refuses 413, 415 and 400. */
export const readBody = async (c: Context): Promise<unknown> => {
  const text = await readText(c)
  if (text === '') return undefined
  const type = c.req.header('Content-Type') ?? ''
  // DSTU2 called it application/json+fhir.
  if (!/^application\/((fhir\+)?json|json\+fhir)\s*(;|$)/i.test(type)) {
    throw new Refusal(415, `The body has to be application/fhir+json, not ${type || 'without Content-Type'}`)
  }
  if (nesting(text) > deepestNesting)
    throw new Refusal(400, `The body is nested deeper than ${deepestNesting} levels`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(400, [
      {
        code: 'structure',
        diagnostics: `The body is no JSON: ${error instanceof Error ? error.message : ''}`,
      },
    ])
  }
}

/** The form of a POST _search. Refuses (415) other bodies. */
export const searchForm = async (c: Context): Promise<URLSearchParams> => {
  const text = await readText(c)
  const type = c.req.header('Content-Type') ?? ''
  if (text !== '' && !/^application\/x-www-form-urlencoded/i.test(type)) {
    throw new Refusal(
      415,
      `A search is posted as application/x-www-form-urlencoded, not ${type || 'without Content-Type'}`,
    )
  }
  return new URLSearchParams(text)
}

const readText = async (c: Context): Promise<string> => {
  const tooLong = () => new Refusal(413, `The body is larger than ${largestBody} bytes`)
  if (Number(c.req.header('Content-Length') ?? 0) > largestBody) throw tooLong()
  const bytes = await c.req.raw.clone().arrayBuffer()
  if (bytes.byteLength > largestBody) throw tooLong()
  return new TextDecoder().decode(bytes)
}

/** How many brackets are open at once at most, those inside of strings left out. */
const nesting = (text: string): number => {
  let open = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]
    if (char === '"') inString = !inString
    else if (inString && char === '\\') i += 1
    else if (!inString && (char === '[' || char === '{')) deepest = Math.max(deepest, ++open)
    else if (!inString && (char === ']' || char === '}')) open -= 1
  }
  return deepest
}
