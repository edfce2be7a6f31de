import { payerCredentials } from '../server/relay/credentials/payer-credentials'
import { NoAnswer, payerHttp } from '../server/relay/payer-http'
import { readRelayFiles } from '../server/relay/relay'
import { readSigningKeys } from '../server/relay/signing-keys'
import type { OwnCredential, SetupWorld } from '../src/domain/setup/world'
import type { Site } from '../src/domain/site'
import { parseSite } from '../src/domain/site-config'
import { nodeProbe } from './setup-probe'

interface Limit {
  readonly timeoutMs: number
  readonly newId: () => string
}

/** A site without a relay: browsers ask payers themselves. Throws a sentence. */
export const siteWorld = (json: unknown, appOrigin: string, { timeoutMs, newId }: Limit): SetupWorld => ({
  site: siteOf(json, appOrigin),
  appOrigin,
  probe: nodeProbe(timeoutMs),
  newId,
})

/** A site with its relay: payers are asked with this site's own credentials. Throws a sentence that tells nothing of a key. */
export async function relayWorld(file: string, { timeoutMs, newId }: Limit): Promise<SetupWorld> {
  const { config, siteJson, signingJson, read } = readRelayFiles(file)
  const site = siteOf(siteJson, config.publicUrl)
  const credentialOf = payerCredentials({
    config,
    payers: site.payers,
    keys: await readSigningKeys(signingJson),
    http: payerHttp({ timeoutMs, maxBytes: config.limits.bytes }),
    now: Date.now,
    read,
  })
  return {
    site,
    appOrigin: config.publicUrl,
    probe: nodeProbe(timeoutMs),
    newId,
    isRelayed: ({ id }, part) => part === 'services' || config.payers[id]?.records !== undefined,
    async credential(payer, part, url): Promise<OwnCredential> {
      try {
        const headers = await credentialOf(payer, part).headers(url, { user: 'set-up check' })
        return Object.keys(headers).length === 0 ? { kind: 'none' } : { kind: 'headers', headers }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        return { kind: 'unavailable', why: error.detail ?? error.kind }
      }
    },
  }
}

function siteOf(json: unknown, origin: string): Site {
  const site = parseSite(json, origin)
  if (site.ok) return site.value
  const { problem } = site
  throw new Error(
    `The configuration cannot be used. ${problem.kind === 'malformed' ? `${problem.path || 'the whole file'}: ${problem.message}` : ''}`,
  )
}
