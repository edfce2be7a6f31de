import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { CHART, type Resource } from './chart'
import { json, listen, outcome, type ThirdParty } from './listen'

/** Legal ways in which EHRs and test launchers differ. */
export interface EhrQuirks {
  readonly chart?: readonly Resource[]
  /** Added to the token response; `undefined` takes an element out. */
  readonly token?: Readonly<Record<string, unknown>>
  /** `fhirUser` of the id_token; null: no id_token. */
  readonly fhirUser?: string | null
  /** Added to the smart-configuration; `undefined` takes an element out. */
  readonly discovery?: Readonly<Record<string, unknown>>
  /** smart-configuration is 404; the CapabilityStatement has the oauth-uris. */
  readonly oldDiscovery?: boolean
  readonly tokenError?: { readonly status: number; readonly body: string }
  /** `next` links: below the launch's own base, or below the base that all launches share. */
  readonly next?: 'launch' | 'shared'
  readonly pageSize?: number
  /** Searches with any other parameter than these are 400. */
  readonly searchParameters?: readonly string[]
  /** `Type` or `Type/id` → what is answered instead. */
  readonly refuse?: Readonly<Record<string, number>>
  /** `identifier` and `target` are left out of a search, as a server may do with what it does not know. */
  readonly lenient?: boolean
  /** The types that can be created. */
  readonly creatable?: readonly string[]
}

export interface ThirdPartyEhr extends ThirdParty {
  /** From now on. */
  be(quirks: EhrQuirks): void
  /** The `iss` of a launch. */
  readonly iss: string
  /** What was created. */
  readonly created: Resource[]
}

const LAUNCH = 'WzAsIjQyIiwicDEiXQ'
const SHARED = '/v/r4/fhir'
const OWN = `/v/r4/sim/${LAUNCH}/fhir`

/** An EHR behind a test launcher: the launch is in the path of the FHIR base, a login and a patient picker come before the code, the code is a JWT. */
export async function thirdPartyEhr(port: number): Promise<ThirdPartyEhr> {
  let quirks: EhrQuirks = {}
  const created: Resource[] = []
  const origin = `http://localhost:${port}`
  const server = await listen(port, (c, body) => {
    const { pathname } = new URL(c.req.url)
    if (pathname.startsWith('/v/r4/sim/') && pathname.includes('/auth/'))
      return pathname.endsWith('/token') ? token(quirks, body) : page(c, pathname)
    const path = [OWN, SHARED].find((base) => pathname === base || pathname.startsWith(`${base}/`))
    if (path === undefined) return new Response('<h1>Not found</h1>', { status: 404 })
    return fhir({ c, body, quirks, created, origin, rest: pathname.slice(path.length + 1) })
  })
  return {
    ...server,
    iss: origin + OWN,
    created,
    be(next) {
      quirks = next
      server.received.length = 0
      created.length = 0
    },
  }
}

const jwt = (claims: object): string =>
  [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => base64url(JSON.stringify(part))).join('.') +
  `.${createHash('sha256').update(JSON.stringify(claims)).digest('base64url')}`
const base64url = (text: string): string => Buffer.from(text).toString('base64url')

/** Login, then the patient picker, then back to the app. */
function page(c: Context, pathname: string): Response {
  const query = c.req.query()
  const html = (body: string) =>
    new Response(`<!doctype html><title>Launcher</title>${body}`, {
      headers: { 'Content-Type': 'text/html' },
    })
  const step = pathname.slice(pathname.lastIndexOf('/') + 1)
  const on = (to: string) => `${pathname.replace(/[^/]+$/, to)}?${new URLSearchParams(query)}`
  if (step === 'authorize') return html(`<h1>Sign in</h1><a href="${on('login')}">Login</a>`)
  if (step === 'login') return html(`<h1>Choose a patient</h1><a href="${on('done')}">Ada Quill</a>`)
  const back = new URL(query.redirect_uri ?? '')
  back.searchParams.set('code', jwt({ challenge: query.code_challenge, scope: query.scope }))
  back.searchParams.set('state', query.state ?? '')
  return new Response(null, { status: 302, headers: { Location: back.href } })
}

function token(quirks: EhrQuirks, body: string): Response {
  if (quirks.tokenError)
    return new Response(quirks.tokenError.body, {
      status: quirks.tokenError.status,
      headers: { 'Content-Type': 'application/json' },
    })
  const form = new URLSearchParams(body)
  const claims = JSON.parse(
    Buffer.from((form.get('code') ?? '').split('.')[1] ?? '', 'base64url').toString(),
  ) as { readonly challenge: string; readonly scope: string }
  const hash = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (hash !== claims.challenge) return json({ error: 'invalid_grant' }, 401, 'application/json')
  const fhirUser = quirks.fhirUser === undefined ? 'Practitioner/p1' : quirks.fhirUser
  return json(
    {
      access_token: jwt({ scope: claims.scope }),
      token_type: 'bearer',
      scope: claims.scope,
      patient: '42',
      need_patient_banner: true,
      smart_style_url: 'http://localhost:1/smart-style.json',
      ...(fhirUser !== null && { id_token: jwt({ sub: 'x', fhirUser }) }),
      ...quirks.token,
    },
    200,
    'application/json; charset=utf-8',
  )
}

