import FHIR from 'fhirclient'
import type { SessionPort } from '../domain/ports'
import { fail, ok, type Result } from '../domain/result'
import { canReadChart, scopesToAsk } from '../domain/scopes'
import type { OpenSession, Session, SessionLife } from '../domain/session'
import { findIssuer, type Site, tokenBase } from '../domain/site'
import { readSession } from './launch-response'
import { ofPatient } from './of-patient'
import {
  ADMIN,
  encodeCode,
  FROM_CHART,
  failedDiscovery,
  refusedByEhr,
  type Stopped,
  signInAddress,
  stopped,
  TELL,
} from './sign-in'

/** The launch went through: who and where, and the one way to this EHR's token. `session` without a patient: at the front desk. */
export interface Launched {
  readonly session: Session | OpenSession
  readonly connection: EhrConnection
  /** The EHR's word for who signed in: for the site's own relay alone. */
  readonly idToken?: string
}

/** The EHR's token and its life. The token is for `clients/http` alone. */
export interface EhrConnection extends SessionPort {
  token(): Promise<Result<string | undefined>>
}

export type Start =
  | { readonly kind: 'leaving' }
  | { readonly kind: 'launched'; readonly launched: Launched }
  /** Opened without a launch. */
  | { readonly kind: 'landing' }
  | Stopped

const settings = FHIR.oauth2.settings
// Keeps `state` in the URL: the key of this launch survives a reload, and two charts in two tabs or frames of one window never
// share a session (a common key in sessionStorage would be the last one's).
settings.fullSessionStorageSupport = false
settings.refreshTokenWithClientId = true

/**
 * Where the EHR has sent the browser back: exchanges the code, or finds what an earlier exchange left. It needs no configuration, so
 * it runs while that is read; `start` checks the issuer. Call once, before rendering: a second call would spend the code twice.
 */
export function exchangeCode(): Promise<Client> | undefined {
  const params = new URL(location.href).searchParams
  if (!params.has('state') || params.has('error') || params.has('iss') || params.has('fhirServiceUrl'))
    return undefined
  encodeCode()
  const exchange = FHIR.oauth2.ready()
  // Met by whoever awaits it; without this a failure before that would be an unhandled one.
  exchange.catch(() => undefined)
  return exchange
}

/** Begins, completes or restores a launch by what the URL says. `exchange`: what `exchangeCode` gave. */
export async function start(site: Site, exchange: Promise<Client> | undefined): Promise<Start> {
  const params = new URL(location.href).searchParams
  const iss = params.get('iss') ?? params.get('fhirServiceUrl')
  if (iss !== null) return begin(site, iss, params.get('launch') ?? undefined)
  if (params.has('error')) {
    history.replaceState(null, '', location.origin + location.pathname)
    return refusedByEhr(params.get('error') ?? '', params.get('error_description') ?? undefined)
  }
  if (exchange) return complete(site, exchange)
  return { kind: 'landing' }
}

/**
 * Sends the browser to the EHR's authorization page. An issuer that is not listed is not called at all. `withPatient` false: the
 * front desk signs in without a patient.
 */
export async function begin(site: Site, iss: string, launch?: string, withPatient = true): Promise<Start> {
  const issuer = findIssuer(site.issuers, iss)
  if (!issuer)
    return stopped(
      'This EHR is not set up for this app.',
      `Nothing was sent to it. ${ADMIN}`,
      `issuer ${iss.slice(0, 200)} is not in the configuration`,
    )
  const redirectUri = location.origin + location.pathname
  const stateKey = randomKey()
  // fhirclient lets URL parameters override its options: none may be left when it looks.
  history.replaceState(null, '', redirectUri)
  try {
    const url = await FHIR.oauth2.authorize({
      iss,
      clientId: issuer.clientId,
      scope: scopesToAsk(issuer.scopes, launch !== undefined, withPatient),
      redirectUri,
      ...(launch !== undefined && { launch }),
      pkceMode: 'required',
      // fhirclient's own uses Math.random.
      stateKey,
      completeInTarget: true,
      noRedirect: true,
    })
    const address = signInAddress(url, { site, redirectUri, state: sessionStorage.getItem(stateKey) })
    if (address.kind === 'stopped') return address
    const { relay } = site
    location.replace(
      relay === undefined ? address.url : await (await import('./relay')).withNonce(relay, address.url),
    )
    return { kind: 'leaving' }
  } catch (error) {
    return failedDiscovery(messageOf(error))
  }
}

