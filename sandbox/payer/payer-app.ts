import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { RequestLog } from '../request-log'
import type { Desk } from './answer'
import { CallerCheck, type KnownClient, loadClients } from './caller'
import { cdsRoutes } from './cds-routes'
import { doors } from './doors'
import { Faults } from './fault'
import { faultMiddleware, withoutCors } from './fault-middleware'
import { GivenCards } from './feedback'
import {
  authorizeWith,
  declareMemberMatch,
  fhirApi,
  loadStore,
  membersIn,
  recordsIn,
  withLargeMember,
} from './fhir-api'
import { loadFrontDeskMembers } from './front-desk-members'
import { objectsIn } from './json'
import { memberMatchRoutes } from './member-match'
import { oauthRoutes, TokenDesk } from './oauth'
import { Grants } from './oauth-grants'
import { signedInAt, signInRoutes } from './oauth-sign-in'
import { PageMemory } from './page-memory'
import type { Payer } from './payer'
import { loadRules } from './rules'
import { wellKnownRoutes } from './well-known'

/** What a payer's web application is made from. */
export interface PayerAppOptions {
  /** Own base URL, without a slash at the end. */
  readonly base: string
  /** Launch URL of the app. */
  readonly app: string
  readonly now: () => Date
  /** Folders of further transaction bundles; each Patient in them becomes a member. */
  readonly data: readonly string[]
  /** Whether the FHIR API demands a token. */
  readonly auth: boolean
  /** Sites that have a server which signs; their browsers are not let in. */
  readonly signing: readonly KnownClient[]
}

/** The folder of a payer's questionnaires, when it has one. */
const formsOf = ({ folder }: Payer): readonly string[] => {
  const forms = join(folder, 'forms')
  return existsSync(forms) ? [forms] : []
}

/** A payer's whole web application: CDS Hooks, FHIR, OAuth and the doors, with faults in front. */
export function payerApp(
  payer: Payer,
  { base, app, now, data, auth, signing }: PayerAppOptions,
): Hono<{ Bindings: HttpBindings }> {
  const book = loadRules(payer.folder)
  const store = loadStore(payer, [join(payer.folder, 'members'), ...formsOf(payer), ...data], now)
  loadFrontDeskMembers(store, payer, now())
  const members = membersIn(store, payer)
  const recordsOf = recordsIn(store)
  const questionnaires = objectsIn(store.all('Questionnaire'))
  const [log, faults, seen] = [new RequestLog(), new Faults(payer.memberFaults), new Set<string>()]
  const pages = new PageMemory()
  const given = payer.feedback ? new GivenCards() : undefined
  const callers = new CallerCheck(loadClients(payer.folder), signing)
  const tokens = new TokenDesk(now)
  const grants = new Grants(now)
  const authorize = authorizeWith(tokens, auth)
  const desk = (): Desk => ({
    payer,
    book,
    members,
    recordsOf,
    questionnaires,
    payerFhirBase: `${base}/fhir`,
    app,
    now: now(),
    newId: randomUUID,
  })

  const web = new Hono<{ Bindings: HttpBindings }>()
  web.use(log.middleware)
  web.use(withoutCors(faults))
  web.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      exposeHeaders: ['ETag', 'Location', 'Retry-After'],
    }),
  )
  web.use(faultMiddleware(faults, pages))
  const sites = signing.map(({ iss }) => iss)
  web.route('/', cdsRoutes({ services: payer.services, callers, desk, base: () => base, seen, sites, given }))
  web.route('/', wellKnownRoutes(payer, base))
  web.route('/', oauthRoutes(payer, tokens, base))
  web.route('/', memberMatchRoutes({ payer, members: () => members, now, authorize }))
  // The same records once more, behind the payer's own sign-in.
  const secured = `${base}/secured`
  const signedIn = signedInAt(grants)
  web.route('/secured', signInRoutes({ payer: payer.title, base: secured, app, grants, faults }))
  web.route('/secured', memberMatchRoutes({ payer, members: () => members, now, authorize: signedIn }))
  web.use('/secured/fhir/metadata', declareMemberMatch)
  web.use('/secured/fhir/*', withLargeMember(store))
  web.route('/secured/fhir', fhirApi(payer, store, secured, signedIn))
  web.use('/fhir/metadata', declareMemberMatch)
  web.use('/fhir/*', withLargeMember(store))
  web.route('/fhir', fhirApi(payer, store, base, authorize))
  const reset = () => {
    store.reset()
    seen.clear()
    pages.forget()
    given?.forget()
    callers.forget()
    tokens.forget()
    grants.forget()
  }
  web.route('/', doors(log, faults, reset))
  return web
}
