import { createHash, randomBytes } from 'node:crypto'
import { type RunningEhr, startEhr } from './start'

export const APP = 'http://localhost:5273'

/** An EHR on a free port for one test file. Time stands still at `clock.now` until a test moves it. */
export async function startTestEhr(
  payers: readonly string[] = [],
): Promise<RunningEhr & { readonly clock: { now: number } }> {
  const clock = { now: Date.parse('2026-11-20T15:00:00Z') }
  const ehr = await startEhr({ port: 0, app: APP, payers, now: () => clock.now })
  return { ...ehr, clock }
}

type Fields = Readonly<Record<string, string | undefined>>

function defined(fields: Fields): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).filter((f): f is [string, string] => f[1] !== undefined))
}

/** A token response or an error, as JSON. */
export interface TokenAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** The app as a test plays it: what a browser and a SMART client do, over real HTTP. */
export class TestApp {
  constructor(
    private readonly ehr: string,
    private readonly personality = 'full',
  ) {}

  get iss(): string {
    return `${this.ehr}/${this.personality}/fhir`
  }

  /** Opens a launch link; the `launch` value that the app gets. */
  async launch(query: Fields): Promise<string> {
    const parameters = defined({ personality: this.personality, patient: 'jane-roe', ...query })
    const response = await fetch(`${this.ehr}/launch?${parameters}`, { redirect: 'manual' })
    return new URL(response.headers.get('Location') ?? '').searchParams.get('launch') ?? ''
  }

  /** A good authorization request, with these fields changed; undefined leaves one out. */
  authorizeUrl(fields: Fields): string {
    const all: Fields = {
      response_type: 'code',
      client_id: 'beforehand',
      redirect_uri: `${APP}/`,
      scope: 'launch openid fhirUser online_access patient/*.cruds user/*.rs',
      state: 'state-1',
      aud: this.iss,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...fields,
    }
    return `${this.ehr}/${this.personality}/oauth/authorize?${defined(all)}`
  }

  authorize(fields: Fields): Promise<Response> {
    return fetch(this.authorizeUrl(fields), { redirect: 'manual' })
  }

  async token(fields: Fields, headers: Readonly<Record<string, string>> = {}): Promise<TokenAnswer> {
    const response = await fetch(`${this.ehr}/${this.personality}/oauth/token`, {
      method: 'POST',
      headers,
      body: defined(fields),
    })
    return { status: response.status, body: (await response.json()) as TokenAnswer['body'] }
  }

  exchange(code: string, fields: Fields = {}): Promise<TokenAnswer> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${APP}/`,
      client_id: 'beforehand',
      code_verifier: verifier,
      ...fields,
    })
  }

  refresh(refreshToken: unknown, fields: Fields = {}): Promise<TokenAnswer> {
    return this.token({
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
      client_id: 'beforehand',
      ...fields,
    })
  }

  /** The code of a whole EHR launch. */
  async code(query: Fields = {}, fields: Fields = {}): Promise<string> {
    const launch = await this.launch(query)
    return redirectOf(await this.authorize({ launch, ...fields })).get('code') ?? ''
  }

  /** A whole EHR launch: its token response. */
  async connect(query: Fields = {}, fields: Fields = {}): Promise<TokenAnswer> {
    return this.exchange(await this.code(query, fields))
  }

  fhir(path: string, accessToken: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = {
      Authorization: `Bearer ${String(accessToken)}`,
      'Content-Type': 'application/fhir+json',
    }
    return fetch(`${this.iss}/${path}`, { ...init, headers: { ...headers, ...init.headers } })
  }

  create(resource: { readonly resourceType: string }, accessToken: unknown): Promise<Response> {
    return this.fhir(resource.resourceType, accessToken, { method: 'POST', body: JSON.stringify(resource) })
  }
}

/** Parameters of the redirect back to the app. */
export function redirectOf(response: Response): URLSearchParams {
  return new URL(response.headers.get('Location') ?? '').searchParams
}
