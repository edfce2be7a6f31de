import type { Access } from './access'
import type { Pages } from './pages'
import { Refusal } from './refusal'
import type { FhirStore } from './store'
import type { Offer, Resource, TypeRules } from './types'

/** All that one request needs to know: which endpoint it reached, on whose behalf, over which store. */
export interface Session {
  readonly store: FhirStore
  readonly offer: Offer
  /** Public absolute base URL, without trailing slash. */
  readonly base: string
  readonly access: Access
  readonly pages: Pages
  readonly pageSize: number
  /** Matches in a page at most; undefined = as many as the server can. */
  readonly largestPage?: number | undefined
  readonly valueSets: readonly ShippedValueSet[]
  /** `Type/id` of what the running transaction will create: references to them are no dangling references. */
  readonly pending: ReadonlySet<string>
}

/** A ValueSet that the server ships for $expand. */
export interface ShippedValueSet {
  readonly url: string
  readonly name: string
  readonly concepts: readonly { readonly system: string; readonly code: string; readonly display: string }[]
}

/** A FHIR request without its transport: over HTTP or as an entry of a batch. */
export interface FhirRequest {
  readonly method: string
  /** Path below the base, decoded. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  /** Parsed JSON body. */
  readonly body: unknown
  readonly ifNoneExist?: string | undefined
  readonly ifMatch?: string | undefined
  readonly ifNoneMatch?: string | undefined
  /** `Prefer: handling=strict`: ignored search parameters are an error. */
  readonly strict: boolean
}

/** What goes back, without its transport. */
export interface FhirResponse {
  readonly status: number
  readonly resource?: Resource
  readonly headers: Readonly<Record<string, string>>
}

/** The rules of a type. Refuses (404) a type that this endpoint does not serve. */
export const rulesOf = ({ offer }: Session, type: string): TypeRules => {
  const rules = Object.hasOwn(offer.types, type) ? offer.types[type] : undefined
  if (rules) return rules
  throw new Refusal(404, [{ code: 'not-supported', diagnostics: `${offer.name} does not serve ${type}` }])
}

/** Refuses (405) an interaction that the endpoint does not offer on the type. */
export const requireOffered = (
  session: Session,
  type: string,
  interaction: TypeRules['interactions'][number],
): TypeRules => {
  const rules = rulesOf(session, type)
  if (rules.interactions.includes(interaction)) return rules
  throw new Refusal(405, `${session.offer.name} does not offer ${interaction} on ${type}`)
}