async function complete(site: Site, exchange: Promise<Client>): Promise<Start> {
  try {
    const client = await exchange
    const issuer = findIssuer(site.issuers, client.state.serverUrl)
    if (!issuer) return stopped('This EHR is not set up for this app.', ADMIN)
    const session = readSession(
      client.state,
      issuer.name,
      tokenBase(issuer, client.state.serverUrl.replace(/\/+$/, '')),
    )
    if (!session.ok)
      return stopped(
        'The EHR sent a sign-in answer that could not be read.',
        ADMIN,
        JSON.stringify(session.problem),
      )
    const found = ofPatient(session.value, client.state.scope, site)
    if (found === undefined)
      return stopped(
        'The EHR did not say which patient this is about.',
        'Open a patient’s chart first, then open the app from there.',
      )
    if (!canReadChart(session.value.scopes))
      return stopped(
        'The EHR gave this app no right to read the chart.',
        `Nothing was read. ${ADMIN}`,
        `granted: ${session.value.scopes.join(' ')}`,
      )
    const idToken = client.state.tokenResponse?.id_token
    return {
      kind: 'launched',
      launched: {
        session: found,
        connection: connect(client, site, found),
        ...(typeof idToken === 'string' && { idToken }),
      },
    }
  } catch (error) {
    const said = messageOf(error)
    if (/no state|'state'/i.test(said))
      return stopped(
        'This window no longer knows its sign-in.',
        `Nothing was lost in the chart. ${FROM_CHART}`,
      )
    if (/invalid_client|unauthorized_client/.test(said))
      return stopped(
        'The EHR does not know this app.',
        `The client id in the configuration may be wrong. ${ADMIN}`,
        said,
      )
    return stopped('The EHR did not complete the sign-in.', `${FROM_CHART} If it goes on, ${TELL}`, said)
  }
}

type Client = Awaited<ReturnType<typeof FHIR.oauth2.ready>>

/** Renew this long before the token ends; milliseconds. */
const RENEW_BEFORE_MS = 30_000

function connect(client: Client, site: Site, session: Session | OpenSession): EhrConnection {
  const listeners = new Set<() => void>()
  let ended = false
  const readLife = (): SessionLife => {
    const { tokenResponse, expiresAt } = client.state
    // Without `expires_in` fhirclient guesses five minutes: then only a 401 tells.
    const known = tokenResponse?.expires_in !== undefined && expiresAt !== undefined
    return {
      canRefresh: !ended && typeof tokenResponse?.refresh_token === 'string',
      ...(ended ? { expiresAt: 0 } : known && { expiresAt: expiresAt * 1000 }),
    }
  }
  let life = readLife()
  const changed = () => {
    life = readLife()
    for (const listener of listeners) listener()
  }
  const expired = () => fail({ kind: 'expired', server: session.ehrName })
  const connection: EhrConnection = {
    async token() {
      if (ended) return expired()
      const { expiresAt } = life
      if (expiresAt !== undefined && expiresAt - RENEW_BEFORE_MS < Date.now() && life.canRefresh) {
        const renewed = await connection.renew()
        if (!renewed.ok) return renewed
      } else if (expiresAt !== undefined && expiresAt <= Date.now()) return expired()
      return ok(client.state.tokenResponse?.access_token)
    },
    async renew() {
      if (!life.canRefresh) {
        ended = true
        changed()
        return expired()
      }
      try {
        await client.refresh()
      } catch {
        ended = true
      }
      // A refresh may never carry the session over to another patient.
      const patient = client.state.tokenResponse?.patient
      const ofWhom = 'patientId' in session ? session.patientId : undefined
      if (patient !== undefined && patient !== ofWhom) ended = true
      changed()
      return ended ? expired() : ok(undefined)
    },
    life: () => life,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async relaunch() {
      const here = location.href
      const started = await begin(site, session.fhirBase, undefined, 'patientId' in session)
      // Not left after all: this window still belongs to this launch.
      if (started.kind === 'stopped') history.replaceState(null, '', here)
      if (started.kind === 'stopped')
        return fail({ kind: 'refused', rule: 'relaunch', message: started.stop.title })
      return ok(undefined)
    },
  }
  return connection
}

function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300)
