import type { Probe, Probed, ProbeRequest } from '../domain/setup/probe'

const TIMEOUT_MS = 10_000

/** Calls servers for the set-up check as the app would: without cookies, without following redirects, with what CORS lets it read. */
export const browserProbe: Probe = {
  from: 'browser',
  async send({ method, url, headers = {}, body }: ProbeRequest): Promise<Probed> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS)
    try {
      const answer = await fetch(url, {
        method,
        headers: { Accept: 'application/fhir+json, application/json', ...headers },
        ...(body !== undefined && { body }),
        signal: timeout,
        ...QUIET,
        redirect: 'manual',
      })
      // A browser does not tell where it leads.
      if (answer.type === 'opaqueredirect') return { kind: 'none', why: 'redirect' }
      return {
        kind: 'answer',
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: await answer.text(),
      }
    } catch {
      if (timeout.aborted) return { kind: 'none', why: 'timeout' }
      return { kind: 'none', why: (await isThere(url)) ? 'cors' : 'network' }
    }
  },
}

const QUIET = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' } as const

/** Whether a server answers at all, though nothing of it may be read. */
async function isThere(url: string): Promise<boolean> {
  try {
    await fetch(url, { ...QUIET, mode: 'no-cors', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return true
  } catch {
    return false
  }
}