interface Asked {
  readonly c: Context
  readonly body: string
  readonly quirks: EhrQuirks
  readonly created: Resource[]
  readonly origin: string
  /** Below the base. */
  readonly rest: string
}

function fhir(asked: Asked): Response {
  const { c, quirks, rest, origin, created, body } = asked
  const auth = `${origin}/v/r4/sim/${LAUNCH}/auth`
  if (rest === '.well-known/smart-configuration')
    return quirks.oldDiscovery === true
      ? new Response('Not found', { status: 404 })
      : json(
          {
            authorization_endpoint: `${origin}/v/r4/sim/${LAUNCH}/auth/authorize`,
            token_endpoint: `${auth}/token`,
            code_challenge_methods_supported: ['S256'],
            capabilities: ['launch-ehr'],
            ...quirks.discovery,
          },
          200,
          'application/json',
        )
  if (rest === 'metadata') return json(capability(asked, auth))
  const [type = '', id] = rest.split('/')
  const refused = quirks.refuse?.[id === undefined ? type : rest] ?? quirks.refuse?.[type]
  if (refused !== undefined) return outcome(refused, `<script>alert(1)</script> HAPI-0389: no ${rest}`)
  if (c.req.method === 'POST') {
    const resource = { ...(JSON.parse(body) as Resource), id: `n${created.length + 1}` }
    created.push(resource)
    // The place of it is there, and CORS hides it from the app.
    const headers = { Location: `${origin}${SHARED}/${type}/${resource.id}/_history/1` }
    return new Response(null, { status: 201, headers })
  }
  const all = [...(quirks.chart ?? CHART), ...created]
  if (id !== undefined) {
    const found = all.find((r) => r.resourceType === type && r.id === id)
    return found ? json(found) : outcome(404, `Resource ${rest} is not known`)
  }
  return search(asked, type, all)
}

function capability({ quirks, origin }: Asked, auth: string): object {
  const url = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris'
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'xml'],
    rest: [
      {
        mode: 'server',
        ...(quirks.oldDiscovery && {
          security: {
            extension: [
              {
                url,
                extension: [
                  { url: 'authorize', valueUri: `${origin}/v/r4/sim/${LAUNCH}/auth/authorize` },
                  { url: 'token', valueUri: `${auth}/token` },
                ],
              },
            ],
          },
        }),
        resource: ['Condition', 'Procedure', 'MedicationStatement', 'DocumentReference', 'Provenance'].map(
          (type) => ({
            type,
            interaction: [
              { code: 'read' },
              { code: 'search-type' },
              ...((quirks.creatable ?? []).includes(type) ? [{ code: 'create' }] : []),
            ],
          }),
        ),
      },
    ],
  }
}

function search({ c, quirks, origin }: Asked, type: string, all: readonly Resource[]): Response {
  const query = c.req.query()
  const [, held] = /^([A-Z]\w*)\|\d+$/.exec(query._getpages ?? '') ?? []
  const searched = held ?? type
  const known = quirks.searchParameters
  const unknown = known && Object.keys(query).find((name) => !known.includes(name) && name !== '_getpages')
  if (unknown !== undefined)
    return outcome(400, `Unknown search parameter "${unknown}" for resource type "${type}"`)
  const found = all.filter((r) => r.resourceType === searched && (quirks.lenient || fits(r, query)))
  const from = Number(/\|(\d+)$/.exec(query._getpages ?? '')?.[1] ?? 0)
  const size = quirks.pageSize ?? 1000
  const base = origin + (quirks.next === 'shared' ? SHARED : OWN)
  return json({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: found.slice(from, from + size).map((resource) => ({
      fullUrl: `${origin}${SHARED}/${resource.resourceType}/${resource.id}`,
      resource,
      search: { mode: 'match' },
    })),
    ...(found.length > from + size && {
      link: [
        { relation: 'self', url: c.req.url },
        {
          relation: 'next',
          url: `${base}?_getpages=${encodeURIComponent(`${searched}|${from + size}`)}&_bundletype=searchset`,
        },
      ],
    }),
  })
}

/** Of all search parameters, those by which the app looks for what it wrote. */
function fits(resource: Resource, query: Readonly<Record<string, string>>): boolean {
  const written = JSON.stringify(resource)
  return [query.identifier?.split('|')[1], query.target].every(
    (wanted) => wanted === undefined || written.includes(`"${wanted}"`),
  )
}
