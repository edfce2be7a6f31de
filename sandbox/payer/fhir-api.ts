import type { Patient } from 'fhir/r4'
import type { Context, MiddlewareHandler } from 'hono'
import { type Caller, createFhirApp, FhirStore, loadBundles, type Offer, type TypeRules } from '../fhir'
import { at, isObject, type JsonObject, objectsIn } from './json'
import { LARGE_MEMBER, makeLargeMember } from './large-member'
import { type Member, membersAmong } from './members'
import type { TokenDesk } from './oauth'
import type { Payer } from './payer'
import { operationOutcome } from './refusal'

/** Types that a payer serves (PDex facts 5); all of them read-only. */
const TYPES = [
  'AllergyIntolerance',
  'CarePlan',
  'CareTeam',
  'Condition',
  'Coverage',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'ExplanationOfBenefit',
  'Goal',
  'Immunization',
  'Location',
  'Medication',
  'MedicationDispense',
  'MedicationRequest',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'Questionnaire',
  'RelatedPerson',
  'ServiceRequest',
  'Specimen',
]

const READ: TypeRules = { interactions: ['read', 'vread', 'search-type'], conditionalCreate: false }

const offerOf = (payer: Payer): Offer => ({
  name: `${payer.title} member API`,
  types: Object.fromEntries(TYPES.map((type) => [type, READ])),
  batch: true,
  transaction: false,
  everything: true,
})

/** The store with a payer's members, and with what further folders of transaction bundles hold. */
export function loadStore(payer: Payer, folders: readonly string[], now: () => Date): FhirStore {
  const store = new FhirStore({ now })
  for (const folder of folders) loadBundles(store, folder)
  for (const stored of store.all('Patient')) {
    const patient = stored as Patient
    const identifiers = patient.identifier ?? []
    if (identifiers.some(({ system }) => system === payer.memberSystem)) continue
    // A stranger's history becomes a member's, so that large ones can be tried.
    const type = { coding: [payer.memberMatch.identifierType] }
    const own = { type, system: payer.memberSystem, value: `SYN-${stored.id.slice(0, 8)}` }
    const member: Patient = { ...patient, identifier: [...identifiers, own] }
    store.load(member, stored.id)
  }
  store.keepAsLoaded()
  return store
}

/** The members in a store. */
export const membersIn = (store: FhirStore, payer: Payer): readonly Member[] =>
  membersAmong(objectsIn(store.all('Patient')), payer.memberSystem)

/** What a store holds about a member: everything that names the person as its patient. */
export const recordsIn =
  (store: FhirStore) =>
  ({ patient }: Member): readonly JsonObject[] => {
    const reference = `Patient/${patient.id}`
    return objectsIn(store.types().flatMap((type) => store.all(type))).filter(
      ({ subject, beneficiary, patient: of }) =>
        [subject, beneficiary, of].some((about) => at(about, 'reference') === reference),
    )
  }

/** Who may call the FHIR API: everybody, or with `demanded` the bearers of a token of the payer's own endpoint. */
export const authorizeWith =
  (tokens: TokenDesk, demanded: boolean) =>
  (c: Context): Caller | Response => {
    if (!demanded) return { scopes: ['system/*.rs'] }
    const scopes = tokens.scopesOf(c.req.header('authorization'))
    if (scopes) return { scopes }
    const headers = { 'content-type': 'application/fhir+json', 'www-authenticate': 'Bearer' }
    return new Response(
      JSON.stringify(operationOutcome('error', 'login', 'a valid Bearer token is needed')),
      { status: 401, headers },
    )
  }

/** Makes the large member's records when they are first asked for: no start waits for them. */
export const withLargeMember =
  (store: FhirStore): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.url.includes(LARGE_MEMBER)) makeLargeMember(store)
    await next()
  }

/** The FHIR endpoint below `/fhir`. */
export const fhirApi = (
  payer: Payer,
  store: FhirStore,
  base: string,
  authorize: (c: Context) => Caller | Response,
) =>
  createFhirApp({
    base: `${base}/fhir`,
    store,
    offer: offerOf(payer),
    authorize,
    pageSize: payer.pageSize,
    oauth: { token: `${base}/oauth/token` },
    largestPage: (c) => c.get('largestPage'),
  })

/** Adds `$member-match` to the CapabilityStatement, for it is served beside the generic endpoint. */
export const declareMemberMatch: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.ok) return
  const statement: unknown = await c.res.json()
  const operation = {
    name: 'member-match',
    definition: 'http://hl7.org/fhir/us/davinci-hrex/OperationDefinition/member-match',
  }
  const rest = objectsIn(isObject(statement) ? statement.rest : []).map((mode) => ({
    ...mode,
    resource: objectsIn(mode.resource).map((type) =>
      type.type === 'Patient' ? { ...type, operation: [...objectsIn(type.operation), operation] } : type,
    ),
  }))
  const { status, headers } = c.res
  c.res = undefined
  c.res = new Response(JSON.stringify({ ...(isObject(statement) ? statement : {}), rest }), {
    status,
    headers,
  })
}
