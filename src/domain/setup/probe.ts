import { isObject, objects, text } from '../json'

export interface ProbeRequest {
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  /** Absolute. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a server said, or why it said nothing. Names of headers in lower case. */
export type Probed =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | {
      readonly kind: 'none'
      /** `cors`: it answers, and a browser may not read it. */
      readonly why: 'timeout' | 'network' | 'tls' | 'redirect' | 'too-large' | 'cors'
      /** Where a redirect leads, without its query. */
      readonly to?: string
    }

/** How the set-up check reaches the world: once each, without following redirects. */
export interface Probe {
  /** A browser can only try whether it may read; anything else can read what the server allows. */
  readonly from: 'browser' | 'command'
  send(request: ProbeRequest): Promise<Probed>
}

/** What was looked for as JSON, or what came instead: in words, with its mend. */
export type JsonReading =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly words: string; readonly mend: string }

/** `name`: of the server, for people. */
export function jsonOf(probed: Probed, name: string): JsonReading {
  if (probed.kind === 'none') return { ok: false, ...noAnswerWords(probed, name) }
  const { status, body } = probed
  if (status < 200 || status > 299)
    return {
      ok: false,
      words: `${name} answered with status ${status}.${saidBy(body)}`,
      mend:
        status === 404
          ? 'Compare the address in the configuration with the one that they gave you.'
          : status === 401 || status === 403
            ? `Ask ${name} to let everybody read this: it holds nothing about a person.`
            : `Ask ${name} whether this server is up, and give them the time of this check.`,
    }
  try {
    return { ok: true, json: JSON.parse(body) }
  } catch {
    return {
      ok: false,
      words: /^\s*</.test(body)
        ? `${name} answered with a web page instead of JSON.`
        : `${name} answered with something that is not JSON.`,
      mend: 'The address may lead to a portal or a proxy. Compare it with the one that they gave you.',
    }
  }
}

function noAnswerWords({ why, to }: Extract<Probed, { kind: 'none' }>, name: string) {
  switch (why) {
    case 'timeout':
      return {
        words: `${name} did not answer in time.`,
        mend: `Check that a firewall lets this through, and ask ${name} whether the server is up.`,
      }
    case 'network':
      return {
        words: `${name} could not be reached.`,
        mend: 'Check the address, the name server, and that a firewall lets this through.',
      }
    case 'tls':
      return {
        words: `${name} has no certificate that can be trusted, or does not speak TLS.`,
        mend: `Ask ${name} for a valid certificate with its whole chain. Browsers refuse it as it is.`,
      }
    case 'redirect':
      return {
        words: `${name} leads on to ${to ?? 'another address'}. The app does not follow.`,
        mend: `Put the address that it leads to into the configuration, once ${name} has confirmed it.`,
      }
    case 'too-large':
      return { words: `${name} sent more than is read.`, mend: 'Compare the address with the one they gave.' }
    case 'cors':
      return {
        words: `${name} answers, but lets no browser read it at this app’s address.`,
        mend: `Ask ${name} to allow the app’s origin (CORS), or put the relay or a reverse proxy in front.`,
      }
  }
}

/** A server's own words about a refusal, short, without anything that looks like a token. */
export function saidBy(body: string): string {
  const said = reasonIn(body)
  return said === undefined ? '' : ` It says: “${said}”`
}

function reasonIn(body: string): string | undefined {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return undefined
  }
  if (!isObject(json)) return undefined
  const issues = objects(json, 'issue').flatMap(
    (issue) => text(issue, 'details', 'text') ?? text(issue, 'diagnostics') ?? [],
  )
  const said = issues[0] ?? text(json, 'error_description') ?? text(json, 'error') ?? text(json, 'message')
  return said === undefined ? undefined : withoutSecrets(said).slice(0, 200)
}

/** A payer may quote the token that it refuses. */
export const withoutSecrets = (words: string): string =>
  words
    .replace(/[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, '[token]')
    .replace(/[A-Za-z0-9+/_=-]{40,}/g, '[left out]')
