import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { Payer } from '../domain/payer-directory'
import { createPayerSignIns } from './payer-sign-in'
import type { Answered, SignInWindow } from './payer-window'

export const RETURN = 'https://app.example/payer-return.html'

interface Seen {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly form: URLSearchParams
}

interface PayerSays {
  discovery: Readonly<Record<string, unknown>>
  tokens: (form: URLSearchParams) => readonly [status: number, body: unknown]
  /** Status of an answer of the FHIR API. */
  records: () => number
}

/** What the payer received, and what it says: the next test changes it. */
export const seen: Seen[] = []
export const payerSays: PayerSays = { discovery: {}, tokens: () => [200, {}], records: () => 200 }
export let base = ''
let server: Server

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      const path = request.url ?? ''
      seen.push({ path, headers: request.headers, form: new URLSearchParams(body) })
      respond(response, path, new URLSearchParams(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  base = `http://127.0.0.1:${address.port}`
})
afterAll(() => void server.close())

function respond(response: ServerResponse, path: string, form: URLSearchParams): void {
  const send = (status: number, json: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(json))
  }
  if (path.endsWith('/smart-configuration')) send(payerSays.discovery.none ? 404 : 200, payerSays.discovery)
  else if (path === '/token') send(...payerSays.tokens(form))
  else if (path === '/revoke') send(200, {})
  else send(payerSays.records(), { resourceType: 'Bundle' })
}

export const payer = (changes: Partial<Payer> = {}): Payer => ({
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: `${base}/fhir`,
  authorization: 'smart',
  clientId: 'beforehand',
  scopes: 'user/*.rs offline_access',
  ...changes,
})

/** The browser's windows, at their boundary: what is shown in them, and what comes back from them. */
function browser({ blocked = false } = {}) {
  const shown: string[] = []
  const closed = new Set<SignInWindow>()
  const opened: SignInWindow[] = []
  let answer: (answer: Answered) => void = () => {
    throw new Error('nobody listens')
  }
  return {
    shown,
    opened,
    closed,
    back: (parameters: Readonly<Record<string, string>>, source?: unknown) =>
      answer({ parameters: new URLSearchParams(parameters), source }),
    windows: {
      returnPage: RETURN,
      open(): SignInWindow {
        const window: SignInWindow = {
          isBlocked: blocked,
          isClosed: () => closed.has(window),
          isSource: (source) => blocked || source === window,
          show: (address) => void shown.push(address),
          close: () => void closed.add(window),
        }
        opened.push(window)
        return window
      },
      listen(onAnswer: (answer: Answered) => void) {
        answer = onAnswer
        return () => undefined
      },
    },
  }
}

let time = 0
let timers: { readonly at: number; readonly run: () => void }[] = []
const clock = {
  now: () => time,
  after(ms: number, run: () => void) {
    const timer = { at: time + ms, run }
    timers.push(timer)
    return () => {
      timers = timers.filter((each) => each !== timer)
    }
  },
}
export const now = clock.now

export function pass(ms: number): void {
  time += ms
  const due = timers.filter(({ at }) => at <= time)
  timers = timers.filter(({ at }) => at > time)
  for (const { run } of due) run()
}

beforeEach(() => {
  seen.length = 0
  timers = []
  time = Date.parse('2026-11-20T10:00:00Z')
  payerSays.discovery = {
    issuer: `${base}/fhir`,
    authorization_endpoint: `${base}/authorize?tenant=1`,
    token_endpoint: `${base}/token`,
    revocation_endpoint: `${base}/revoke`,
    code_challenge_methods_supported: ['S256'],
  }
  payerSays.tokens = () => [200, { access_token: 'access-1', token_type: 'bearer', expires_in: 300 }]
  payerSays.records = () => 200
})
export function open(options: { blocked?: boolean } = {}) {
  const page = browser(options)
  return { ...page, signIns: createPayerSignIns({ clock, timeoutMs: 5000, windows: page.windows }) }
}
type Opened = ReturnType<typeof open>

export const until = ({ signIns }: Opened, kind: string, of: Payer = payer()) =>
  vi.waitFor(() => expect(signIns.state(of).kind).toBe(kind))

/** To the payer's page; the `state` that goes with it. */
export async function there(opened: Opened, of: Payer = payer()): Promise<string> {
  opened.signIns.begin(of)
  await until(opened, 'waiting', of)
  return new URL(opened.shown.at(-1) ?? '').searchParams.get('state') ?? ''
}

export async function signedIn(opened: Opened, of: Payer = payer()): Promise<void> {
  const state = await there(opened, of)
  opened.back({ code: 'c0de+/=', state })
  await until(opened, 'in', of)
}

export const read = ({ signIns }: Opened, of: Payer = payer()) =>
  signIns.http(of).send({ method: 'GET', url: `${of.fhirBase}/Condition` })
