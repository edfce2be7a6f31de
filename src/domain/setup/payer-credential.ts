import type { Payer } from '../payer-directory'
import { doubtful, type Finding, fine, wrong } from './finding'
import { jsonOf, type Probed, saidBy, withoutSecrets } from './probe'
import type { PayerPart, SetupWorld } from './world'

/** An empty question of some kind, about nobody. */
interface EmptyQuestion {
  readonly part: PayerPart
  readonly url: string
  readonly contentType: string
  readonly body: unknown
}

/**
 * Whether the payer takes this site's credential (CDS Hooks "Trusting CDS Clients"; PDex provider access): an empty question with it
 * and without it. A payer looks at the credential first, and refuses it or the question, with its reason.
 */
export async function credentialFinding(
  payer: Payer,
  { part, url, contentType, body }: EmptyQuestion,
  world: SetupWorld,
): Promise<Finding | undefined> {
  const what = part === 'services' ? 'This site’s credential' : 'This site’s credential for records'
  const { name } = payer
  const own = await world.credential?.(payer, part, url)
  if (own === undefined) return undefined
  if (own.kind === 'none')
    return doubtful(
      what,
      `${name} is asked without one.`,
      'CRD expects a signed token on every question, and PDex one for every record. Set a credential for this payer in relay.json.',
    )
  if (own.kind === 'unavailable')
    return wrong(
      what,
      `${name} gave no token: ${withoutSecrets(own.why)}.`,
      `Compare client id, scope and keys in relay.json with what ${name} registered.`,
    )
  const ask = (headers: Readonly<Record<string, string>>): Promise<Probed> =>
    world.probe.send({
      method: 'POST',
      url,
      headers: { 'content-type': contentType, ...headers },
      body: JSON.stringify(body),
    })
  const withIt = await ask(own.headers)
  if (withIt.kind === 'none') {
    const read = jsonOf(withIt, name)
    return read.ok ? undefined : wrong(what, read.words, read.mend)
  }
  if (isRefusal(withIt))
    return wrong(
      what,
      `${name} refuses it with status ${withIt.status}.${saidBy(withIt.body)}`,
      `Give ${name} this relay’s public keys (/relay/jwks.json) and its issuer, and compare both with what it registered. Check this computer’s clock.`,
    )
  if (isRefusal(await ask({}))) return fine(what, `${name} takes it, and answers nobody without one.`)
  return doubtful(
    what,
    `${name} does not refuse it, but answers without one too, so that this says little.`,
    `Ask ${name} whether it verifies the token at this address.`,
  )
}

const isRefusal = (probed: Probed): boolean =>
  probed.kind === 'answer' && (probed.status === 401 || probed.status === 403)
