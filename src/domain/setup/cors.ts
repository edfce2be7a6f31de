import { type Finding, fine, wrong } from './finding'
import type { Probe, Probed } from './probe'

/** What a browser will ask for at one address. */
export interface BrowserCall {
  /** In words: "reading the chart". */
  readonly purpose: string
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Names of headers that need leave. */
  readonly headers: readonly string[]
  /** Headers of the answer that the app has to read. */
  readonly exposed?: readonly string[]
}

/**
 * Whether a server lets a browser call it from this app's origin (Fetch "CORS protocol"). A command reads the answer to a preflight; a
 * browser tries, with a GET that stores nothing.
 */
export async function corsFinding(
  call: BrowserCall,
  name: string,
  appOrigin: string,
  probe: Probe,
): Promise<Finding> {
  const what = `Calls from browsers: ${call.purpose}`
  const missing =
    probe.from === 'browser' ? await tried(call, probe) : await preflight(call, name, appOrigin, probe)
  if (missing.length === 0) return fine(what, `${name} allows them at ${appOrigin}.`)
  return wrong(
    what,
    `A browser will refuse this, because ${missing.join('; and ')}.`,
    `Ask ${name} to allow by CORS at ${new URL(call.url).origin}: origin ${appOrigin}, method ${call.method}${call.headers.length === 0 ? '' : `, headers ${call.headers.join(', ')}`}${call.exposed === undefined ? '' : `, and to expose ${call.exposed.join(', ')}`}.`,
  )
}

async function tried(call: BrowserCall, probe: Probe): Promise<readonly string[]> {
  // Any header that needs leave makes the browser ask for it first. None of these has a meaning in a GET.
  const headers = Object.fromEntries(call.headers.map((header) => [header, TRIAL[header] ?? 'check']))
  const probed = await probe.send({ method: 'GET', url: call.url, headers })
  return probed.kind === 'none' ? [BROWSER_SAYS[probed.why]] : []
}

const TRIAL: Readonly<Record<string, string>> = {
  'content-type': 'application/fhir+json',
  'if-none-exist': 'identifier=set-up-check',
  authorization: 'Bearer set-up-check',
}

const BROWSER_SAYS: Readonly<Record<Extract<Probed, { kind: 'none' }>['why'], string>> = {
  cors: 'the server does not allow this page’s origin or these headers',
  network: 'the server could not be reached',
  timeout: 'the server did not answer in time',
  tls: 'the server’s certificate is not trusted',
  redirect: 'the server leads on to another address',
  'too-large': 'the answer is larger than is read',
}

async function preflight(
  call: BrowserCall,
  name: string,
  origin: string,
  probe: Probe,
): Promise<readonly string[]> {
  const needsLeave = call.headers.length > 0
  const asked = await probe.send(
    needsLeave
      ? {
          method: 'OPTIONS',
          url: call.url,
          headers: {
            origin,
            'access-control-request-method': call.method,
            'access-control-request-headers': call.headers.join(','),
          },
        }
      : { method: 'GET', url: call.url, headers: { origin } },
  )
  if (asked.kind === 'none') return [BROWSER_SAYS[asked.why].replace('the server', name)]
  const refused = needsLeave ? leaveMissing(call, asked, origin) : originMissing(asked.headers, origin)
  if (refused.length > 0 || call.exposed === undefined) return refused
  const real = await probe.send({ method: 'GET', url: call.url, headers: { origin } })
  const shown = real.kind === 'answer' ? listOf(real.headers['access-control-expose-headers']) : []
  const hidden = call.exposed.filter((header) => !shown.includes(header) && !shown.includes('*'))
  return hidden.length === 0 ? [] : [`the answer hides ${hidden.join(', ')} from the app`]
}

type Answer = Extract<Probed, { kind: 'answer' }>

function leaveMissing({ headers }: BrowserCall, answer: Answer, origin: string): readonly string[] {
  if (answer.status < 200 || answer.status > 299)
    return [`the question for leave (OPTIONS) is answered with status ${answer.status}`]
  const missing = originMissing(answer.headers, origin)
  if (missing.length > 0) return missing
  const allowed = listOf(answer.headers['access-control-allow-headers'])
  // The star never stands for Authorization.
  const refused = headers.filter(
    (header) => !allowed.includes(header) && (header === 'authorization' || !allowed.includes('*')),
  )
  // GET and POST need no leave for the method alone.
  return refused.length > 0 ? [`the headers ${refused.join(', ')} are not allowed`] : []
}

const originMissing = (headers: Answer['headers'], origin: string): readonly string[] => {
  const allowed = headers['access-control-allow-origin']
  if (allowed === '*' || allowed === origin) return []
  return [
    allowed === undefined
      ? 'no origin is allowed'
      : `only ${allowed.slice(0, 100)} is allowed and not ${origin}`,
  ]
}

const listOf = (header: string | undefined): readonly string[] =>
  (header ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || [])
