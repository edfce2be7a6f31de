import type { Probe, Probed, ProbeRequest } from '../src/domain/setup/probe'

/** Node's and OpenSSL's names for what is wrong with a certificate or a handshake. */
const TLS =
  /^(ERR_(SSL|TLS)_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|HOSTNAME_MISMATCH)/

const MOST_BYTES = 5_000_000

/** Calls servers as the set-up check wants it: once, without following, whole headers. */
export function nodeProbe(timeoutMs: number): Probe {
  return {
    from: 'command',
    async send({ method, url, headers = {}, body }: ProbeRequest): Promise<Probed> {
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await fetch(url, {
          method,
          headers: { accept: 'application/fhir+json, application/json', ...headers },
          ...(body !== undefined && { body }),
          redirect: 'manual',
          signal,
        })
        if (answer.status >= 300 && answer.status < 400) {
          await answer.body?.cancel()
          return { kind: 'none', why: 'redirect', ...targetOf(answer.headers.get('location'), url) }
        }
        const read = await readBody(answer)
        if (read === undefined) return { kind: 'none', why: 'too-large' }
        return {
          kind: 'answer',
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: read,
        }
      } catch (error) {
        if (signal.aborted) return { kind: 'none', why: 'timeout' }
        return { kind: 'none', why: TLS.test(codeOf(error)) ? 'tls' : 'network' }
      }
    },
  }
}

/** fetch hides the reason in `cause`. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

/** Without its query: it may hold a token. */
function targetOf(location: string | null, url: string): { readonly to?: string } {
  if (location === null || !URL.canParse(location, url)) return {}
  const { origin, pathname } = new URL(location, url)
  return { to: `${origin}${pathname}` }
}

async function readBody(answer: Response): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let body = ''
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.length
    if (bytes > MOST_BYTES) return undefined
    body += decoder.decode(part, { stream: true })
  }
  return body + decoder.decode()
}
